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
      h("tr", null, h("td", null), order.map((module, column) =>
        h("th", { scope: "col", "data-column": column, title: nameOf(module) }, h("span", null, nameOf(module))),
      )),
    ),
    h("tbody", null, order.map((module, row) =>
      h(
        "tr",
        { "data-row": row },
        h("th", { scope: "row" }, toModule(module)),
        order.map((other, column) => cellOf(module, other, row, column, most, small)),
      ),
    )),
  );
  table.addEventListener("mouseover", (event) => sayCell(event.target.closest("td[data-key]")));
  table.addEventListener("focusin", (event) => sayCell(event.target.closest("td[data-key]")));
  table.addEventListener("click", (event) => openCell(event.target.closest("td[data-key]")));
  $("matrix").replaceChildren(table);
  grid.row = Math.min(grid.row, order.length - 1);
  const first = cellAt(grid.row, grid.column);
  if (first) first.tabIndex = 0;
  grid.drawn = true;
}

function cellOf(from, to, row, column, most, small) {
  if (row === column) return h("td", { class: "self", "aria-label": `${nameOf(from)} itself`, "data-row": row, "data-column": column, tabindex: -1 });
  const edge = edges.get(key(from, to));
  const count = edge ? edge.list.length : 0;
  const upward = edge && row > column;
  const weight = count ? 1 + Math.round((4 * Math.log(count)) / Math.log(Math.max(2, most))) : 0;
  return h(
    "td",
    {
      class: count ? `${strongest(edge.list)}${upward ? " upward" : ""} weight${weight}` : null,
      "data-key": key(from, to),
      "data-row": row,
      "data-column": column,
      tabindex: -1,
      "aria-label": count
        ? `${nameOf(from)} holds on to ${nameOf(to)}: ${count}${upward ? ", against the layers" : ""}`
        : `${nameOf(from)}, ${nameOf(to)}: none`,
    },
    count ? (small ? h("i", null) : count.toLocaleString("en")) : null,
  );
}

const cellAt = (row, column) =>
  $("matrix").querySelector(`td[data-row="${row}"][data-column="${column}"]`);

function sayCell(cell) {
  for (const each of $("matrix").querySelectorAll(".here")) each.classList.remove("here");
  if (!cell) return;
  const { row, column } = cell.dataset;
  cell.classList.add("here");
  $("matrix").querySelector(`tr[data-row="${row}"] th`).classList.add("here");
  $("matrix").querySelector(`th[data-column="${column}"]`).classList.add("here");
  const edge = edges.get(Number(cell.dataset.key));
  const [from, to] = [nameOf(survey.order[row]), nameOf(survey.order[column])];
  $("matrix-said").textContent = edge
    ? `${from} → ${to}: ${phraseOf(edge.list)}`
    : `${from} holds on to nothing of ${to}`;
}

function openCell(cell) {
  const edge = cell && edges.get(Number(cell.dataset.key));
  if (edge) location.hash = `pair=${encodeURIComponent(nameOf(edge.from))}&${encodeURIComponent(nameOf(edge.to))}`;
}

function walkMatrix(event) {
  const cell = event.target.closest("td[data-column]");
  if (!cell) return;
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    openCell(cell);
    return;
  }
  const last = survey.order.length - 1;
  let [row, column] = [Number(cell.dataset.row), Number(cell.dataset.column)];
  if (event.key === "Home") column = 0;
  else if (event.key === "End") column = last;
  else if (ARROWS[event.key]) {
    column += ARROWS[event.key][0];
    row += ARROWS[event.key][1];
  } else return;
  event.preventDefault();
  const next = cellAt(Math.max(0, Math.min(last, row)), Math.max(0, Math.min(last, column)));
  cell.tabIndex = -1;
  next.tabIndex = 0;
  [grid.row, grid.column] = [Number(next.dataset.row), Number(next.dataset.column)];
  next.focus();
}
