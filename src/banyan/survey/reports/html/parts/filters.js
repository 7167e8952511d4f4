// Which couplings are shown. One filter for the map, the matrix and the pages.
const filter = { off: new Set(), tests: false, migrations: false, unseen: false, evidence: "", least: 1 };
const listeners = [];
let edges = new Map();

function passes(coupling) {
  if (filter.off.has(columns.kind[coupling])) return false;
  if (columns.aside[coupling] === 1 && !filter.tests) return false;
  if (columns.aside[coupling] === 2 && !filter.migrations) return false;
  if (filter.evidence && columns.evidence[coupling] !== Number(filter.evidence)) return false;
  return !filter.unseen || columns.seen[coupling] === 2;
}

function applyFilter() {
  edges = new Map();
  for (let coupling = 0; coupling < TOTAL; coupling++) {
    if (!passes(coupling)) continue;
    const from = columns.from[coupling];
    const to = columns.to[coupling];
    const at = key(from, to);
    const edge = edges.get(at);
    if (edge) edge.list.push(coupling);
    else edges.set(at, { key: at, from, to, list: [coupling] });
  }
  if (filter.least > 1) {
    for (const [at, edge] of edges) if (edge.list.length < filter.least) edges.delete(at);
  }
  let shown = 0;
  for (const edge of edges.values()) shown += edge.list.length;
  $("filter-count").textContent =
    `${shown.toLocaleString("en")} of ${number(TOTAL, "coupling", "couplings")} shown`;
  for (const listener of listeners) listener();
}

const edgesOf = (module, end) =>
  [...edges.values()]
    .filter((edge) => edge[end] === module)
    .sort((one, other) => other.list.length - one.list.length || one.key - other.key);

function sample(group) {
  return s(
    "svg",
    { class: "sample", viewBox: "0 0 34 10", width: 34, height: 10, "aria-hidden": "true" },
    s("path", { d: "M1 5H33", class: `line ${group}` }),
  );
}

function drawFilter() {
  const counts = new Map();
  const aside = [0, 0, 0];
  for (let coupling = 0; coupling < TOTAL; coupling++) {
    const kind = columns.kind[coupling];
    counts.set(kind, (counts.get(kind) || 0) + 1);
    aside[columns.aside[coupling]]++;
  }
  const boxes = [];
  const sync = () => {
    for (const { box, list } of boxes) {
      const on = list.filter((kind) => !filter.off.has(kind)).length;
      box.checked = on === list.length;
      box.indeterminate = on > 0 && on < list.length;
    }
    const plain = !filter.off.size && !filter.unseen && !filter.evidence && filter.least === 1;
    $("filter-reset").hidden = plain && !filter.tests && !filter.migrations;
  };
  const changed = () => {
    sync();
    applyFilter();
  };
  const toggle = (list, label, extra) => {
    const box = h("input", {
      type: "checkbox",
      onchange: () => {
        for (const kind of list) box.checked ? filter.off.delete(kind) : filter.off.add(kind);
        changed();
      },
    });
    boxes.push({ box, list });
    return h("label", extra, box, label);
  };
  for (const group of groups) {
    const list = kinds.map((_, place) => place).filter((kind) => kinds[kind].group === group.id);
    const there = list.filter((kind) => counts.get(kind));
    if (!there.length) continue;
    $("filter-kinds").append(
      h(
        "fieldset",
        null,
        h("legend", null, toggle(there, [sample(group.id), group.name], { class: "group" })),
        there.map((kind) =>
          toggle(
            [kind],
            [
              h("span", null, kinds[kind].many, kinds[kind].experimental && " (experimental)"),
              h("span", { class: "count" }, counts.get(kind).toLocaleString("en")),
            ],
            { class: "kind", title: kinds[kind].about },
          ),
        ),
      ),
    );
  }
  for (const [id, place] of [["tests", 1], ["migrations", 2]]) {
    const box = $(`filter-${id}`);
    box.closest("label").querySelector(".count").textContent = aside[place].toLocaleString("en");
    box.addEventListener("change", () => {
      filter[id] = box.checked;
      changed();
    });
  }
  $("filter-unseen").addEventListener("change", (event) => {
    filter.unseen = event.target.checked;
    changed();
  });
  drawEvidence(changed);
  $("filter-least").addEventListener("input", (event) => {
    filter.least = Math.max(1, Number(event.target.value) || 1);
    changed();
  });
  $("filter-reset").addEventListener("click", () => {
    Object.assign(filter, { tests: false, migrations: false, unseen: false, evidence: "", least: 1 });
    filter.off.clear();
    for (const id of ["tests", "migrations", "unseen"]) $(`filter-${id}`).checked = false;
    $("filter-evidence").querySelector("select").value = "";
    $("filter-least").value = 1;
    changed();
    $("filter").querySelector("summary").focus();
  });
  sync();
}

// How couplings are known; only where something was seen is there a choice.
function drawEvidence(changed) {
  const counts = [0, 0, 0];
  for (const basis of columns.evidence) counts[basis]++;
  if (counts[0] === TOTAL) return;
  const box = $("filter-evidence");
  const options = ["only read", "only seen", "read and seen"].map((name, basis) =>
    h("option", { value: basis }, `${name}: ${counts[basis].toLocaleString("en")}`),
  );
  const select = box.querySelector("select");
  select.append(h("option", { value: "" }, "all"), ...options);
  select.addEventListener("change", () => {
    filter.evidence = select.value;
    changed();
  });
  box.hidden = false;
}
