"""Calls over real sockets to real servers."""

import asyncio
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.in_django.apps.stock.contract import OutOfStock, Stock
from tests.integration.calls.conftest import KINDS, StartStock
from tests.integration.calls.servers import COMMANDS, Database, Service

from banyan.calls import acall, idempotency_key
from banyan.errors import CallError, NotExecuted, OutcomeUnknown, Status
from banyan.resilience import deadline

stock = Stock.client()

EVERY_SERVER = list(COMMANDS)


@pytest.mark.parametrize("server", EVERY_SERVER)
def test_calls_work_under_every_server(start: StartStock, server: str) -> None:
    service = start(server)
    assert stock.put("tea", 3).quantity == 3
    with idempotency_key("k"):
        assert stock.take("tea", 1) == stock.take("tea", 1)
    with pytest.raises(OutOfStock) as caught:
        stock.take("tea", 9)
    assert caught.value.left == 2
    with pytest.raises(OutcomeUnknown) as failed:
        stock.put_and_fail("milk", "bug")
    assert failed.value.status is Status.INTERNAL
    assert "secret-of-the-service" not in str(failed.value)
    assert "secret-of-the-service" in service.log.read_text()
    assert [one.sku for one in stock.levels(["tea", "milk"])] == ["tea"]

    async def work() -> list[int]:
        levels = await asyncio.gather(*(acall(stock.level, "tea") for _ in range(20)))
        return [level.quantity for level in levels]

    assert asyncio.run(work()) == [2] * 20
    assert service.get("/banyan/live")


@pytest.mark.parametrize("server", EVERY_SERVER)
@pytest.mark.parametrize("kind", KINDS)
def test_one_key_from_many_callers_at_once_runs_once(
    start: StartStock, server: str, kind: str
) -> None:
    service = start(server, kind)
    stock.put("tea", 100)
    barrier = threading.Barrier(8)

    def take(_: int) -> int:
        barrier.wait()
        with idempotency_key("checkout-17"):
            return stock.take("tea", 1).quantity

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(take, range(8))) == [99] * 8
    assert service.database.rows("SELECT quantity FROM stock_item") == [(99,)]
    assert service.database.rows("SELECT count(*) FROM stock_note") == [(2,)]


# Django's documentation says to disable persistent connections under ASGI.
@pytest.mark.postgresql
@pytest.mark.parametrize(
    ("server", "age", "left"),
    [
        *((server, "0", 0) for server in EVERY_SERVER),
        ("granian-wsgi", "600", 8),
        ("gunicorn", "600", 8),
    ],
)
def test_connections_are_given_back_as_django_says(
    start: StartStock, server: str, age: str, left: int
) -> None:
    service = start(server, "postgresql", WAREHOUSE_AGE=age)
    stock.put("tea", 100)

    def call(number: int) -> None:
        if number % 3:
            stock.level("tea")
        else:
            with pytest.raises(CallError):
                stock.put_and_fail(f"x{number}", "bug")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(call, range(120)))
    # The last answer is out a moment before the request ends.
    ends = time.monotonic() + 5
    while service.database.connections() > left and time.monotonic() < ends:
        time.sleep(0.02)
    assert service.database.connections() <= left


def test_a_service_that_is_away_was_not_reached_and_is_found_again(start: StartStock) -> None:
    service = start("granian-wsgi")
    stock.put("tea", 1)
    service.kill()
    # The first one may still go out on the kept connection before its end is heard of.
    with pytest.raises(CallError):
        stock.put("tea", 1)
    for _ in range(3):
        with pytest.raises(NotExecuted) as caught:
            stock.put("tea", 1)
        assert caught.value.status is Status.UNAVAILABLE
    service.start()
    assert stock.put("tea", 1).quantity == 2


def test_a_service_that_dies_in_a_call_leaves_the_outcome_unknown(start: StartStock) -> None:
    service = start("granian-wsgi")
    stock.put("tea", 1)
    caught: list[Exception] = []

    def call() -> None:
        try:
            stock.put_and_fail("milk", "slow")
        except CallError as error:
            caught.append(error)

    thread = threading.Thread(target=call)
    thread.start()
    time.sleep(0.15)  # of the 0.3 s that the method takes; nobody tells us that it has begun
    service.kill()
    thread.join()
    assert [type(error) for error in caught] == [OutcomeUnknown]
    assert service.database.rows("SELECT sku FROM stock_item") == [("tea",)]


@pytest.mark.parametrize("server", ["granian-wsgi", "granian-asgi"])
def test_a_deadline_ends_the_wait_here_and_the_work_there(start: StartStock, server: str) -> None:
    service = start(server)
    started = time.perf_counter()
    with deadline(0.1), pytest.raises(OutcomeUnknown) as caught:
        stock.put_and_fail("milk", "slow")
    assert time.perf_counter() - started < 0.25
    assert caught.value.status is Status.DEADLINE_EXCEEDED
    ends = time.monotonic() + 5
    while "deadline_exceeded" not in service.log.read_text() and time.monotonic() < ends:
        time.sleep(0.02)
    assert "deadline_exceeded" in service.log.read_text()
    assert service.database.rows("SELECT count(*) FROM stock_item") == [(0,)]


@pytest.mark.parametrize("server", ["gunicorn", "granian-wsgi", "uvicorn"])
def test_a_service_calls_another_after_its_server_has_forked(
    start: StartStock,
    server: str,
    new_database: Callable[[str], Database],
    tmp_path: Path,
) -> None:
    called = start("granian-wsgi")
    stock.put("tea", 100)
    caller = Service(
        "sales",
        new_database("sqlite"),
        tmp_path,
        server,
        BANYAN_URL_STOCK=called.url,
        WAREHOUSE_CALL_BEFORE_FORK="tea",
    )
    caller.migrate()
    try:
        caller.start()
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda _: caller.get("/sell/tea"), range(24)))
            assert list(pool.map(lambda _: caller.get("/look/tea"), range(8))) == ["76"] * 8
    finally:
        caller.kill()
    assert called.database.rows("SELECT quantity FROM stock_item") == [(76,)]
    lines = [line for line in caller.log.read_text().splitlines() if '"kind": "call"' in line]
    assert len(lines) >= 32
    trace = lines[-1].split('"trace_id": "')[1][:32]
    assert trace in called.log.read_text()


@pytest.mark.postgresql
def test_a_secret_keeps_strangers_out(start: StartStock, monkeypatch: pytest.MonkeyPatch) -> None:
    from banyan import conf

    start("granian-wsgi", BANYAN_CALLS_SECRET="hunter2")
    with pytest.raises(NotExecuted) as caught:
        stock.put("tea", 1)
    assert caught.value.status is Status.UNAUTHENTICATED
    monkeypatch.setenv("BANYAN_CALLS_SECRET", "hunter2")
    conf.reload()
    try:
        assert stock.put("tea", 1).quantity == 1
    finally:
        monkeypatch.delenv("BANYAN_CALLS_SECRET")
        conf.reload()
