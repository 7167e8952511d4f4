"""Whatever dies, and wherever it stands: each event takes effect once, in order for each key."""

import itertools
import random
import signal

import pytest
from tests.integration.events.conftest import Shop
from tests.integration.events.processes import wait_until

pytestmark = pytest.mark.slow

TABLES = 20


def assert_each_once_and_in_order(washed: list[tuple[int, int]], count: int) -> None:
    expected = [(number % TABLES, number // TABLES) for number in range(count)]
    assert sorted(washed) == sorted(expected)
    for table in range(TABLES):
        cups = [cup for at, cup in washed if at == table]
        assert cups == sorted(cups), f"table {table}"


def wait_for(shop: Shop, count: int, seconds: float = 240) -> None:
    """Wait until so many cups are washed."""
    wait_until(
        lambda: len(shop.washed()) >= count,
        seconds,
        lambda: f"{len(shop.washed())} of {count}\n{shop.counter.log}\n{shop.kitchen.log}",
    )


def test_a_thousand_events_while_relay_consumer_and_broker_are_killed(shop: Shop) -> None:
    chance = random.Random(7)
    pour = shop.counter.start("pour", "1000", str(TABLES))
    relay = shop.counter.start("banyan_events", "--only", "relay")
    consumer = shop.kitchen.start("banyan_events", "--only", "consumer")
    kills = itertools.cycle(["relay", "consumer", "broker", "consumer", "relay"])
    for at in (20, 110, 200, 340, 480, 520, 640, 750, 860, 950):
        wait_for(shop, at + chance.randrange(20))
        match next(kills):
            case "relay":
                shop.counter.kill(relay)
                relay = shop.counter.start("banyan_events", "--only", "relay")
            case "consumer":
                shop.kitchen.kill(consumer)
                consumer = shop.kitchen.start("banyan_events", "--only", "consumer")
            case _:
                shop.nats.kill()
                shop.nats.start()
    wait_for(shop, 1000)
    assert pour.wait(10) == 0
    # What is still under way (a repetition, if there were one) gets its chance to show.
    assert shop.counter.stop(relay) == 0
    assert shop.kitchen.stop(consumer) == 0
    assert_each_once_and_in_order(shop.washed(), 1000)
    assert "outbox: done 1000" in shop.counter.run("banyan_events", "status")
    assert "inbox: done 1000" in shop.kitchen.run("banyan_events", "status")


@pytest.mark.parametrize("point", ["claimed", "before-sending", "sent-but-not-marked"])
def test_a_relay_that_dies_at_this_point_loses_and_repeats_nothing(shop: Shop, point: str) -> None:
    shop.counter.run("pour", "100", str(TABLES))
    dying = shop.counter.start("dying_events", "--point", point, "--only", "relay")
    assert dying.wait(120) == -signal.SIGKILL, shop.counter.log
    consumer = shop.kitchen.start("banyan_events", "--only", "consumer")
    shop.counter.start("banyan_events", "--only", "relay")
    wait_for(shop, 100)
    assert shop.kitchen.stop(consumer) == 0
    assert_each_once_and_in_order(shop.washed(), 100)


@pytest.mark.parametrize(
    "point",
    [
        "before-keeping",
        "kept-but-not-acknowledged",
        "acknowledged",
        "handled-but-not-committed",
    ],
)
def test_a_consumer_that_dies_at_this_point_loses_and_repeats_nothing(
    shop: Shop, point: str
) -> None:
    shop.counter.run("pour", "100", str(TABLES))
    shop.counter.start("banyan_events", "--only", "relay")
    dying = shop.kitchen.start("dying_events", "--point", point, "--only", "consumer")
    assert dying.wait(120) == -signal.SIGKILL, shop.kitchen.log
    consumer = shop.kitchen.start("banyan_events", "--only", "consumer")
    wait_for(shop, 100)
    assert shop.kitchen.stop(consumer) == 0
    assert_each_once_and_in_order(shop.washed(), 100)


def test_a_handler_that_dies_in_the_middle_runs_again_and_its_first_half_does_not_count(
    shop: Shop,
) -> None:
    shop.counter.run("pour", "100", str(TABLES))
    shop.counter.start("banyan_events", "--only", "relay")
    dying = shop.kitchen.start("banyan_events", "--only", "consumer", TEA_DIE_AT="3/2")
    assert dying.wait(120) == -signal.SIGKILL, shop.kitchen.log
    assert (3, 2) not in shop.washed()
    consumer = shop.kitchen.start("banyan_events", "--only", "consumer")
    wait_for(shop, 100)
    assert shop.kitchen.stop(consumer) == 0
    assert_each_once_and_in_order(shop.washed(), 100)


def test_an_event_that_kills_its_process_each_time_is_dead_in_the_end_and_holds_up_no_other_key(
    shop: Shop,
) -> None:
    shop.counter.run("pour", "60", str(TABLES))
    shop.counter.start("banyan_events", "--only", "relay")
    deadly = {"TEA_DIE_AT": "3/1", "BANYAN_EVENTS_ATTEMPTS": "5", "BANYAN_EVENTS_LEASE": "0.5"}
    for _ in range(5):
        dying = shop.kitchen.start("banyan_events", "--only", "consumer", **deadly)
        assert dying.wait(120) == -signal.SIGKILL, shop.kitchen.log
    consumer = shop.kitchen.start("banyan_events", "--only", "consumer", **deadly)
    # All but this cup and the one behind it at the same table.
    wait_for(shop, 58)
    wait_until(
        lambda: "inbox: dead 1" in shop.kitchen.run("banyan_events", "status"),
        20,
        lambda: shop.kitchen.run("banyan_events", "status"),
    )
    assert "1 wait behind it" in shop.kitchen.run("banyan_events", "dead")
    assert shop.kitchen.stop(consumer) == 0
    shop.kitchen.run("banyan_events", "replay")
    shop.kitchen.start("banyan_events", "--only", "consumer")
    wait_for(shop, 60)
    assert_each_once_and_in_order(shop.washed(), 60)
