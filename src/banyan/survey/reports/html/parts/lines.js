// Lists of couplings, by kind, each with where it stands.
const MOST_LINES = 100;

function lineRow(coupling) {
  const said = texts[columns.said[coupling]];
  return h(
    "tr",
    null,
    h("td", { class: "where" }, h("code", null, `${texts[columns.file[coupling]]}:${columns.line[coupling]}`)),
    h(
      "td",
      { class: "what" },
      h("code", null, texts[columns.source[coupling]]),
      h("span", { class: "to" }, " → "),
      h("code", null, texts[columns.target[coupling]]),
      said && h("span", { class: "said" }, said),
    ),
  );
}

function linesOf(list, level) {
  return countsByKind(list).map(([kind, count]) => {
    const word = kinds[kind];
    const here = list.filter((coupling) => columns.kind[coupling] === kind);
    return h(
      "section",
      { class: "lines" },
      h(`h${level}`, null, sample(word.group), number(count, word.one, word.many)),
      h("p", { class: "about" }, word.about),
      long(here, MOST_LINES, lineRow, (rows) =>
        h(
          "table",
          null,
          h("thead", { class: "unseen" }, h("tr", null, h("th", { scope: "col" }, "where"), h("th", { scope: "col" }, "what"))),
          h("tbody", null, rows),
        ),
      ),
    );
  });
}

const shownSeen = (list) => {
  const imports = list.filter((coupling) => columns.seen[coupling] === 0).length;
  if (imports === list.length) return "An import graph shows all of it.";
  if (imports) return `An import graph shows ${imports.toLocaleString("en")} of ${list.length.toLocaleString("en")}.`;
  return list.some((coupling) => columns.seen[coupling] === 1)
    ? "An import graph shows that there is an import between the two, and none of this."
    : "An import graph shows nothing between the two.";
};

const toModule = (place, text) =>
  place === OUTSIDE
    ? h("span", null, nameOf(place))
    : h("a", { href: `#module=${encodeURIComponent(nameOf(place))}` }, text || nameOf(place));
const toPair = (one, other, text) =>
  h("a", { href: `#pair=${encodeURIComponent(nameOf(one))}&${encodeURIComponent(nameOf(other))}` }, text);

function drawPanel() {
  const panel = $("panel-body");
  const chosen = map.chosen;
  const edge = chosen && chosen.edge !== undefined ? edges.get(chosen.edge) : null;
  $("panel-close").hidden = !chosen;
  $("legend").hidden = Boolean(chosen);
  if (edge) {
    put(
      panel,
      h("h3", { id: "panel-title", tabindex: "-1" }, toModule(edge.from), h("span", { class: "to" }, " → "), toModule(edge.to)),
      h("p", null, phraseOf(edge.list), ". ", shownSeen(edge.list)),
      cycleEdges.has(edge.key) && h("p", { class: "badge" }, "↻ part of a cycle"),
      h("p", null, toPair(edge.from, edge.to, "Both ways")),
      linesOf(edge.list, 4),
    );
  } else if (chosen && chosen.edge !== undefined) {
    put(panel, h("p", null, "The filter hides all of this edge."));
  } else if (chosen) {
    const module = modules[chosen.module];
    put(
      panel,
      h("h3", { id: "panel-title", tabindex: "-1" }, module.name),
      h("p", null, module.path && h("code", null, module.path), ` ${number(module.models.length, "model", "models")}, ${number(module.lines, "line", "lines")}`),
      module.circle !== OUTSIDE && h("p", { class: "badge" }, `↻ in a cycle of ${survey.circles[module.circle].length} modules`),
      marks.has(module.name) && h("p", null, markOf(module.name), ` ${marks.get(module.name).said}`),
      h("p", null, toModule(chosen.module, "Open its page")),
      neighbours("Holds on to", edgesOf(chosen.module, "from"), "to"),
      neighbours("Is held on to by", edgesOf(chosen.module, "to"), "from"),
    );
  } else panel.replaceChildren();
}

function neighbours(title, list, end) {
  const most = Math.max(1, ...list.map((edge) => edge.list.length));
  return [
    h("h4", null, `${title} ${list.length}`),
    h(
      "ul",
      { class: "neighbours" },
      list.map((edge) =>
        h(
          "li",
          null,
          h(
            "button",
            {
              type: "button",
              "data-key": edge.key,
              onclick: () => {
                choose({ edge: edge.key });
                const title = $("panel-title");
                if (title) title.focus();
              },
              onmouseenter: () => hint({ edge: edge.key }),
              onmouseleave: () => hint(map.chosen),
            },
            h("span", null, nameOf(edge[end])),
            s(
              "svg",
              { class: "weigh", viewBox: "0 0 100 6", preserveAspectRatio: "none", "aria-hidden": "true" },
              s("rect", { class: "ground", width: 100, height: 6 }),
              s("rect", { width: Math.max(2, (100 * edge.list.length) / most), height: 6 }),
            ),
            h("span", { class: "count" }, edge.list.length.toLocaleString("en")),
            h("span", { class: "said" }, phraseOf(edge.list)),
          ),
        ),
      ),
    ),
  ];
}
