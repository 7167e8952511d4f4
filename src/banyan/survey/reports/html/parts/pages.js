// The page of a module, of a pair; the lists of modules, of pairs, of what could not be told.
const MOST_ROWS = 200;

function hiddenNote(all, shown) {
  if (all === shown) return null;
  return h("p", { class: "note" }, `The filter hides ${number(all - shown, "coupling", "couplings")} here.`);
}

function tieDetails(edge, end) {
  const body = h("div", { class: "tie-body" });
  const fill = () => {
    if (!body.firstChild) body.append(h("p", null, shownSeen(edge.list), " ", toPair(edge.from, edge.to, "Both ways")), ...linesOf(edge.list, 4));
  };
  return h(
    "details",
    { class: "tie", ontoggle: fill },
    h("summary", null, h("strong", null, nameOf(edge[end])), h("span", { class: "said" }, phraseOf(edge.list)), cycleEdges.has(edge.key) && h("span", { class: "badge" }, "↻ cycle")),
    body,
  );
}

function modulePage(name) {
  const place = numberOf.get(name);
  if (place === undefined) return unknown(name);
  const module = modules[place];
  let all = 0;
  for (let coupling = 0; coupling < TOTAL; coupling++) {
    if (columns.from[coupling] === place || columns.to[coupling] === place) all++;
  }
  const out = edgesOf(place, "from");
  const into = edgesOf(place, "to");
  const shown = [...out, ...into].reduce((sum, edge) => sum + edge.list.length, 0);
  const circle = module.circle === OUTSIDE ? null : survey.circles[module.circle];
  return [
    h("p", { class: "crumb" }, h("a", { href: "#modules" }, "Modules")),
    h("h2", { tabindex: "-1" }, module.name),
    h(
      "dl",
      { class: "facts" },
      module.path && [h("dt", null, "Folder"), h("dd", null, h("code", null, module.path))],
      h("dt", null, "Apps"), h("dd", null, module.apps.join(", ") || "none"),
      h("dt", null, "Models"), h("dd", null, module.models.join(", ") || "none"),
      h("dt", null, "Lines"), h("dd", null, module.lines.toLocaleString("en")),
      circle && [h("dt", null, "↻ In a cycle with"), h("dd", null, circle.filter((other) => other !== place).flatMap((other, at) => [at ? ", " : null, toModule(other)]))],
    ),
    addedTo(module.name),
    hiddenNote(all, shown),
    h("h3", null, `Holds on to ${out.length}`),
    out.length ? out.map((edge) => tieDetails(edge, "to")) : h("p", null, "nobody"),
    h("h3", null, `Is held on to by ${into.length}`),
    into.length ? into.map((edge) => tieDetails(edge, "from")) : h("p", null, "nobody"),
  ];
}

function pairPage(first, second) {
  const [one, other] = [numberOf.get(first), numberOf.get(second)];
  if (one === undefined || other === undefined) return unknown(one === undefined ? first : second);
  let all = 0;
  for (let coupling = 0; coupling < TOTAL; coupling++) {
    const [from, to] = [columns.from[coupling], columns.to[coupling]];
    if ((from === one && to === other) || (from === other && to === one)) all++;
  }
  const ways = [[one, other], [other, one]].map(([from, to]) => edges.get(key(from, to)));
  const list = ways.flatMap((edge) => (edge ? edge.list : []));
  return [
    h("p", { class: "crumb" }, h("a", { href: "#pairs" }, "Pairs")),
    h("h2", { tabindex: "-1" }, toModule(one), " and ", toModule(other)),
    list.length ? h("p", null, phraseOf(list), ". ", shownSeen(list)) : h("p", null, "Nothing ties them."),
    hiddenNote(all, list.length),
    h("p", { class: "note" }, "What would cut each: ", h("code", null, `banyan explain ${quoted(first)} ${quoted(second)}`)),
    ways.map((edge, way) => edge && [
      h("h3", null, way ? second : first, h("span", { class: "to" }, " → "), way ? first : second, ` (${edge.list.length.toLocaleString("en")})`),
      linesOf(edge.list, 4),
    ]),
  ];
}

