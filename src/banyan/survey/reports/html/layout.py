"""Where each module stands on the map: in rows, users above and foundations below."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

import msgspec

from banyan.survey.graph import Graph

WIDEST: Final = 7
"""Modules in a row, so that their names stay readable at a page's width."""
STEP: Final = (136, 96)
FEW: Final = 14
STEP_OF_FEW: Final = (190, 132)
"""From the middle of one module to the next, across and down, in the units of the drawing."""
MARGIN: Final = (76, 46)
_SWEEPS: Final = 6


class Layout(msgspec.Struct, frozen=True):
    """The size of the drawing, and the middle of each module in it."""

    width: int
    height: int
    places: dict[str, tuple[int, int]]


def layout(graph: Graph, order: Sequence[str], levels: Mapping[str, int]) -> Layout:
    """Place the modules; the same graph gets the same map."""
    tied = {name for name, others in graph.items() if others}
    tied |= {other for others in graph.values() for other in others}
    rows = _rows([name for name in order if name in tied], levels)
    # Who is tied to nobody stands apart, at the end.
    alone = [name for name in order if name not in tied]
    rows = _sorted_rows(rows, graph) + [
        alone[start : start + WIDEST] for start in range(0, len(alone), WIDEST)
    ]
    width = max(map(len, rows), default=1)
    step = STEP if len(order) > FEW else STEP_OF_FEW
    places: dict[str, tuple[int, int]] = {}
    for down, row in enumerate(rows):
        for across, name in enumerate(row):
            # Every second row is moved a little, so that lines can pass between.
            shift = (width - len(row)) * step[0] // 2
            if len(row) == width and width > 3 and down % 2:
                shift += step[0] // 4
            places[name] = (MARGIN[0] + shift + across * step[0], MARGIN[1] + down * step[1])
    return Layout(
        2 * MARGIN[0] + (width - 1) * step[0] + (step[0] // 4 if width > 3 else 0),
        2 * MARGIN[1] + max(len(rows) - 1, 0) * step[1],
        places,
    )


def _rows(ordered: Sequence[str], levels: Mapping[str, int]) -> list[list[str]]:
    """A row for each level; low ones are joined until the map isn't higher than needed."""
    by_level: defaultdict[int, list[str]] = defaultdict(list)
    for name in ordered:
        by_level[levels[name]].append(name)
    rows: list[list[str]] = []
    for level in sorted(by_level, reverse=True):
        names = by_level[level]
        parts = -(-len(names) // WIDEST)
        size = -(-len(names) // parts)
        rows += [names[start : start + size] for start in range(0, len(names), size)]
    enough = max(7, -(-len(ordered) // WIDEST))
    while len(rows) > enough:
        sizes = [len(one) + len(other) for one, other in pairwise(rows)]
        place = sizes.index(min(sizes))
        if sizes[place] > WIDEST:
            break
        rows[place : place + 2] = [rows[place] + rows[place + 1]]
    if len(rows) > enough:
        # A long chain, or a tangle that is one: levels mean little, so rows are filled.
        size = -(-len(ordered) // enough)
        rows = [list(ordered[start : start + size]) for start in range(0, len(ordered), size)]
    return rows


def _sorted_rows(rows: list[list[str]], graph: Graph) -> list[list[str]]:
    """The rows, each sorted by where those stand to which its modules are tied (barycentres)."""
    near: dict[str, dict[str, int]] = {name: dict(others) for name, others in graph.items()}
    for name, others in graph.items():
        for other, count in others.items():
            near[other][name] = near[other].get(name, 0) + count
    across = {name: place - (len(row) - 1) / 2 for row in rows for place, name in enumerate(row)}
    for _ in range(_SWEEPS):
        for row in rows:
            middle = {name: _middle(name, near, across) for name in row}
            row.sort(key=lambda name: (middle[name], name))
            across |= {name: place - (len(row) - 1) / 2 for place, name in enumerate(row)}
    return rows


def _middle(name: str, near: Graph, across: Mapping[str, float]) -> float:
    weights = {other: min(count, 10) for other, count in near[name].items() if other in across}
    whole = sum(weights.values())
    return sum(across[other] * weight for other, weight in weights.items()) / whole if whole else 0
