"""Two services and a broker, when nothing is killed: what a user sees of them."""

import os
import signal
import time

import pytest
from tests.integration.events.conftest import Shop
from tests.integration.events.processes import wait_until

pytestmark = pytest.mark.slow


def log_of(shop: Shop) -> str:
    return f"{shop.counter.log}\n{shop.kitchen.log}"


def test_an_event_reaches_the_other_service_soon(shop: Shop) -> None:
    shop.counter.start("banyan_events")
    shop.kitchen.start("banyan_events")
    wait_until(lambda: "ready" in shop.counter.log, 60, lambda: log_of(shop))
    shop.counter.run("pour", "1", "1")
    wait_until(lambda: shop.washed() == [(0, 0)], 30, lambda: log_of(shop))


def test_a_broker_that_is_away_is_told_once_and_all_arrives_when_it_is_back(shop: Shop) -> None:
    shop.nats.kill()
    relay = shop.counter.start("banyan_events", "--only", "relay")
    consumer = shop.kitchen.start("banyan_events", "--only", "consumer")
    shop.counter.run("pour", "40", "4")
    wait_until(
        lambda: "cannot be used" in shop.counter.log and "cannot be used" in shop.kitchen.log,
        60,
        lambda: log_of(shop),
    )
    # Long enough for more than one attempt.
    time.sleep(2)
    assert shop.counter.log.count("cannot be used") == 1
    assert "Traceback" not in log_of(shop)
    shop.nats.start()
    wait_until(lambda: len(shop.washed()) == 40, 60, lambda: log_of(shop))
    assert shop.counter.log.count("works again") == 1
    assert shop.counter.stop(relay) == 0
    assert shop.kitchen.stop(consumer) == 0


def test_a_handler_beside_its_publisher_hears_an_event_once_and_through_the_broker(
    shop: Shop,
) -> None:
    both = {"BANYAN_SERVICE": "", "BANYAN_TOPOLOGY": "monolith"}
    shop.counter.environment.update(both)
    shop.nats.kill()
    process = shop.counter.start("banyan_events")
    shop.counter.run("pour", "10", "2")
    wait_until(lambda: "cannot be used" in shop.counter.log, 60, lambda: log_of(shop))
    rows = "SELECT cup FROM kitchen_washed"
    assert shop.counter.database.rows(rows) == []
    shop.nats.start()
    wait_until(lambda: len(shop.counter.database.rows(rows)) >= 10, 60, lambda: log_of(shop))
    assert shop.counter.stop(process) == 0
    assert len(shop.counter.database.rows(rows)) == 10


def test_a_reader_that_was_stopped_beyond_its_lease_keeps_out_when_it_wakes(shop: Shop) -> None:
    relay = shop.counter.start("banyan_events", "--only", "relay")
    first = shop.kitchen.start("banyan_events", "--only", "consumer")
    shop.counter.run("pour", "20", "4")
    wait_until(lambda: len(shop.washed()) == 20, 60, lambda: log_of(shop))
    shop.kitchen.freeze(first)
    second = shop.kitchen.start("banyan_events", "--only", "consumer")
    shop.counter.run("pour", "20", "4")
    wait_until(lambda: len(shop.washed()) == 40, 60, lambda: log_of(shop))
    os.kill(first.pid, signal.SIGCONT)
    shop.counter.run("pour", "20", "4")
    wait_until(lambda: len(shop.washed()) == 60, 60, lambda: log_of(shop))
    for service, process in [(shop.counter, relay), (shop.kitchen, first), (shop.kitchen, second)]:
        assert service.stop(process) == 0
    assert len(shop.washed()) == 60


def test_two_consumers_of_one_service_share_the_work(shop: Shop) -> None:
    shop.counter.start("banyan_events", "--only", "relay")
    consumers = [shop.kitchen.start("banyan_events", "--only", "consumer") for _ in range(2)]
    shop.counter.run("pour", "200", "10")
    wait_until(lambda: len(shop.washed()) >= 200, 60, lambda: log_of(shop))
    for consumer in consumers:
        assert shop.kitchen.stop(consumer) == 0
    washed = shop.washed()
    assert len(washed) == len(set(washed)) == 200
    for table in range(10):
        cups = [cup for at, cup in washed if at == table]
        assert cups == sorted(cups)


@pytest.mark.postgresql
def test_a_database_that_ends_all_connections_is_reconnected_to(shop: Shop) -> None:
    if shop.kitchen.database.name.startswith("/"):
        # SQLite has no connections that someone else could end.
        return
    shop.counter.start("banyan_events", "--only", "relay")
    consumer = shop.kitchen.start("banyan_events", "--only", "consumer")
    shop.counter.run("pour", "10", "2")
    wait_until(lambda: len(shop.washed()) == 10, 60, lambda: log_of(shop))
    shop.kitchen.database.rows(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    shop.counter.run("pour", "10", "2")
    wait_until(lambda: len(shop.washed()) == 20, 60, lambda: log_of(shop))
    assert shop.kitchen.stop(consumer) == 0


def test_a_running_handler_is_waited_for_and_the_rest_is_left_for_the_next(shop: Shop) -> None:
    shop.counter.run("pour", "200", "10")
    shop.counter.start("banyan_events", "--only", "relay")
    consumer = shop.kitchen.start("banyan_events", "--only", "consumer")
    wait_until(lambda: len(shop.washed()) > 0, 60, lambda: log_of(shop))
    assert shop.kitchen.stop(consumer) == 0
    # Given back and not left to their leases: the next one begins at once.
    held = "SELECT count(*) FROM banyan_events_delivery WHERE token IS NOT NULL"
    assert shop.kitchen.database.rows(held) == [(0,)]
    consumer = shop.kitchen.start("banyan_events", "--only", "consumer")
    wait_until(lambda: len(shop.washed()) >= 200, 60, lambda: log_of(shop))
    assert shop.kitchen.stop(consumer) == 0
    assert len(shop.washed()) == 200