// As a shell takes it for one word, whatever is in it.
const quoted = (name) => (/^[\w@%+=:,./-]+$/.test(name) ? name : `'${name.replaceAll("'", `'"'"'`)}'`);

function unknown(name) {
  return [h("h2", { tabindex: "-1" }, "No such module"), h("p", null, `There is no module ${name} in this survey.`)];
}

function modulesPage() {
  const rows = survey.order.map((place) => ({
    place,
    out: edgesOf(place, "from"),
    into: edgesOf(place, "to"),
  }));
  const sum = (list) => list.reduce((count, edge) => count + edge.list.length, 0);
  return [
    h("h2", { tabindex: "-1" }, "Modules"),
    h("p", null, "In the order of the map: those above hold on to those below."),
    h(
      "table",
      { class: "list" },
      h("thead", null, h("tr", null, ["module", "models", "lines", "holds on to", "is held on to by", "cycle", ...(marks.size ? [survey.marked] : [])].map((text, column) => h("th", { scope: "col", class: column && column < 5 ? "number" : null }, text)))),
      h("tbody", null, rows.map(({ place, out, into }) =>
        h(
          "tr",
          null,
          h("th", { scope: "row" }, toModule(place)),
          h("td", { class: "number" }, modules[place].models.length.toLocaleString("en")),
          h("td", { class: "number" }, modules[place].lines.toLocaleString("en")),
          h("td", { class: "number" }, `${out.length} (${sum(out).toLocaleString("en")})`),
          h("td", { class: "number" }, `${into.length} (${sum(into).toLocaleString("en")})`),
          h("td", null, modules[place].circle === OUTSIDE ? "" : "↻"),
          marks.size > 0 && h("td", null, markOf(modules[place].name)),
        ),
      )),
    ),
    survey.shared.length > 0 && sharedTable(),
  ];
}

function sharedTable() {
  return [
    h("h3", null, "Shared code"),
    h("p", null, "Python of the project that belongs to no module. What holds on to no module could be a library."),
    long(survey.shared, MOST_ROWS, (each) =>
      h(
        "tr",
        null,
        h("th", { scope: "row" }, h("code", null, each.name)),
        h("td", { class: "number" }, each.lines.toLocaleString("en")),
        h("td", null, each.imports.length ? `${each.imports.join(", ")}${each.imports_models ? " (models, too)" : ""}` : "nobody: could be a library"),
        h("td", null, each.used_by.join(", ") || "nobody"),
      ),
      (rows) => h("table", { class: "list" }, h("thead", null, h("tr", null, ["name", "lines", "holds on to", "used by"].map((text, column) => h("th", { scope: "col", class: column === 1 ? "number" : null }, text)))), h("tbody", null, rows)),
    ),
  ];
}

function pairsPage() {
  return [
    h("h2", { tabindex: "-1" }, "Pairs"),
    h("p", null, "Tied the most first: by couplings that carry data, then by all. Tests and migrations are not counted here, whatever the filter shows."),
    survey.phrases.length
      ? long(survey.phrases, MOST_ROWS, ([one, other, phrase]) => {
          const [names, rest] = split(phrase);
          return h("li", null, toPair(one, other, names), rest);
        }, (rows) => h("ol", { class: "pairs" }, rows))
      : h("p", null, "No module holds on to another."),
  ];
}

function split(phrase) {
  const at = phrase.indexOf(": ");
  return [phrase.slice(0, at), phrase.slice(at)];
}

function untoldPage() {
  const reasons = new Map();
  // Reasons that differ only in the code that they quote are one reason.
  const shape = (reason) => texts[reason].replace(/`[^`]*`/g, "`…`");
  for (const each of survey.unresolved) {
    const key = shape(each[2]);
    if (!reasons.has(key)) reasons.set(key, []);
    reasons.get(key).push(each);
  }
  const row = ([file, line, reason]) =>
    h("li", null, h("code", null, line ? `${texts[file]}:${line}` : texts[file]), shape(reason) !== texts[reason] && h("span", { class: "said" }, texts[reason]));
  return [
    h("h2", { tabindex: "-1" }, "Not told"),
    h("p", null, "Where following ended. It is listed rather than guessed, and counts nowhere."),
    survey.unresolved.length === 0 && h("p", null, "Nothing was left open."),
    [...reasons]
      .sort((one, other) => other[1].length - one[1].length)
      .map(([reason, list]) => h("details", { class: "tie", open: reasons.size < 6 }, h("summary", null, h("strong", null, reason), h("span", { class: "said" }, number(list.length, "place", "places"))), long(list, MOST_ROWS, row, (rows) => h("ul", { class: "places" }, rows)))),
    survey.problems.length > 0 && [
      h("h3", null, "Files that could not be read whole"),
      long(survey.problems, MOST_ROWS, ([file, line, message]) => h("li", null, h("code", null, line ? `${texts[file]}:${line}` : texts[file]), ` ${texts[message]}`), (rows) => h("ul", { class: "places" }, rows)),
    ],
  ];
}
