"""How the couplings of two surveys of one project differ, pair by pair."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Final, TypeAlias

import msgspec

from banyan.survey.facts import Coupling, Kind, Survey
from banyan.survey.figures import ASIDE, counts

Pair: TypeAlias = tuple[str, str]
"""Two modules, in the order of their names."""
Held: TypeAlias = tuple[str, str, Kind, str, str]
"""Who holds on, to whom, by which kind, and the two ends by the tails of their names."""

REMOTE: Final = frozenset({Kind.HTTP_CALL, Kind.TASK})
ROWS: Final = frozenset(
    {Kind.MODEL_ACCESS, Kind.ORM_LOOKUP, Kind.REVERSE_ACCESSOR, Kind.RAW_SQL, Kind.GET_MODEL}
)
"""What reads or writes rows of the other, in place of which a call may have come."""


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """What ties two modules, then and now.

    Attributes:
        lost: couplings of then that the two don't have any more, whatever has come in addition.
        moved: couplings that are gone between the two, but tie one of them to a third now: how
            many, by the third's name. That is so where the same function or field holds on to the
            same thing from the third; where the third has a thing of the same name that is held on
            to now; or where the third holds on to the same thing and has come closer to the one
            that did, so that it may stand between the two.
        by_shared: shared code that stands between the two now and didn't then.
        remote: how many more HTTP calls and tasks there are: of the two to each other, and of
            either to hosts outside of the project.
    """

    pair: Pair
    then: Counter[Kind]
    now: Counter[Kind]
    lost: int
    moved: dict[str, int]
    by_shared: tuple[str, ...]
    remote: int

    @property
    def gone(self) -> int:
        """How many couplings fewer there are; below 0 where there are more."""
        return self.then.total() - self.now.total()

    @property
    def gone_by_kind(self) -> Counter[Kind]:
        """The kinds of which there are fewer."""
        return self.then - self.now


def differences(then: Survey, now: Survey) -> list[Difference]:
    """The pairs whose couplings differ in number, those with the most gone first."""
    before, after = _by_pair(then.couplings), _by_pair(now.couplings)
    held_before, held_after = _held(then.couplings), _held(now.couplings)
    gone = _gone(held_before, held_after)
    closer = {pair for pair in after if after[pair].total() > before[pair].total()}
    risen = _Risen(held_after - held_before, closer)
    calls = _calls(now.couplings) - _calls(then.couplings)
    found = [
        Difference(
            pair=pair,
            then=before[pair],
            now=after[pair],
            lost=sum(count for _, count in gone[pair]),
            moved=_moved(gone[pair], risen),
            by_shared=tuple(sorted(_between(pair, now) - _between(pair, then))),
            remote=sum(count for ends, count in calls.items() if _is_of(ends, pair)),
        )
        for pair in sorted({*before, *after})
    ]
    changed = [one for one in found if one.gone]
    return sorted(changed, key=lambda one: (-one.gone, one.pair))


def _pair(one: str, other: str) -> Pair:
    return (one, other) if one <= other else (other, one)


def _by_pair(couplings: Iterable[Coupling]) -> defaultdict[Pair, Counter[Kind]]:
    found: defaultdict[Pair, Counter[Kind]] = defaultdict(Counter)
    for each in filter(counts, couplings):
        found[_pair(each.from_, each.to)][each.kind] += 1
    return found


def _held(couplings: Iterable[Coupling]) -> Counter[Held]:
    return Counter(
        (each.from_, each.to, each.kind, _tail(each.source), _tail(each.target))
        for each in couplings
        if counts(each)
    )


def _gone(before: Counter[Held], after: Counter[Held]) -> defaultdict[Pair, list[tuple[Held, int]]]:
    """What two modules have less of; a function that only got another name has lost nothing."""
    left: Counter[tuple[str, ...]] = Counter()
    for sign, side in ((1, before), (-1, after)):
        for (from_, to, kind, _, target), count in side.items():
            left[from_, to, kind, target] += sign * count
    found: defaultdict[Pair, list[tuple[Held, int]]] = defaultdict(list)
    for held, count in sorted((before - after).items()):
        from_, to, kind, _, target = held
        taken = min(count, max(left[from_, to, kind, target], 0))
        left[from_, to, kind, target] -= taken
        if taken:
            found[_pair(from_, to)].append((held, taken))
    return found


def _tail(name: str) -> str:
    """What stays of a name when its module is moved: ``User`` of ``users.User``."""
    parts = name.split(".")
    return ".".join(parts[-2:] if len(parts) > 2 else parts[-1:])


class _Risen:
    """What there is more of than there was."""

    def __init__(self, risen: Counter[Held], closer: set[Pair]) -> None:
        self._closer = closer
        self._from_elsewhere: defaultdict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
        self._between: defaultdict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
        self._to_elsewhere: defaultdict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
        for (from_, to, kind, source, target), count in risen.items():
            self._from_elsewhere[to, kind, source, target][from_] += count
            self._between[to, kind, target][from_] += count
            self._to_elsewhere[from_, kind, target][to] += count

    def others(self, held: Held) -> Counter[str]:
        """The modules that have in its place what is gone, with how many."""
        from_, to, kind, source, target = held
        none = Counter[str]()
        found = self._to_elsewhere.get((from_, kind, target), none) | self._from_elsewhere.get(
            (to, kind, source, target), none
        )
        for other, count in self._between.get((to, kind, target), none).items():
            if _pair(from_, other) in self._closer:
                found[other] = max(found[other], count)
        return Counter({one: count for one, count in found.items() if one not in (from_, to)})


def _moved(gone: list[tuple[Held, int]], risen: _Risen) -> dict[str, int]:
    """To whom couplings went, each counted once, and no more than are gone."""
    found: Counter[str] = Counter()
    for held, count in sorted(gone):
        left = count
        for other, more in sorted(risen.others(held).items(), key=lambda one: (-one[1], one[0])):
            found[other] += min(more, left)
            left -= min(more, left)
    return {one: count for one, count in sorted(found.items(), key=_most) if count}


def _most(one: tuple[str, int]) -> tuple[int, str]:
    return -one[1], one[0]


def _between(pair: Pair, survey: Survey) -> set[str]:
    """Shared code that one of the two uses, and that reaches models of the other."""
    return {
        one.name
        for one in survey.shared
        if one.imports_models
        and any(a in one.used_by and b in one.imports for a, b in (pair, pair[::-1]))
    }


def _calls(couplings: Iterable[Coupling]) -> Counter[tuple[str, str]]:
    return Counter(
        (each.from_, each.to)
        for each in couplings
        if each.kind in REMOTE and each.place not in ASIDE and each.from_ != each.to
    )


def _is_of(ends: tuple[str, str], pair: Pair) -> bool:
    """Whether a call is between the two, or of one of them to a host outside."""
    return ends[0] in pair and (ends[1] == "" or ends[1] in pair)
