// What was added to the survey by whoever made this page: views, marks, what is said of a module.
const added = survey.views || [];
const marks = new Map(survey.marks || []);
const BAR = { width: 3.5, gap: 1.5, height: 9 };

function saidOf(name) {
  return marks.has(name) ? `; ${marks.get(name).said}` : "";
}

// Bars that rise, as many as there are steps; those that were climbed are filled.
const barsOf = (mark) =>
  Array.from({ length: mark.of }, (_, step) => {
    const height = (BAR.height * (step + 1.6)) / (mark.of + 0.6);
    return s("rect", {
      class: step < mark.level ? "bar-full" : "bar-empty",
      x: step * (BAR.width + BAR.gap),
      y: BAR.height - height,
      width: BAR.width,
      height,
    });
  });
const barsWidth = (mark) => mark.of * (BAR.width + BAR.gap) - BAR.gap;

function markAt(name) {
  const mark = marks.get(name);
  if (!mark) return null;
  const width = 12 + barsWidth(mark) + 4 + mark.text.length * 5.3;
  return s(
    "g",
    { class: `mark ${mark.frame}`, transform: `translate(${-width / 2} ${NODE.height / 2 - 20})` },
    s("rect", { class: "mark-box", width, height: 15, rx: 4 }),
    s("g", { transform: "translate(5 3)" }, barsOf(mark)),
    s("text", { class: "mark-text", x: 5 + barsWidth(mark) + 4, y: 11 }, mark.text),
  );
}

function markOf(name) {
  const mark = marks.get(name);
  if (!mark) return null;
  const width = barsWidth(mark);
  return h(
    "span",
    { class: `mark ${mark.frame}`, title: mark.said },
    s("svg", { viewBox: `0 0 ${width} ${BAR.height}`, width: width * 1.3, height: BAR.height * 1.3, "aria-hidden": "true" }, barsOf(mark)),
    h("span", { class: "unseen" }, `${mark.level} of ${mark.of}: `),
    mark.text,
  );
}

// It was made as HTML, with every name in it escaped, when the page was.
function addedTo(name) {
  const panel = [...document.querySelectorAll("template[data-about]")].find(
    (each) => each.dataset.about === name,
  );
  return panel ? panel.content.cloneNode(true) : null;
}
