// The map: modules in rows, users above and foundations below; an edge for each direction.
// A mark stands inside, below the name, so that it covers no arrow's head.
const NODE = { width: 120, height: marks.size ? 62 : 46 };
const NAME_AT = marks.size ? -9 : 0;
const MOST_DRAWN = 220;
const MOST_LABELLED = 30;
const map = { chosen: null, all: false, complete: false, nodes: [], focus: 0 };

function labelOf(name) {
  const fits = 14;
  if (name.length < fits) return [name];
  // Broken after a word, where both lines are nearest to the same length.
  const breaks = [...name.matchAll(/[_.-]|[a-z](?=[A-Z])/g)].map((match) => match.index + 1);
  const over = (at) => Math.max(at, name.length - at);
  let at = breaks.filter((at) => at <= fits).sort((one, other) => over(one) - over(other))[0];
  if (!at) at = fits;
  const rest = name.slice(at);
  return [name.slice(0, at), rest.length > fits ? `${rest.slice(0, fits - 1)}…` : rest];
}

function drawMap() {
  const svg = $("map");
  svg.setAttribute("viewBox", `0 0 ${survey.width} ${survey.height}`);
  // Few modules aren't blown up, many keep readable names and are scrolled.
  svg.style.maxWidth = `${Math.round(survey.width * 1.25)}px`;
  svg.style.minWidth = `${Math.min(survey.width, 760)}px`;
  $("map-defs").append(
    ...STRENGTH.map((group) =>
      s(
        "marker",
        {
          id: `arrow-${group}`,
          class: `arrow ${group}`,
          viewBox: "0 0 10 10",
          refX: 9,
          refY: 5,
          markerWidth: 9,
          markerHeight: 9,
          markerUnits: "userSpaceOnUse",
          orient: "auto",
        },
        s("path", { d: "M0 1L10 5L0 9z" }),
      ),
    ),
  );
  for (const place of survey.order) {
    const node = drawNode(place);
    map.nodes[place] = node;
    $("map-nodes").append(node);
  }
  map.focus = survey.order.length ? survey.order[0] : 0;
  if (map.nodes[map.focus]) map.nodes[map.focus].setAttribute("tabindex", "0");
  svg.addEventListener("keydown", walk);
  svg.addEventListener("click", (event) => {
    if (event.target === svg) choose(null);
  });
  listeners.push(drawEdges);
}

function drawNode(place) {
  const module = modules[place];
  const [x, y] = module.at;
  const lines = labelOf(module.name);
  const facts = `${number(module.models.length, "model", "models")}, ${short(module.lines)} lines`;
  const inCircle = module.circle !== OUTSIDE;
  const box = { x: -NODE.width / 2, y: -NODE.height / 2, width: NODE.width, height: NODE.height };
  return s(
    "g",
    {
      class: `node${inCircle ? " circle" : ""}`,
      transform: `translate(${x} ${y})`,
      role: "button",
      tabindex: "-1",
      "data-module": module.name,
      "aria-label": `${module.name}: ${facts}${inCircle ? ", in a cycle" : ""}${saidOf(module.name)}`,
      onclick: () => choose({ module: place }),
      onfocus: () => moveFocus(place, false),
      onmouseenter: () => hint({ module: place }),
      onmouseleave: () => hint(map.chosen),
    },
    s("title", null, `${module.name}: ${facts}${saidOf(module.name)}`),
    s("rect", { class: "halo", x: box.x - 4, y: box.y - 4, width: box.width + 8, height: box.height + 8, rx: 11 }),
    s("rect", { class: "box", ...box, rx: 8 }),
    inCircle && s("circle", { class: "loop-ground", cx: 57, cy: box.y + 1, r: 9 }),
    inCircle && s("path", { class: "loop", transform: `translate(0 ${box.y + 23})`, d: "M60.5 -25a4.6 4.6 0 1 0 1.1 3.2m-1.1 -6.4v3.4h-3.4" }),
    lines.length > 1
      ? [
          s("text", { class: "name", y: NAME_AT - 3 }, lines[0]),
          s("text", { class: "name", y: NAME_AT + 13 }, lines[1]),
        ]
      : [
          s("text", { class: "name", y: NAME_AT - 1 }, lines[0]),
          s("text", { class: "facts", y: NAME_AT + 14 }, facts),
        ],
    markAt(module.name),
  );
}

