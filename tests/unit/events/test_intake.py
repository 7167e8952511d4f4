"""How a module's events come from the broker into its inbox."""

from collections.abc import Callable

import pytest
from tests.unit.events.memory import (
    MemoryBroker,
    MemoryClaims,
    MemoryFeed,
    MemoryInbox,
    envelope,
)

from banyan.events.cloudevents import encode
from banyan.events.intake import Intake, sort_out
from banyan.events.ports import BrokerUnavailable, Received
from banyan.events.reporting import Counters
from banyan.leases import Row

NAME = "shop.orders.order_placed.v1"


def received(number: int, body: bytes | None = None) -> Received:
    return Received(f"p{number}", NAME, encode(envelope(number)) if body is None else body)


class Reader:
    """An intake with all that it stands on in memory."""

    def __init__(self, *batches: list[Received], place: str = "p0") -> None:
        self.feeds = [MemoryFeed([batch]) for batch in batches]
        self.broker = MemoryBroker(feeds=list(self.feeds))
        self.bookmarks = MemoryClaims([Row(1, "", 1, place)])
        self.inbox = MemoryInbox()
        self.counters = Counters()
        self.now = 0.0
        self.rings = 0
        self.intake = Intake(
            "payments",
            "shop",
            {NAME: ["payments.handlers.charge", "payments.handlers.count"]},
            bookmarks=self.bookmarks,
            make_bookmark=lambda: None,
            inbox=self.inbox,
            broker=self.broker,
            arrived=self._ring,
            counters=self.counters,
            renew_every=2.0,
            clock=lambda: self.now,
        )

    def _ring(self) -> None:
        self.rings += 1


def failing_once(error: Exception) -> Callable[[], None]:
    errors = [error]

    def fail() -> None:
        if errors:
            raise errors.pop()

    return fail


def test_an_event_is_kept_once_for_each_handler() -> None:
    arrivals, unreadable = sort_out([received(1)], {NAME: ["a", "b"]})
    assert [(one.envelope.id, one.subscription) for one in arrivals] == [("e1", "a"), ("e1", "b")]
    assert unreadable == []


def test_a_message_that_is_no_event_is_kept_apart_and_the_others_are_not_held_up() -> None:
    arrivals, unreadable = sort_out([received(1, b"junk"), received(2)], {NAME: ["a"]})
    assert [one.envelope.id for one in arrivals] == ["e2"]
    assert [(one.message.place, one.finding) for one in unreadable] == [("p1", "banyan.E404")]


def test_an_event_that_came_under_another_name_is_no_event() -> None:
    forged = Received("p1", "shop.users.user_erased.v1", encode(envelope(1)))
    arrivals, unreadable = sort_out([forged], {NAME: ["a"]})
    assert arrivals == []
    assert "came as another" in unreadable[0].reason


def test_events_are_kept_before_they_are_acknowledged_and_the_handlers_are_woken() -> None:
    reader = Reader([received(1), received(2)])
    assert reader.intake.step() == 2
    assert reader.inbox.places == ["p2"]
    assert reader.feeds[0].acknowledged == ["p2"]
    assert len(reader.inbox.arrivals) == 4
    assert reader.rings == 1


def test_the_feed_is_opened_after_the_bookmark() -> None:
    reader = Reader([], place="p7")
    reader.intake.step()
    assert reader.broker.opened_after == ["p7"]


def test_what_could_not_be_kept_is_read_again_from_the_bookmark() -> None:
    reader = Reader([received(1)], [received(1)])
    reader.inbox.fail = failing_once(OSError("database is away"))
    with pytest.raises(OSError, match="database is away"):
        reader.intake.step()
    assert reader.feeds[0].acknowledged == []
    assert reader.feeds[0].is_closed
    reader.intake.step()
    assert reader.broker.opened_after == ["p0", "p0"]
    assert reader.inbox.places == ["p1"]


def test_a_feed_that_breaks_is_opened_after_what_was_kept_last() -> None:
    reader = Reader([received(1)], [received(2)])
    reader.intake.step()

    def broken(limit: int, seconds: float) -> list[Received]:
        raise BrokerUnavailable("gone")

    reader.feeds[0].receive = broken  # type: ignore[method-assign]
    with pytest.raises(BrokerUnavailable):
        reader.intake.step()
    reader.intake.step()
    assert reader.broker.opened_after == ["p0", "p1"]


def test_while_another_process_reads_nothing_is_opened() -> None:
    reader = Reader()
    reader.bookmarks.rows = []
    assert reader.intake.step() == 0
    assert reader.broker.opened_after == []


def test_a_reader_that_lost_its_lease_keeps_nothing_and_stops_reading() -> None:
    reader = Reader([received(1)])
    reader.inbox.is_lost = True
    assert reader.intake.step() == 0
    assert reader.inbox.arrivals == []
    assert reader.feeds[0].acknowledged == []
    assert reader.feeds[0].is_closed


def test_the_lease_is_renewed_in_time_and_a_lost_one_noticed() -> None:
    reader = Reader([], [])
    reader.intake.step()
    assert reader.bookmarks.renewals == 0
    reader.now = 2.5
    reader.intake.step()
    assert reader.bookmarks.renewals == 1
    reader.bookmarks.is_lost = True
    reader.now = 5.0
    reader.intake.step()
    assert reader.feeds[0].is_closed
    assert reader.counters.read() == {"lease_lost": 1}


def test_closing_leaves_the_bookmark_to_the_next_at_once() -> None:
    reader = Reader([])
    reader.intake.step()
    reader.intake.close()
    assert reader.bookmarks.released == {1}
    assert reader.feeds[0].is_closed


def test_events_that_the_broker_removed_unread_are_reported(
    caplog: pytest.LogCaptureFixture,
) -> None:
    reader = Reader([])
    reader.feeds[0].lost = "numbers 3 to 9"
    reader.intake.step()
    assert "banyan.E406" in caplog.text
    assert "numbers 3 to 9" in caplog.text
