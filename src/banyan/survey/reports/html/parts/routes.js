// Which view is shown is said by the address, so that a link can lead to any of them.
const PAGES = { modules: modulesPage, pairs: pairsPage, untold: untoldPage };
const FILTERED = new Set(["map", "matrix", "module", "modules", "pair"]);

function route() {
  const [view, ...rest] = location.hash.slice(1).split("=");
  const parts = rest.join("=").split("&").map(decoded);
  if (view === "matrix") return ["matrix", null];
  if (view === "module") return ["module", () => modulePage(parts[0])];
  if (view === "pair") return ["pair", () => pairPage(parts[0], parts[1] || "")];
  if (view === "search") return ["search", () => searchPage(parts[0])];
  if (PAGES[view]) return [view, PAGES[view]];
  return [added.includes(view) || view === "map" ? view : added[0] || "map", null];
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const filterOpen = { drawing: true, page: false };
let filterPlace = "drawing";
const TOP = { module: "modules", pair: "pairs" };

function show(moved) {
  const [view, made] = route();
  $("view-map").hidden = $("view-map-drawing").hidden = view !== "map";
  $("view-matrix").hidden = view !== "matrix";
  $("view-page").hidden = !made;
  for (const id of added) $(`view-${id}`).hidden = view !== id;
  $("filter").hidden = !FILTERED.has(view);
  // On a page the filter is at hand, but out of the way until it is opened there.
  filterPlace = made ? "page" : "drawing";
  $("filter").open = filterOpen[filterPlace];
  if (made) put($("view-page"), made());
  else $("view-page").replaceChildren();
  if (view === "matrix" && !grid.drawn) drawMatrix();
  for (const link of document.querySelectorAll("nav a")) {
    const here = link.hash.slice(1) === (TOP[view] || view);
    here ? link.setAttribute("aria-current", "page") : link.removeAttribute("aria-current");
  }
  if (!moved || view === "search") return;
  window.scrollTo(0, 0);
  const title = (made ? $("view-page") : $(`view-${view}`)).querySelector(added.includes(view) ? "h1, h2" : "h2");
  if (title) title.focus({ preventScroll: true });
}

function start() {
  drawFilter();
  drawMap();
  listeners.push(drawMatrix, () => {
    const [, made] = route();
    if (made) show(false);
  });
  applyFilter();
  window.addEventListener("hashchange", () => show(true));
  const box = $("search");
  box.addEventListener("input", () => {
    const hash = box.value.trim() ? `#search=${encodeURIComponent(box.value.trim())}` : "#map";
    history.replaceState(null, "", hash);
    show(false);
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      box.focus();
    }
  });
  $("filter").querySelector("summary").addEventListener("click", () => {
    filterOpen[filterPlace] = !$("filter").open;
  });
  $("skip").addEventListener("click", (event) => {
    event.preventDefault();
    $("main").focus();
  });
  $("panel-close").addEventListener("click", () => {
    choose(null);
    if (map.nodes[map.focus]) map.nodes[map.focus].focus();
  });
  show(false);
  hint(null);
  document.documentElement.dataset.ready = "yes";
}

start();