const short = (lines) => (lines < 1000 ? lines : `${(lines / 1000).toFixed(lines < 9950 ? 1 : 0)}k`);

function pathOf(edge) {
  const [fromX, fromY] = modules[edge.from].at;
  const [toX, toY] = modules[edge.to].at;
  const spread = (delta) => Math.max(-44, Math.min(44, delta * 0.16));
  if (fromY === toY) {
    const up = toX > fromX ? -1 : 1;
    const edgeY = fromY + (up * NODE.height) / 2;
    const lift = 20 + Math.min(40, Math.abs(toX - fromX) * 0.06);
    const side = Math.sign(toX - fromX);
    const [start, end] = [fromX + side * 34, toX - side * 34];
    return {
      d: `M${start} ${edgeY}C${start + side * 16} ${edgeY + up * lift} ${end - side * 16} ${edgeY + up * lift} ${end} ${edgeY}`,
      x: (start + end) / 2,
      y: edgeY + up * lift * 0.75,
    };
  }
  const down = toY > fromY ? 1 : -1;
  // The two directions between a pair run beside each other.
  const beside = down * 7;
  const startX = fromX + spread(toX - fromX) + beside;
  const endX = toX - spread(toX - fromX) + beside;
  const startY = fromY + (down * NODE.height) / 2;
  const endY = toY - (down * NODE.height) / 2;
  const bend = Math.max(24, Math.abs(endY - startY) * 0.45) * down;
  // A line that would run straight down behind other modules bows out.
  const far = Math.abs(endY - startY) > 130 && Math.abs(endX - startX) < 90;
  const bow = far ? (fromX > survey.width / 2 ? 84 : -84) : 0;
  return {
    d: `M${startX} ${startY}C${startX + bow} ${startY + bend} ${endX + bow} ${endY - bend} ${endX} ${endY}`,
    ...along([startX, startX + bow, endX + bow, endX], [startY, startY + bend, endY - bend, endY]),
  };
}

// A point of the curve nearer to its start, so that the counts of both directions stand apart.
function along(xs, ys) {
  const t = 0.36;
  const weights = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t ** 3];
  const mean = (values) => values.reduce((sum, value, place) => sum + value * weights[place], 0);
  return { x: mean(xs), y: mean(ys) };
}

function drawEdges() {
  const chosen = map.chosen && map.chosen.module;
  let list = [...edges.values()].filter((edge) => edge.to !== OUTSIDE);
  list.sort((one, other) => other.list.length - one.list.length || one.key - other.key);
  const total = list.length;
  if (!map.all && total > MOST_DRAWN) {
    // What ties the chosen module is drawn in any case.
    list = list.filter(
      (edge, place) =>
        place < MOST_DRAWN ||
        edge.from === chosen ||
        edge.to === chosen ||
        (map.chosen && map.chosen.edge === edge.key),
    );
  }
  map.complete = list.length === total;
  const labelled = list.length <= MOST_LABELLED;
  const labels = [];
  const drawn = list.map((edge) => {
    const path = pathOf(edge);
    const group = strongest(edge.list);
    const width = 1.2 + Math.min(5, Math.log2(edge.list.length) * 0.75);
    if (labelled) labels.push(countAt(edge, path));
    return s(
      "g",
      {
        class: `edge ${group}${cycleEdges.has(edge.key) ? " circle" : ""}`,
        "data-edge": `${modules[edge.from].name} → ${modules[edge.to].name}`,
        "data-key": edge.key,
        onclick: () => choose({ edge: edge.key }),
        onmouseenter: () => hint({ edge: edge.key }),
        onmouseleave: () => hint(map.chosen),
      },
      s("path", { d: path.d, class: "reach" }),
      s("path", {
        d: path.d,
        class: `line ${group}`,
        "stroke-width": width.toFixed(1),
        "marker-end": `url(#arrow-${group})`,
      }),
    );
  });
  // The heavy ones are drawn last, over the others.
  $("map-edges").replaceChildren(...drawn.reverse());
  $("map-labels").replaceChildren(...labels);
  $("map").classList.toggle("dense", list.length > 60);
  const note = $("map-note");
  note.hidden = total <= MOST_DRAWN;
  note.replaceChildren(
    map.all ? `All ${total.toLocaleString("en")} edges are drawn. ` : `The ${MOST_DRAWN} heaviest of ${total.toLocaleString("en")} edges are drawn, and all of a chosen module. `,
    h("button", { type: "button", onclick: () => { map.all = !map.all; drawEdges(); } }, map.all ? "Draw fewer" : "Draw all"),
  );
  mark(map.chosen);
  drawPanel();
}

