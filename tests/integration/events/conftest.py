"""A tea shop as two services with a broker, on either database."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.integration.events.processes import Database, Service, database
from tests.servers.nats import NatsServer


@dataclass
class Shop:
    """Two services and the broker between them."""

    counter: Service
    kitchen: Service
    nats: NatsServer

    def washed(self) -> list[tuple[int, int]]:
        """Tables and cups, in the order in which the handler's effects were committed."""
        rows = self.kitchen.database.rows('SELECT "table", cup FROM kitchen_washed ORDER BY id')
        return [(table, cup) for table, cup in rows]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def databases(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[list[Database]]:
    """Two new databases of one kind."""
    with ExitStack() as stack:
        yield [stack.enter_context(database(request.param, tmp_path)) for _ in range(2)]


@pytest.fixture
def shop(databases: list[Database], tmp_path: Path) -> Iterator[Shop]:
    """The shop with its tables made and its broker running; no process of its own runs yet."""
    nats = NatsServer(tmp_path)
    nats.start()
    broker = {"BANYAN_EVENTS_BROKER": nats.url}
    counter = Service("counter", databases[0], tmp_path, broker)
    kitchen = Service("kitchen", databases[1], tmp_path, broker)
    for service in (counter, kitchen):
        service.run("migrate", "-v0")
    yield Shop(counter, kitchen, nats)
    counter.stop_all()
    kitchen.stop_all()
    nats.kill()
