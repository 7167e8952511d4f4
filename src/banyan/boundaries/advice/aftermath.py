"""What a past cut did: to coupling, and to how changes move together."""

from enum import StrEnum

import msgspec

from banyan.survey.facts import Kind


class Outcome(StrEnum):
    """What came of a cut between two modules."""

    PAID = "it paid"
    MOVED = "the coupling moved elsewhere"
    TOGETHER = "changes still move together"
    REMOTE = "more remote calls than what they replaced"
    NOT_CUT = "nothing was cut"
    OPEN = "too early to tell"


class PairAftermath(msgspec.Struct, frozen=True, kw_only=True):
    """Two modules, before and after.

    Attributes:
        then: couplings by kind, both ways, at the snapshot.
        now: the same today.
        together_before: commits that changed both in the window before.
        either_before: commits that changed one of them, or both.
        moved_to: the modules that hold the coupling now, where it moved.
        said: what it comes to, a sentence each.
        way_back: what to do where it did not pay, a sentence each.
    """

    first: str
    second: str
    outcome: Outcome
    then: dict[Kind, int]
    now: dict[Kind, int]
    together_before: int
    either_before: int
    together_after: int
    either_after: int
    moved_to: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    way_back: tuple[str, ...] = ()


class Aftermath(msgspec.Struct, frozen=True, kw_only=True):
    """What became of the coupling since a snapshot.

    Attributes:
        commit: of the snapshot.
        days: how long each of the two windows is.
        pairs: those that changed, the most first.
        unseen: what could not be seen, a sentence each.
    """

    commit: str
    headline: str
    days: int
    commits_before: int
    commits_after: int
    pairs: tuple[PairAftermath, ...]
    unseen: tuple[str, ...] = ()


def lines(aftermath: Aftermath) -> list[str]:
    """The aftermath for a terminal."""
    raise NotImplementedError