function countAt(edge, path) {
  const text = edge.list.length.toLocaleString("en");
  const width = 10 + text.length * 7;
  return s(
    "g",
    { class: "count-label", "data-key": edge.key, transform: `translate(${path.x} ${path.y})` },
    s("rect", { x: -width / 2, y: -9, width, height: 18, rx: 9 }),
    s("text", { y: 4 }, text),
  );
}

function choose(what) {
  map.chosen = what;
  // Where all edges are drawn anyway they stay; else those of the chosen one come in.
  if (map.complete) {
    mark(what);
    drawPanel();
  } else drawEdges();
  const edge = what && what.edge !== undefined && edges.get(what.edge);
  if (edge || (what && what.module !== undefined)) $("panel").scrollTop = 0;
  hint(what);
}

function mark(what) {
  const near = new Set();
  const edge = what && what.edge !== undefined ? edges.get(what.edge) : null;
  if (edge) near.add(edge.from).add(edge.to);
  if (what && what.module !== undefined) {
    near.add(what.module);
    for (const each of edges.values()) {
      if (each.from === what.module) near.add(each.to);
      if (each.to === what.module) near.add(each.from);
    }
  }
  const some = near.size > 0;
  $("map").classList.toggle("some", some);
  map.nodes.forEach((node, place) => {
    node.classList.toggle("near", near.has(place));
    const isChosen = Boolean(map.chosen && map.chosen.module === place);
    node.classList.toggle("chosen", isChosen);
    node.setAttribute("aria-pressed", isChosen);
  });
  const touches = (at) => {
    const each = edges.get(at);
    if (!some || !each) return false;
    if (edge) return each === edge;
    return each.from === what.module || each.to === what.module;
  };
  for (const id of ["map-edges", "map-labels"]) {
    for (const each of $(id).children) each.classList.toggle("near", touches(Number(each.dataset.key)));
  }
}

function hint(what) {
  mark(what);
  const said = $("map-said");
  const edge = what && what.edge !== undefined ? edges.get(what.edge) : null;
  if (edge) said.textContent = `${nameOf(edge.from)} → ${nameOf(edge.to)}: ${phraseOf(edge.list)}`;
  else if (what && what.module !== undefined) said.textContent = sayModule(what.module);
  else said.textContent = "Point at a module or a line; choose one to see what is behind it.";
}

function sayModule(place) {
  const out = edgesOf(place, "from").length;
  const into = edgesOf(place, "to").length;
  return `${modules[place].name} holds on to ${out}, and is held on to by ${into}`;
}

function moveFocus(place, really) {
  if (map.nodes[map.focus]) map.nodes[map.focus].setAttribute("tabindex", "-1");
  map.focus = place;
  map.nodes[place].setAttribute("tabindex", "0");
  if (really) map.nodes[place].focus();
  hint({ module: place });
}

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function walk(event) {
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    choose({ module: map.focus });
  } else if (event.key === "Escape") choose(null);
  else if (event.key === "Home" || event.key === "End") {
    event.preventDefault();
    moveFocus(survey.order.at(event.key === "Home" ? 0 : -1), true);
  } else if (ARROWS[event.key]) {
    event.preventDefault();
    const [across, down] = ARROWS[event.key];
    const [x, y] = modules[map.focus].at;
    let best = null;
    modules.forEach((module, place) => {
      const along = (module.at[0] - x) * across + (module.at[1] - y) * down;
      const aside = Math.abs((module.at[0] - x) * down) + Math.abs((module.at[1] - y) * across);
      if (along <= 0 || (across && aside > NODE.height)) return;
      const cost = along + aside * 2;
      if (!best || cost < best.cost) best = { place, cost };
    });
    if (best) moveFocus(best.place, true);
  }
}
