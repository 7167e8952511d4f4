"""What the owners of leased rows need from a database."""

from collections.abc import Collection
from typing import Protocol, TypeVar
from uuid import UUID

from banyan.leases.claims import Claim

T_co = TypeVar("T_co", covariant=True)


class Claims(Protocol[T_co]):
    """The rows of one table in one database, as work to be claimed.

    Within a lane rows are claimed in the order in which they were written, and none while an
    earlier one is claimed by another, waits for its retry, or is dead. Lanes do not wait for each
    other, and rows without a lane for nothing.
    """

    def claim(self, limit: int) -> Claim[T_co] | None:
        """Take up to ``limit`` rows, or None when no row is free. Commits by itself."""
        ...

    def renew(self, tokens: Collection[UUID]) -> int:
        """Start the leases of these claims anew; returns how many rows were still ours."""
        ...

    def complete(self, token: UUID, pks: Collection[int]) -> int:
        """Mark rows as done; returns how many were still ours. Joins an open transaction."""
        ...

    def retry(self, token: UUID, pk: int, *, after: float, error: str) -> bool:
        """Give a row back, to be claimed again after some seconds; False when it was not ours."""
        ...

    def bury(self, token: UUID, pk: int, *, error: str) -> bool:
        """Mark a row as dead; its lane waits until someone replays or discards it."""
        ...

    def release(self, token: UUID, pks: Collection[int]) -> None:
        """Give rows back untried: the attempt does not count."""
        ...


class Ring(Protocol):
    """Says that there may be new work."""

    def wait(self, seconds: float) -> bool:
        """Wait until it rings, at most so long; True when it rang."""
        ...

    def ring(self) -> None:
        """Wake the one who waits, from any thread."""
        ...
