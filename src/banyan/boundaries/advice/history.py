"""What the history of changes says of modules: which change together, and who changes them."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

import msgspec

from banyan.boundaries.advice.changes import Log
from banyan.survey.facts import Module

WIDEST: Final = 5
"""A change of more modules than this is a sweep, and says nothing of two of them."""
FEWEST: Final = 5
"""Fewer changes together than this are too few to say something of."""


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
        quarters: the oldest first.
    """

    first: str
    second: str
    together: int
    first_changes: int
    second_changes: int
    expected: float = 0.0
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
        """Whether the numbers are large enough to be read, and more than chance."""
        return self.together >= FEWEST and self.together > self.expected


class OwnerBasis(StrEnum):
    """How owners are known."""

    CODEOWNERS = "CODEOWNERS"
    AUTHORSHIP = "authorship"
    NONE = "nothing"


class Authorship(msgspec.Struct, frozen=True, kw_only=True):
    """Who changes a module.

    Attributes:
        changes: commits that changed it, sweeps included, those of bots not.
        authors: how many people wrote these.
        recent_authors: how many people changed it in the last year before the newest commit.
        top_share: the share of the commits that is by the one who wrote most: its *ownership*
            (C. Bird and others, "Don't touch my code!", 2011).
        owners: names, by CODEOWNERS, else those who together wrote most of it.
        basis: how the owners are known.
    """

    module: str
    changes: int
    authors: int
    recent_authors: int
    top_share: float
    owners: tuple[str, ...] = ()
    basis: OwnerBasis = OwnerBasis.NONE


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


def folders(modules: Iterable[Module]) -> dict[str, str]:
    """The folders of all apps of the modules, each with the name of its module."""
    return {
        folder: module.name for module in modules for folder in module.folders or (module.path,)
    }


def module_of(path: str, by_folder: Mapping[str, str]) -> str | None:
    """The module that a file belongs to: that of the deepest folder around it."""
    while path:
        path = path.rpartition("/")[0]
        if path in by_folder:
            return by_folder[path]
    return None


def history(log: Log, modules: Iterable[Module], *, widest: int = WIDEST) -> History:
    """What the log says of the modules."""
    raise NotImplementedError
