// Search over modules, symbols and files. Texts are few beside couplings: each is looked at once.
const MOST_FOUND = 60;
let lowered = null;

function searchPage(asked) {
  const words = asked.toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.length) return [h("h2", { tabindex: "-1" }, "Search"), h("p", null, "Type a module, a model, a function or a file.")];
  lowered = lowered || texts.map((text) => text.toLowerCase());
  const fits = (text) => words.every((word) => text.includes(word));
  const inModules = survey.order.filter((place) => fits([modules[place].name, ...modules[place].models].join(" ").toLowerCase()));
  const found = [];
  let total = 0;
  const { file, source, target, line } = columns;
  const single = words.length === 1 ? new Set(lowered.map((text, at) => (fits(text) ? at : -1))) : null;
  for (let coupling = 0; coupling < TOTAL; coupling++) {
    const hit = single
      ? single.has(file[coupling]) || single.has(source[coupling]) || single.has(target[coupling])
      : fits(`${lowered[file[coupling]]}:${line[coupling]} ${lowered[source[coupling]]} ${lowered[target[coupling]]}`);
    if (!hit) continue;
    total++;
    if (found.length < MOST_FOUND) found.push(coupling);
  }
  return [
    h("h2", { tabindex: "-1" }, `Search for “${asked}”`),
    h("p", { role: "status" }, `${number(inModules.length, "module", "modules")}, ${number(total, "coupling", "couplings")}`, total > found.length && `, the first ${found.length} are shown`),
    inModules.length > 0 && h("ul", { class: "places" }, inModules.map((place) => h("li", null, toModule(place), modules[place].models.length > 0 && h("span", { class: "said" }, modules[place].models.join(", "))))),
    linesOf(found, 3),
  ];
}
