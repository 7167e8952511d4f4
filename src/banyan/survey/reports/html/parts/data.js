// What was surveyed, and indexes over it. A coupling is its number; its parts are in columns.
const survey = JSON.parse($("survey").textContent);
const { modules, kinds, groups, couplings: columns, texts } = survey;
const TOTAL = columns.kind.length;
const OUTSIDE = -1;
// An edge is drawn by the first of these that one of its couplings belongs to.
const STRENGTH = ["relation", "moment", "access", "code"];
const numberOf = new Map(modules.map((module, place) => [module.name, place]));
const cycleEdges = new Set(survey.cycleEdges.map(([from, to]) => key(from, to)));

function key(from, to) {
  return from * (modules.length + 1) + to + 1;
}

const nameOf = (module) => (module === OUTSIDE ? "outside of the project" : modules[module].name);
const groupOf = (coupling) => kinds[columns.kind[coupling]].group;

function countsByKind(list) {
  const counts = new Map();
  for (const coupling of list) {
    const kind = columns.kind[coupling];
    counts.set(kind, (counts.get(kind) || 0) + 1);
  }
  return [...counts].sort((one, other) => one[0] - other[0]);
}

const phraseOf = (list) =>
  countsByKind(list)
    .map(([kind, count]) => number(count, kinds[kind].one, kinds[kind].many))
    .join(", ");

const strongest = (list) => {
  const there = new Set(list.map(groupOf));
  return STRENGTH.find((group) => there.has(group));
};
