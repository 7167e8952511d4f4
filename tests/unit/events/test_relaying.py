"""What the relay does with what the broker answers."""

import pytest
from tests.unit.events.memory import MemoryBroker, MemoryClaims, envelope

from banyan.events.cloudevents import Envelope
from banyan.events.ports import BrokerUnavailable, Refused
from banyan.events.relaying import Relay, waves
from banyan.events.reporting import Counters
from banyan.leases import Backoff, Row


def rows(*keys: str, attempts: int = 1) -> list[Row[Envelope]]:
    return [Row(number, key, attempts, envelope(number, key)) for number, key in enumerate(keys, 1)]


def relay(outbox: MemoryClaims[Envelope], broker: MemoryBroker) -> Relay:
    backoff = Backoff(first=1, attempts=3)
    return Relay(outbox, broker, backoff=backoff, chance=lambda: 1.0, counters=Counters())


def test_events_without_a_key_go_together() -> None:
    assert [len(wave) for wave in waves(rows("", "", ""))] == [3]


def test_of_one_key_one_event_is_under_way_at_a_time() -> None:
    found = [[row.pk for row in wave] for wave in waves(rows("a", "b", "a", "", "a"))]
    assert found == [[1, 2, 4], [3], [5]]


def test_what_was_sent_is_marked() -> None:
    outbox, broker = MemoryClaims(rows("", "a", "a")), MemoryBroker()
    assert relay(outbox, broker).step() == 3
    assert broker.sent == [["e1", "e2"], ["e3"]]
    assert outbox.done == [1, 2, 3]
    assert not outbox.released


def test_an_empty_outbox_sends_nothing() -> None:
    broker = MemoryBroker()
    assert relay(MemoryClaims([]), broker).step() == 0
    assert broker.sent == []


def test_what_is_behind_a_refused_event_of_its_key_waits_and_the_rest_goes() -> None:
    outbox = MemoryClaims(rows("a", "a", "b", "b"))
    relay(outbox, MemoryBroker(refuse={"e1": Refused("full")})).step()
    assert outbox.retried == {1: 1.0}
    assert outbox.done == [3, 4]
    assert outbox.released == {2}


def test_a_refusal_without_a_key_holds_nothing_up() -> None:
    outbox = MemoryClaims(rows("", "", ""))
    relay(outbox, MemoryBroker(refuse={"e1": Refused("full")})).step()
    assert outbox.done == [2, 3]


def test_what_is_refused_for_good_is_dead_at_once() -> None:
    outbox = MemoryClaims(rows("a"))
    relay(outbox, MemoryBroker(refuse={"e1": Refused("too large", for_good=True)})).step()
    assert outbox.dead == {1: "too large"}


def test_what_was_refused_too_often_is_dead() -> None:
    outbox = MemoryClaims(rows("a", attempts=3))
    relay(outbox, MemoryBroker(refuse={"e1": Refused("full")})).step()
    assert outbox.dead == {1: "full"}


def test_when_the_broker_goes_away_what_was_sent_is_marked_and_the_rest_is_free() -> None:
    outbox = MemoryClaims(rows("a", "a", "a"))
    with pytest.raises(BrokerUnavailable):
        relay(outbox, MemoryBroker(away_at=1)).step()
    assert outbox.done == [1]
    assert outbox.released == {2, 3}
    assert not outbox.retried


def test_a_relay_that_lost_its_lease_marks_nothing_and_says_so() -> None:
    outbox, counters = MemoryClaims(rows("", "")), Counters()
    outbox.stolen = {2}
    Relay(outbox, MemoryBroker(), backoff=Backoff(), chance=lambda: 0.0, counters=counters).step()
    assert outbox.done == [1]
    assert counters.read() == {"lease_lost": 1, "sent": 1}
