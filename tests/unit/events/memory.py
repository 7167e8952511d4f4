"""An outbox, an inbox and a broker in memory, for tests of what is decided about them."""

import uuid
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from banyan.events.cloudevents import Envelope
from banyan.events.ports import Arrival, BrokerUnavailable, Feed, Received, Refused, Unreadable
from banyan.leases import Claim, LeaseLost, Row

T = TypeVar("T")


def envelope(number: int, key: str = "", name: str = "shop.orders.order_placed.v1") -> Envelope:
    return Envelope(
        id=f"e{number}",
        name=name,
        source="/shop/orders",
        time="2026-11-23T00:00:00+00:00",
        data="{}",
        key=key,
    )


@dataclass
class MemoryClaims(Generic[T]):
    """Rows that one owner claims: what was done to each is written down."""

    rows: list[Row[T]]
    done: list[int] = field(default_factory=list[int])
    dead: dict[int, str] = field(default_factory=dict[int, str])
    retried: dict[int, float] = field(default_factory=dict[int, float])
    released: set[int] = field(default_factory=set[int])
    stolen: set[int] = field(default_factory=set[int])
    renewals: int = 0
    is_lost: bool = False

    def claim(self, limit: int) -> Claim[T] | None:
        taken, self.rows = self.rows[:limit], self.rows[limit:]
        return Claim(uuid.uuid4(), taken) if taken else None

    def renew(self, tokens: Collection[uuid.UUID]) -> int:
        self.renewals += 1
        return 0 if self.is_lost else len(tokens)

    def complete(self, token: uuid.UUID, pks: Collection[int]) -> int:
        ours = [pk for pk in pks if pk not in self.stolen]
        self.done += ours
        return len(ours)

    def retry(self, token: uuid.UUID, pk: int, *, after: float, error: str) -> bool:
        self.retried[pk] = after
        return True

    def bury(self, token: uuid.UUID, pk: int, *, error: str) -> bool:
        self.dead[pk] = error
        return True

    def release(self, token: uuid.UUID, pks: Collection[int]) -> None:
        self.released |= set(pks)


@dataclass
class MemoryFeed:
    """Hands out what is there, in batches."""

    batches: list[list[Received]]
    lost: str = ""
    acknowledged: list[str] = field(default_factory=list[str])
    is_closed: bool = False

    def receive(self, limit: int, seconds: float) -> Sequence[Received]:
        return self.batches.pop(0) if self.batches else []

    def acknowledge(self, last: Received) -> None:
        self.acknowledged.append(last.place)

    def close(self) -> None:
        self.is_closed = True


@dataclass
class MemoryBroker:
    """Takes what it is sent, but for what the test says."""

    refuse: dict[str, Refused] = field(default_factory=dict[str, Refused])
    away_at: int = -1
    sent: list[list[str]] = field(default_factory=list[list[str]])
    feeds: list[MemoryFeed] = field(default_factory=list[MemoryFeed])
    opened_after: list[str] = field(default_factory=list[str])

    def check(self) -> None:
        """Always there."""

    def send(self, envelopes: Sequence[Envelope]) -> Sequence[Refused | None]:
        if len(self.sent) == self.away_at:
            raise BrokerUnavailable("gone")
        self.sent.append([one.id for one in envelopes])
        return [self.refuse.get(one.id) for one in envelopes]

    def open(self, consumer: str, project: str, names: Collection[str], after: str) -> Feed:
        self.opened_after.append(after)
        return self.feeds.pop(0)

    def close(self) -> None:
        """Nothing to close."""


@dataclass
class MemoryInbox:
    """Keeps what arrives."""

    arrivals: list[Arrival] = field(default_factory=list[Arrival])
    unreadable: list[Unreadable] = field(default_factory=list[Unreadable])
    places: list[str] = field(default_factory=list[str])
    fail: Callable[[], None] = lambda: None
    is_lost: bool = False

    def accept(self, arrivals: Sequence[Arrival]) -> None:
        self.arrivals += arrivals

    def turn_page(
        self,
        token: uuid.UUID,
        bookmark: int,
        place: str,
        arrivals: Sequence[Arrival],
        unreadable: Sequence[Unreadable],
    ) -> None:
        self.fail()
        if self.is_lost:
            raise LeaseLost("gone")
        self.arrivals += arrivals
        self.unreadable += unreadable
        self.places.append(place)
