"""What the page's script gets to work with: columns of numbers and a table of texts."""

from typing import Any

import msgspec

from banyan.survey.facts import DATA, Basis, Coupling, Kind, Module, Place, Survey
from banyan.survey.figures import (
    EXPERIMENTAL,
    Figures,
    Seen,
    is_of_migrations,
    makes_cycle,
    module_graph,
    module_names,
    visibility,
)
from banyan.survey.reports.html.additions import NONE, Additions
from banyan.survey.reports.html.layout import layout
from banyan.survey.words import GROUPS, IMPORTS, WORDS, describe

_KINDS = list(Kind)
_BASES = list(Basis)
OUTSIDE = -1
"""In place of a module: the other end of an HTTP call that leaves the project."""


class _Texts:
    """Texts by number, each once."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def number(self, text: str) -> int:
        return self.numbers.setdefault(text, len(self.numbers))


def payload(survey: Survey, found: Figures, additions: Additions = NONE) -> str:
    """JSON that is harmless between script tags: no ``<`` in it starts a tag or a comment."""
    content = _content(survey, found) | _added(additions)
    encoded = msgspec.json.encode(content).decode()
    # U+2028 and U+2029 end a line in old scripts.
    for unsafe in "<>&\u2028\u2029":
        encoded = encoded.replace(unsafe, f"\\u{ord(unsafe):04x}")
    return encoded


def _content(survey: Survey, found: Figures) -> dict[str, Any]:
    names = module_names(survey)
    number_of = {name: number for number, name in enumerate(names)}
    known = {module.name: module for module in survey.modules}
    circle = {name: number for number, group in enumerate(found.cycles) for name in group}
    between = [each for each in found.counted if makes_cycle(each)] or list(found.counted)
    placed = layout(module_graph(names, found.counted), found.order, found.levels)
    texts = _Texts()
    couplings = [each for each in survey.couplings if each.from_ != each.to]
    content: dict[str, Any] = {
        "project": survey.project.name,
        "width": placed.width,
        "height": placed.height,
        "modules": [
            _module(known.get(name), name)
            | {
                "at": placed.places[name],
                "level": found.levels[name],
                "circle": circle.get(name, OUTSIDE),
            }
            for name in names
        ],
        "order": [number_of[name] for name in found.order],
        "circles": [[number_of[name] for name in group] for group in found.cycles],
        "kinds": [
            {
                "id": kind,
                "one": word.one,
                "many": word.many,
                "group": word.group,
                "about": word.about,
                "data": kind in DATA,
                "experimental": kind in EXPERIMENTAL,
            }
            for kind in _KINDS
            for word in [WORDS[kind]]
        ],
        "groups": [{"id": group, "name": name} for group, name in GROUPS.items()],
        "couplings": _columns(couplings, number_of, texts),
        "unresolved": [
            [texts.number(each.file), each.line, texts.number(each.reason)]
            for each in survey.unresolved
        ],
        "problems": [
            [texts.number(each.file), each.line, texts.number(each.message)]
            for each in survey.problems
        ],
        "shared": [msgspec.to_builtins(each) for each in survey.shared],
        "phrases": [
            [number_of[pair.first], number_of[pair.second], pair.phrase] for pair in found.pairs
        ],
        "cycleEdges": sorted(
            {
                (number_of[each.from_], number_of[each.to])
                for each in between
                if circle.get(each.from_, -1) == circle.get(each.to, -2)
            }
        ),
    }
    content["texts"] = list(texts.numbers)
    return content


def _added(additions: Additions) -> dict[str, Any]:
    if additions is NONE:
        return {}
    return {
        "views": [view.id for view in additions.views],
        "marks": [[name, mark] for name, mark in additions.marks.items()],
        "marked": additions.title,
    }


def _module(module: Module | None, name: str) -> dict[str, Any]:
    if module is None:
        return {"name": name, "path": "", "apps": [], "models": [], "lines": 0}
    return {
        "name": name,
        "path": module.path,
        "apps": module.apps,
        "models": module.models,
        "lines": module.lines,
    }


def _columns(
    couplings: list[Coupling], number_of: dict[str, int], texts: _Texts
) -> dict[str, list[int]]:
    seen = visibility(couplings)
    return {
        "kind": [_KINDS.index(each.kind) for each in couplings],
        "from": [number_of[each.from_] for each in couplings],
        "to": [number_of[each.to] if each.to else OUTSIDE for each in couplings],
        "file": [texts.number(each.file) for each in couplings],
        "line": [each.line for each in couplings],
        "source": [texts.number(each.source) for each in couplings],
        "target": [texts.number(each.target) for each in couplings],
        "said": [texts.number(describe(each)) for each in couplings],
        "aside": [_aside(each) for each in couplings],
        "evidence": [_BASES.index(each.evidence) for each in couplings],
        "seen": [
            Seen.ITSELF if each.kind in IMPORTS else seen[each.from_, each.to] for each in couplings
        ],
    }


def _aside(coupling: Coupling) -> int:
    """0 in ordinary code, 1 in a test, 2 about migrations."""
    if is_of_migrations(coupling):
        return 2
    return 1 if coupling.place is Place.TEST else 0
