"""One web server with two worker processes and no broker: events are delivered by its threads."""

import http.client
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.integration.events.processes import Database, Service, wait_until
from tests.servers.nats import free_port

pytestmark = pytest.mark.slow

ROWS = 'SELECT "table", cup FROM kitchen_washed ORDER BY id'


class Web:
    """The shop's server."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.port = free_port()
        self.server: subprocess.Popen[bytes] | None = None

    def start(self, **environment: str) -> None:
        self.server = self.service.serve(self.port, **environment)

    def get(self, path: str) -> int:
        """The status of the answer, or 0 when nobody answered."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        except OSError:
            return 0
        finally:
            connection.close()

    def pour(self, table: int, cup: int) -> None:
        """Pour, and again until the server has answered."""
        wait_until(
            lambda: self.get(f"/pour/?table={table}&cup={cup}") == 200, 60, lambda: self.service.log
        )

    def washed(self) -> list[tuple[int, int]]:
        return [(table, cup) for table, cup in self.service.database.rows(ROWS)]

    def wait_for(self, count: int) -> None:
        wait_until(
            lambda: len(self.washed()) >= count,
            60,
            lambda: f"{len(self.washed())} of {count}\n{self.service.log}",
        )

    def workers(self) -> list[int]:
        """The worker processes below the server."""
        assert self.server is not None
        children = Path(f"/proc/{self.server.pid}/task/{self.server.pid}/children")
        return [int(pid) for pid in children.read_text().split()]


@pytest.fixture
def web(databases: list[Database], tmp_path: Path) -> Iterator[Web]:
    """The shop with its tables made and nothing running."""
    service = Service("", databases[0], tmp_path)
    service.run("migrate", "-v0")
    web = Web(service)
    yield web
    if web.server is not None and web.server.poll() is None:
        service.stop_web(web.server)
    service.stop_all()


def test_what_a_request_publishes_is_handled_after_its_commit_once(web: Web) -> None:
    web.start()
    for cup in range(10):
        for table in range(3):
            web.pour(table, cup)
    web.wait_for(30)
    assert web.server is not None
    web.service.stop_web(web.server)
    washed = web.washed()
    assert sorted(washed) == sorted(set(washed))
    assert len(washed) == 30
    for table in range(3):
        assert [cup for at, cup in washed if at == table] == list(range(10))


def test_what_was_left_over_is_picked_up_with_the_first_request(web: Web) -> None:
    web.service.run("pour", "25", "5")
    assert web.washed() == []
    web.start()
    wait_until(lambda: web.get("/nothing/") == 404, 60, lambda: web.service.log)
    web.wait_for(25)
    assert len(web.washed()) == 25


def test_a_worker_that_is_killed_in_a_handler_leaves_its_events_to_the_other(web: Web) -> None:
    web.service.run("pour", "60", "6")
    web.start(TEA_DIE_AT="2/3", BANYAN_EVENTS_ATTEMPTS="2")
    wait_until(lambda: web.get("/nothing/") == 404, 60, lambda: web.service.log)
    # The worker that takes the cup dies, and so may the other after it.
    wait_until(
        lambda: "died" in web.service.log or len(web.workers()) < 2, 60, lambda: web.service.log
    )
    assert (2, 3) not in web.washed()
    web.service.stop_all()
    web.start()
    wait_until(lambda: web.get("/nothing/") == 404, 60, lambda: web.service.log)
    web.wait_for(60)
    assert len(web.washed()) == 60


def test_migrate_and_other_commands_deliver_nothing(web: Web) -> None:
    web.service.run("pour", "5", "5")
    for command in (["migrate", "-v0"], ["check"], ["banyan_events", "status"]):
        web.service.run(*command)
    assert web.washed() == []


def test_without_a_broker_the_command_hands_events_to_the_handlers(web: Web) -> None:
    process = web.service.start("banyan_events")
    web.service.run("pour", "20", "4")
    web.wait_for(20)
    assert web.service.stop(process) == 0
    assert len(web.washed()) == 20
    assert "in this process" in web.service.log


def test_a_stopped_server_ends_soon(web: Web) -> None:
    web.start()
    web.pour(1, 1)
    web.wait_for(1)
    assert web.server is not None
    os.kill(web.server.pid, signal.SIGTERM)
    web.server.wait(15)
