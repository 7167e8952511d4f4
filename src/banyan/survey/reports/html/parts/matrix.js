// The dependency matrix: a row holds on to its columns. Below the diagonal is what goes up again.
const grid = { drawn: false, row: 0, column: 0 };

function drawMatrix() {
  if ($("view-matrix").hidden) {
    grid.drawn = false;
    return;
  }
  const order = survey.order;
  const small = order.length > 32;
  const most = Math.max(1, ...[...edges.values()].map((edge) => edge.list.length));
  const table = h(
    "table",
    { class: `matrix${small ? " small" : ""}`, role: "grid", "aria-describedby": "matrix-help", onkeydown: walkMatrix },
    h(
      "thead",
      null,
      h("tr", null, h("td", null), order.map((module) =>
        h("th", { scope: "col", title: nameOf(module) }, h("span", null, nameOf(module))),
      )),
    ),
    h("tbody", null, order.map((module, row) =>
      h(
        "tr",
        null,
        h("th", { scope: "row" }, toModule(module)),
        order.map((other, column) => cellOf(module, other, row, column, most, small)),
      ),
    )),
  );
  table.addEventListener("mouseover", (event) => sayCell(event.target.closest("tbody td")));
  table.addEventListener("focusin", (event) => sayCell(event.target.closest("tbody td")));
  table.addEventListener("click", (event) => openCell(event.target.closest("tbody td")));
  $("matrix").replaceChildren(table);
  grid.row = Math.min(grid.row, order.length - 1);
  const first = cellAt(grid.row, grid.column);
  if (first) first.tabIndex = 0;
  grid.drawn = true;
}

function cellOf(from, to, row, column, most, small) {
  if (row === column) return h("td", { class: "self" });
  const edge = edges.get(key(from, to));
  if (!edge) return h("td", null);
  const count = edge.list.length;
  const upward = row > column;
  const weight = 1 + Math.round((4 * Math.log(count)) / Math.log(Math.max(2, most)));
  return h(
    "td",
    {
      class: `shape ${strongest(edge.list)}${upward ? " upward" : ""} weight${weight}`,
      "aria-label": `${nameOf(from)} holds on to ${nameOf(to)}: ${count}${upward ? ", against the layers" : ""}`,
    },
    h("i", null),
    small ? null : count.toLocaleString("en"),
  );
}

const cellAt = (row, column) => {
  const line = $("matrix").querySelector("tbody").rows[row];
  return line ? line.cells[column + 1] : null;
};
const placeOf = (cell) => [cell.parentElement.sectionRowIndex, cell.cellIndex - 1];

function sayCell(cell) {
  for (const each of $("matrix").querySelectorAll(".here")) each.classList.remove("here");
  if (!cell) return;
  const [row, column] = placeOf(cell);
  const header = $("matrix").querySelector("thead").rows[0];
  for (const each of [cell, cell.parentElement.cells[0], header.cells[column + 1]]) each.classList.add("here");
  const [from, to] = [survey.order[row], survey.order[column]];
  const edge = edges.get(key(from, to));
  if (edge) $("matrix-said").textContent = `${nameOf(from)} → ${nameOf(to)}: ${phraseOf(edge.list)}`;
  else if (from === to) $("matrix-said").textContent = nameOf(from);
  else $("matrix-said").textContent = `${nameOf(from)} holds on to nothing of ${nameOf(to)}`;
}

function openCell(cell) {
  if (!cell) return;
  const [from, to] = placeOf(cell).map((place) => survey.order[place]);
  if (edges.has(key(from, to))) location.hash = `pair=${encodeURIComponent(nameOf(from))}&${encodeURIComponent(nameOf(to))}`;
}

function walkMatrix(event) {
  const cell = event.target.closest("tbody td");
  if (!cell) return;
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    openCell(cell);
    return;
  }
  const last = survey.order.length - 1;
  let [row, column] = placeOf(cell);
  if (event.key === "Home") column = 0;
  else if (event.key === "End") column = last;
  else if (ARROWS[event.key]) {
    column += ARROWS[event.key][0];
    row += ARROWS[event.key][1];
  } else return;
  event.preventDefault();
  const next = cellAt(Math.max(0, Math.min(last, row)), Math.max(0, Math.min(last, column)));
  cell.removeAttribute("tabindex");
  next.tabIndex = 0;
  [grid.row, grid.column] = placeOf(next);
  next.focus();
}
