"""Suggested groupings of tangled modules: those that hold together more than with the rest."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from banyan.boundaries.advice.facts import Grouping
from banyan.boundaries.advice.ports import Communities
from banyan.boundaries.advice.ties import Ties, carries_data

_CLEARLY: Final = 1.5
_FEWEST: Final = 4
"""A cycle of fewer modules needs no grouping: it is one."""


def groupings(ties: Ties, communities: Communities) -> tuple[Grouping, ...]:
    """Suggestions for the modules in cycles, the one that is tied the most within first.

    What carries data counts twice: it is what a service must own. A group is suggested only where
    it has at most half of the tangled modules, and two of them hold on to each other clearly more
    often, on average, than one of them and one of the others.
    """
    tangled = {name for group in ties.cycles if len(group) >= _FEWEST for name in group}
    edges: Counter[tuple[str, str]] = Counter()
    heavy: Counter[tuple[str, str]] = Counter()
    for one in ties.couplings:
        pair = (min(one.from_, one.to), max(one.from_, one.to))
        edges[pair] += 1
        if tangled.issuperset(pair):
            heavy[pair] += 2 if carries_data(one) else 1
    found = [
        _grouping(group, edges)
        for group in communities(sorted(tangled), dict(sorted(heavy.items())))
        if 1 < len(group) <= len(tangled) / 2
    ]
    kept = [one for one in found if _is_close(one, len(ties.names))]
    return tuple(sorted(kept, key=lambda one: (-one.within, one.modules)))


def _is_close(group: Grouping, total: int) -> bool:
    size = len(group.modules)
    inside, outside = size * (size - 1) / 2, size * (total - size)
    return group.within / inside >= _CLEARLY * group.outward / max(outside, 1)


def _grouping(group: Iterable[str], edges: Counter[tuple[str, str]]) -> Grouping:
    members = frozenset(group)
    touched = [(members.issuperset(pair), n) for pair, n in edges.items() if members & {*pair}]
    return Grouping(
        modules=tuple(sorted(members)),
        within=sum(n for is_within, n in touched if is_within),
        outward=sum(n for is_within, n in touched if not is_within),
    )
