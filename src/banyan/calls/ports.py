"""What calls need of a database, of a network, and of whoever looks at them."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from banyan.calls.outcomes import Outcome, Remembered


class Transactions(Protocol):
    """The transactions of the databases that this process has open."""

    def open_alias(self) -> str | None:
        """A database with a transaction open; a TestCase's own block does not count."""
        ...

    def own(self, alias: str) -> AbstractContextManager[object]:
        """A transaction that commits when its block ends, and at no other time."""
        ...

    def join(self, alias: str) -> AbstractContextManager[object]:
        """A part of the transaction that is open, which can be undone by itself."""
        ...

    def is_open(self, alias: str) -> bool:
        """Whether this database has a transaction open, whosever it is."""
        ...


class Ledger(Protocol):
    """Remembers idempotency keys, in the database that the command changes."""

    def claim(self, alias: str, method: str, key: str, fingerprint: bytes) -> Remembered | None:
        """Put a key on record as started; None when it is new, else what is known of it.

        Waits while another transaction that claimed the same key is open.
        """
        ...

    def remember(self, alias: str, method: str, key: str, outcome: Outcome | None) -> None:
        """Put on record that the command ended, and how, unless that is not to be kept."""
        ...

    def forget(self, alias: str, older_than: float, limit: int) -> int:
        """Delete keys that were claimed so many seconds ago or earlier; returns how many."""
        ...


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A call to another service.

    Attributes:
        base_url: where the service is.
        path: the method, as ``shop.orders.v1.Orders/Place``.
        body: the encoded arguments.
        timeout: seconds until the caller stops waiting.
        key: the idempotency key; empty for a query.
    """

    base_url: str
    path: str
    body: bytes
    timeout: float
    key: str = ""


class Transport(Protocol):
    """Carries calls to other services."""

    def send(self, call: Outgoing) -> Outcome:
        """Call, and wait for how it ended.

        Raises:
            CallError: it ended in neither a result nor a declared error, or nobody knows how.
            Misuse: the service refused the call as a mistake of the caller's.
        """
        ...

    async def asend(self, call: Outgoing) -> Outcome:
        """The same, without blocking the event loop."""
        ...
