"""What events need from a broker and from a database."""

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from banyan.errors import BanyanError
from banyan.events.cloudevents import Envelope


class BrokerUnavailable(BanyanError):
    """The broker cannot be reached, or does not answer; what was to be sent waits in the outbox."""

    code = "banyan.events.broker_unavailable"


@dataclass(frozen=True, slots=True)
class Refused:
    """The broker is there, and refuses this one message.

    Attributes:
        for_good: True when sending it again can never help.
    """

    reason: str
    for_good: bool = False


@dataclass(frozen=True, slots=True)
class Received:
    """A message from a broker.

    Attributes:
        place: where it stands; opaque to all but the adapter that made it.
    """

    place: str
    subject: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Arrival:
    """An event for one handler."""

    envelope: Envelope
    subscription: str

    @property
    def lane(self) -> str:
        """What keeps the order: events of one source and key, for one handler."""
        envelope = self.envelope
        return f"{self.subscription} {envelope.source} {envelope.key}" if envelope.key else ""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A message that is no event, and why."""

    message: Received
    finding: str
    reason: str


class Inbox(Protocol):
    """The inbox in one database."""

    def accept(self, arrivals: Sequence[Arrival]) -> None:
        """Keep events for their handlers; those that are there already are left as they are."""
        ...

    def turn_page(
        self,
        token: UUID,
        bookmark: int,
        place: str,
        arrivals: Sequence[Arrival],
        unreadable: Sequence[Unreadable],
    ) -> None:
        """Keep what a broker sent and move the bookmark, in one transaction.

        Raises:
            LeaseLost: someone else reads now; nothing was kept.
        """
        ...


class Publications(Protocol):
    """Where published events are written."""

    def is_open(self, alias: str) -> bool:
        """True when a transaction of the caller's own is open on this database."""
        ...

    def open_elsewhere(self) -> Sequence[str]:
        """The aliases on which a transaction is open."""
        ...

    def append(self, alias: str, module: str, envelope: Envelope) -> None:
        """Write a row in the open transaction, and wake the relay once it is committed."""
        ...

    def atomic(self, alias: str, *, savepoint: bool, durable: bool) -> AbstractContextManager[None]:
        """Django's ``transaction.atomic`` on this database."""
        ...


class Feed(Protocol):
    """The messages for one consumer, in the broker's order, none left out.

    What is not acknowledged comes again, and in its old order, when the feed is opened anew.
    """

    @property
    def lost(self) -> str:
        """What the broker removed before this consumer read it, for people; "" when nothing."""
        ...

    def receive(self, limit: int, seconds: float) -> Sequence[Received]:
        """Up to ``limit`` messages; waits at most so long for the first.

        Raises:
            BrokerUnavailable: or messages are missing; open the feed anew.
        """
        ...

    def acknowledge(self, last: Received) -> None:
        """All messages up to this one are safe with us."""
        ...

    def close(self) -> None: ...


class Broker(Protocol):
    """Carries events between services. Used from several threads."""

    def check(self) -> None:
        """Return when the broker answers.

        Raises:
            BrokerUnavailable: it does not.
        """
        ...

    def send(self, envelopes: Sequence[Envelope]) -> Sequence[Refused | None]:
        """Publish events; returns when the broker has each of them safe, or refused it.

        An event that was sent before is not carried twice within the broker's memory of ids.

        Returns:
            one answer for each event, None when it is safe.

        Raises:
            BrokerUnavailable: any of them may or may not have arrived.
        """
        ...

    def open(self, consumer: str, project: str, names: Collection[str], after: str) -> Feed:
        """The feed that brings a consumer the events of these names, oldest first.

        Args:
            consumer: a durable name, for the broker's own account of who has read what.
            project: the first part of all the names.
            after: the ``place`` up to which all is safe, or "" for the beginning. A place that
                the broker does not know (it was set up anew) is the beginning too.

        Raises:
            BrokerUnavailable
        """
        ...

    def close(self) -> None: ...
