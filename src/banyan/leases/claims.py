"""What a claim is, and what is decided of it: when to retry, when to give up, whom to isolate."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar
from uuid import UUID

from banyan.errors import BanyanError


class State(StrEnum):
    """Where a row stands.

    There is no state *claimed*: an open row is free when its ``due`` time has passed, and a
    claim only moves ``due`` into the future. So a lease that nobody renews ends by itself.
    """

    OPEN = "open"
    DONE = "done"
    DEAD = "dead"
    DISCARDED = "discarded"


T_co = TypeVar("T_co", covariant=True)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Row(Generic[T_co]):
    """A claimed row.

    Attributes:
        lane: rows of one lane are worked on in order; "" is no lane.
        attempts: how many were begun, this one included.
        content: what the row is about.
    """

    pk: int
    lane: str
    attempts: int
    content: T_co


@dataclass(frozen=True, slots=True)
class Claim(Generic[T_co]):
    """Rows that are ours until the lease ends.

    Attributes:
        token: the fence. Each claim has a new one, and whatever is written about a row names it,
            so that an owner who slept through the end of its lease changes nothing.
        rows: in the order in which they were written.
    """

    token: UUID
    rows: Sequence[Row[T_co]]


class LeaseLost(BanyanError):
    """Another owner has claimed the row since: what was done under the old claim must not count."""

    code = "banyan.leases.lost"


@dataclass(frozen=True, slots=True)
class Backoff:
    """How long to wait before an attempt is repeated, and when to stop.

    The delay doubles from ``first`` to at most ``longest`` seconds; of each, half is left to
    chance, so that what failed together does not come back together.
    """

    first: float = 1.0
    longest: float = 600.0
    attempts: int = 20

    def is_exhausted(self, attempts: int) -> bool:
        """True when the row has had all the attempts that it gets."""
        return attempts >= self.attempts

    def delay(self, attempts: int, chance: Callable[[], float]) -> float:
        """Seconds until the next attempt.

        Args:
            attempts: how many were made, at least 1.
            chance: a number in [0, 1), as :func:`random.random`.
        """
        whole = min(self.longest, self.first * 2.0 ** min(attempts - 1, 62))
        return whole * (0.5 + 0.5 * chance())


def isolate_suspects(candidates: Sequence[Row[T]], suspect_from: int = 4) -> Sequence[Row[T]]:
    """The rows of a batch that may be claimed together.

    A row that kills its process takes the attempts of the whole batch with it. So a row whose
    attempt is the ``suspect_from``-th or a later one is claimed alone, and the others without it.
    """
    if candidates and candidates[0].attempts >= suspect_from:
        return candidates[:1]
    stopped: set[str] = set()
    taken: list[Row[T]] = []
    for row in candidates:
        if row.attempts >= suspect_from:
            stopped.add(row.lane)
        if row.attempts < suspect_from and (not row.lane or row.lane not in stopped):
            taken.append(row)
    return taken
