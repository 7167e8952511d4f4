"""What every broker must do for events, on its real server."""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from tests.conformance.events.brokers import WORLDS, BrokerWorld

from banyan.events.cloudevents import Envelope, decode
from banyan.events.ports import Broker, BrokerUnavailable, Feed, Received

NAME = "shop.orders.order_placed.v1"
OTHER = "shop.orders.order_paid.v1"


@pytest.fixture(params=sorted(WORLDS))
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[BrokerWorld]:
    """A server that runs, of each kind in turn."""
    world = WORLDS[request.param](tmp_path)
    world.start()
    yield world
    world.stop()


@pytest.fixture
def broker(world: BrokerWorld) -> Iterator[Broker]:
    """An adapter to it."""
    broker = world.broker()
    yield broker
    broker.close()


def event(number: int, name: str = NAME, data: str = "{}") -> Envelope:
    return Envelope(
        id=f"event-{number}",
        name=name,
        source="/shop/orders",
        time="2026-11-23T00:00:00+00:00",
        data=data,
        key="k",
        traceparent="00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    )


def read(feed: Feed, count: int, *, acknowledge: bool = True) -> list[Received]:
    """Exactly so many messages, in as many batches as it takes."""
    found: list[Received] = []
    ends = time.monotonic() + 20
    while len(found) < count:
        assert time.monotonic() < ends, f"{len(found)} of {count} arrived"
        batch = feed.receive(100, 1.0)
        if batch and acknowledge:
            feed.acknowledge(batch[-1])
        found += batch
    assert not feed.receive(100, 0.1), "more than that arrived"
    return found


def listen(feed: Feed, seconds: int) -> None:
    """Wait until the feed ends."""
    for _ in range(seconds):
        feed.receive(100, 1.0)


def ids(messages: Sequence[Received]) -> list[str]:
    return [decode(message.body).id for message in messages]


def expected(numbers: Sequence[int]) -> list[str]:
    return [f"event-{number}" for number in numbers]


def test_what_is_sent_arrives_whole_and_in_order(broker: Broker) -> None:
    sent = [event(number, data='{"text":"äöü \\u0000"}') for number in range(250)]
    assert broker.send(sent) == [None] * 250
    messages = read(broker.open("payments", "shop", [NAME], ""), 250)
    assert [decode(message.body) for message in messages] == sent


def test_an_event_that_is_sent_twice_is_carried_once(broker: Broker) -> None:
    broker.send([event(1), event(2)])
    broker.send([event(1), event(2), event(3)])
    assert ids(read(broker.open("payments", "shop", [NAME], ""), 3)) == expected([1, 2, 3])


def test_a_consumer_hears_the_names_it_asks_for_and_no_other(broker: Broker) -> None:
    broker.send([event(1), event(2, OTHER), event(3)])
    feed = broker.open("payments", "shop", [OTHER], "")
    assert ids(read(feed, 1)) == expected([2])


def test_several_names_come_in_one_order(broker: Broker) -> None:
    broker.send([event(number, NAME if number % 2 else OTHER) for number in range(20)])
    feed = broker.open("payments", "shop", [NAME, OTHER], "")
    assert ids(read(feed, 20)) == expected(range(20))


def test_consumers_do_not_take_events_from_each_other(broker: Broker) -> None:
    broker.send([event(1)])
    for consumer in ("payments", "shipping"):
        assert ids(read(broker.open(consumer, "shop", [NAME], ""), 1)) == expected([1])


def test_a_feed_that_is_opened_after_a_place_goes_on_behind_it(broker: Broker) -> None:
    broker.send([event(number) for number in range(10)])
    first = broker.open("payments", "shop", [NAME], "")
    messages = read(first, 10)
    first.close()
    again = broker.open("payments", "shop", [NAME], messages[5].place)
    assert ids(read(again, 4)) == expected(range(6, 10))


def test_what_was_not_acknowledged_comes_again_in_its_old_order(broker: Broker) -> None:
    broker.send([event(number) for number in range(10)])
    first = broker.open("payments", "shop", [NAME], "")
    read(first, 10, acknowledge=False)
    broker.send([event(10)])
    again = broker.open("payments", "shop", [NAME], "")
    assert ids(read(again, 11)) == expected(range(11))


def test_an_acknowledgement_that_was_not_kept_by_us_does_not_lose_an_event(
    broker: Broker,
) -> None:
    broker.send([event(number) for number in range(3)])
    read(broker.open("payments", "shop", [NAME], ""), 3)
    # Our database was restored from a backup: the place is an old one.
    assert ids(read(broker.open("payments", "shop", [NAME], ""), 3)) == expected(range(3))


def test_an_event_arrives_soon_where_one_waits_for_it(broker: Broker) -> None:
    feed = broker.open("payments", "shop", [NAME], "")
    assert not feed.receive(100, 0.05)
    waits: list[float] = []
    for number in range(20):
        started = time.perf_counter()
        broker.send([event(number)])
        assert len(feed.receive(100, 5.0)) == 1
        waits.append(time.perf_counter() - started)
    assert sorted(waits)[10] < 0.1


def test_an_event_that_is_too_large_is_refused_for_good_and_the_others_are_sent(
    broker: Broker,
) -> None:
    answers = broker.send([event(1), event(2, data=f'"{"x" * 2_000_000}"'), event(3)])
    assert answers[0] is answers[2] is None
    assert answers[1] is not None
    assert answers[1].for_good
    assert ids(read(broker.open("payments", "shop", [NAME], ""), 2)) == expected([1, 3])


def test_messages_that_are_no_events_are_handed_on_as_they_came(
    broker: Broker, world: BrokerWorld
) -> None:
    broker.send([event(1)])
    world.inject(NAME, b"\x00\xff not json")
    broker.send([event(2)])
    messages = read(broker.open("payments", "shop", [NAME], ""), 3)
    assert messages[1].body == b"\x00\xff not json"


def test_large_messages_in_number_arrive_too(broker: Broker) -> None:
    data = f'"{"x" * 500_000}"'
    for start in range(0, 100, 20):
        broker.send([event(number, data=data) for number in range(start, start + 20)])
    feed = broker.open("payments", "shop", [NAME], "")
    assert ids(read(feed, 100)) == expected(range(100))


def test_a_broker_that_is_away_says_so(world: BrokerWorld, broker: Broker) -> None:
    world.kill()
    with pytest.raises(BrokerUnavailable, match="cannot be used"):
        broker.check()
    with pytest.raises(BrokerUnavailable):
        broker.send([event(1)])
    with pytest.raises(BrokerUnavailable):
        broker.open("payments", "shop", [NAME], "")


def test_a_broker_that_comes_back_is_used_again_and_has_kept_what_it_accepted(
    world: BrokerWorld, broker: Broker
) -> None:
    broker.send([event(1)])
    feed = broker.open("payments", "shop", [NAME], "")
    place = read(feed, 1)[0].place
    broker.send([event(2)])
    world.kill()
    with pytest.raises(BrokerUnavailable):
        listen(feed, 20)
    world.start()
    broker.check()
    broker.send([event(3)])
    assert ids(read(broker.open("payments", "shop", [NAME], place), 2)) == expected([2, 3])


def test_a_send_that_the_server_does_not_survive_is_known_to_have_failed(
    world: BrokerWorld, broker: Broker
) -> None:
    broker.check()
    world.kill()
    started = time.monotonic()
    with pytest.raises(BrokerUnavailable):
        broker.send([event(1)])
    assert time.monotonic() - started < 5


def test_a_place_of_a_broker_that_lost_its_store_is_the_beginning(
    world: BrokerWorld, broker: Broker
) -> None:
    broker.send([event(number) for number in range(5)])
    place = read(broker.open("payments", "shop", [NAME], ""), 5)[-1].place
    world.wipe()
    world.start()
    broker.send([event(7)])
    assert ids(read(broker.open("payments", "shop", [NAME], place), 1)) == expected([7])


def test_two_feeds_of_one_consumer_do_not_share_and_the_older_learns_it(broker: Broker) -> None:
    older = broker.open("payments", "shop", [NAME], "")
    assert not older.receive(100, 0.05)
    newer = broker.open("payments", "shop", [NAME], "")
    broker.send([event(1)])
    assert ids(read(newer, 1)) == expected([1])
    with pytest.raises(BrokerUnavailable):
        listen(older, 20)


def test_a_password_in_the_address_is_never_shown(world: BrokerWorld) -> None:
    from banyan.events.adapters.nats import NatsBroker

    broker = NatsBroker("nats://user:hunter2@127.0.0.1:1")
    with pytest.raises(BrokerUnavailable) as error:
        broker.check()
    broker.close()
    assert "hunter2" not in str(error.value)
