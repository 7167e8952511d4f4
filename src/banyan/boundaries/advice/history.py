"""What the history of changes says of modules: which change together, and who changes them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from itertools import combinations
from typing import Final

import msgspec

from banyan.boundaries.advice.authorship import (
    Authorship,
    OwnerBasis,
    authorships,
    modules_per_author,
    written_by,
)
from banyan.boundaries.advice.chance import at_least
from banyan.boundaries.advice.changes import Change, Log
from banyan.boundaries.advice.places import folders, module_of
from banyan.survey.facts import Module

__all__ = ["Authorship", "History", "OwnerBasis", "Quarter", "Tie", "history", "ties", "touched_by"]

WIDEST: Final = 5
"""A change of more modules than this is a sweep, and says nothing of two of them."""
FEWEST: Final = 5
"""Fewer changes together than this are too few to say something of."""
CHANCE: Final = 0.01
"""What would happen by chance more often than this says nothing."""


class Quarter(msgspec.Struct, frozen=True, kw_only=True):
    """Three months of two modules.

    Attributes:
        name: as ``2026-Q3``.
        together: how many commits changed both.
        either: how many changed one of them, or both.
    """

    name: str
    together: int
    either: int


class Tie(msgspec.Struct, frozen=True, kw_only=True):
    """How two modules change together.

    Attributes:
        first: the earlier by name.
        together: how many commits changed both: the support.
        first_changes: how many commits changed the first, those that changed both included.
        second_changes: how many changed the second.
        expected: how many would have changed both if the two changed independently.
        chance: how likely as many are, or more, if they did.
        quarters: the oldest first.
    """

    first: str
    second: str
    together: int
    first_changes: int
    second_changes: int
    expected: float = 0.0
    chance: float = 1.0
    quarters: tuple[Quarter, ...] = ()

    @property
    def confidence(self) -> float:
        """Of the commits that changed the first, the share that changed the second too."""
        return self.together / self.first_changes if self.first_changes else 0.0

    @property
    def backward(self) -> float:
        """Of the commits that changed the second, the share that changed the first too."""
        return self.together / self.second_changes if self.second_changes else 0.0

    @property
    def degree(self) -> float:
        """Commits that changed both, by the mean of those that changed each: from 0 to 1."""
        total = self.first_changes + self.second_changes
        return 2 * self.together / total if total else 0.0

    @property
    def is_told(self) -> bool:
        """Whether there are enough of them to be read, and more than chance would bring."""
        return self.together >= FEWEST and self.chance < CHANCE


class History(msgspec.Struct, frozen=True, kw_only=True):
    """What the history says of a project's modules.

    Attributes:
        ties: of all pairs that ever changed together, the most often first.
        authorship: of each module, by its name.
        counted: commits that the ties are counted from.
        sweeps: commits left out since they change more modules than ``WIDEST``.
        formatting: commits left out since ``.git-blame-ignore-revs`` names them.
        bots: commits left out since a program wrote them.
        merges: merges left out.
        outside: commits left out since they change no file of a module of today.
        since: the day of the oldest commit looked at, as ``2024-11-26``; "" where there is none.
        until: the day of the newest.
        modules_per_author: of the people who changed a module in the last year, how many modules
            each changed, on average.
        unseen: what could not be seen, a sentence each.
    """

    ties: tuple[Tie, ...] = ()
    authorship: dict[str, Authorship] = msgspec.field(default_factory=dict[str, Authorship])
    counted: int = 0
    sweeps: int = 0
    formatting: int = 0
    bots: int = 0
    merges: int = 0
    outside: int = 0
    since: str = ""
    until: str = ""
    modules_per_author: float = 0.0
    unseen: tuple[str, ...] = ()

    def tie(self, one: str, other: str) -> Tie | None:
        """How two modules change together, in whichever order; None where they never did."""
        pair = (min(one, other), max(one, other))
        return next((tie for tie in self.ties if (tie.first, tie.second) == pair), None)

    def owners(self, modules: Iterable[str]) -> tuple[str, ...]:
        """The owners of some modules, sorted, each once."""
        known = (self.authorship[name].owners for name in modules if name in self.authorship)
        return tuple(sorted({owner for owners in known for owner in owners}))


def history(log: Log, modules: Iterable[Module], *, widest: int = WIDEST) -> History:
    """What the log says of the modules.

    Args:
        widest: a change of more modules than this is a sweep.
    """
    listed = list(modules)
    by_folder = folders(listed)
    touched = [(change, touched_by(change, by_folder)) for change in log.changes]
    people = [(change, on) for change, on in touched if on and not change.is_bot]
    kept = [(c, on) for c, on in people if c.commit not in log.sweeps]
    narrow = [(change, on) for change, on in kept if len(on) <= widest]
    written = written_by(people, log.moment)
    return History(
        ties=tuple(ties(narrow)),
        authorship=authorships(log, listed, by_folder, written),
        counted=len(narrow),
        sweeps=len(kept) - len(narrow),
        formatting=len(people) - len(kept),
        bots=sum(change.is_bot for change in log.changes),
        merges=log.merges,
        outside=sum(not on and not change.is_bot for change, on in touched),
        since=_day(min((one.moment for one in log.changes), default=0)),
        until=_day(log.moment),
        modules_per_author=modules_per_author(written),
        unseen=log.unseen,
    )


def touched_by(change: Change, by_folder: Mapping[str, str]) -> frozenset[str]:
    """The modules that a change is of."""
    found = (module_of(path, by_folder) for path in change.paths)
    return frozenset(name for name in found if name is not None)


def ties(changes: Iterable[tuple[Change, frozenset[str]]]) -> list[Tie]:
    """How often two modules are in one change, for all that are, the most often first."""
    alone: Counter[str] = Counter()
    both: Counter[tuple[str, str]] = Counter()
    alone_in: defaultdict[str, Counter[str]] = defaultdict(Counter)
    both_in: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    total = 0
    for change, on in changes:
        total += 1
        quarter = _quarter(change.moment)
        for name in on:
            alone[name] += 1
            alone_in[name][quarter] += 1
        for pair in combinations(sorted(on), 2):
            both[pair] += 1
            both_in[pair][quarter] += 1
    made = [
        Tie(
            first=first,
            second=second,
            together=together,
            first_changes=alone[first],
            second_changes=alone[second],
            expected=alone[first] * alone[second] / total,
            chance=at_least(together, alone[first], alone[second], total),
            quarters=_quarters(alone_in[first], alone_in[second], both_in[first, second]),
        )
        for (first, second), together in both.items()
    ]
    return sorted(made, key=lambda tie: (-tie.together, tie.first, tie.second))


def _quarters(
    one: Mapping[str, int], other: Mapping[str, int], both: Mapping[str, int]
) -> tuple[Quarter, ...]:
    return tuple(
        Quarter(
            name=name,
            together=both.get(name, 0),
            either=one.get(name, 0) + other.get(name, 0) - both.get(name, 0),
        )
        for name in sorted({*one, *other})
    )


def _quarter(moment: int) -> str:
    day = datetime.fromtimestamp(moment, UTC)
    return f"{day.year}-Q{(day.month + 2) // 3}"


def _day(moment: int) -> str:
    return datetime.fromtimestamp(moment, UTC).date().isoformat() if moment else ""
