"""From the outbox to the handler's effect: Banyan beside django-jaiminho, both through NATS.

Each side is three processes, as in production: one publishes in orders, one relays what stands
in orders' outbox to a NATS of its own, one consumes in the kitchen; and two PostgreSQL databases.
The peer is given what makes it fast: its relay looks again after 10 ms instead of a second, its
consumer reads in batches and has no inbox, so that it does not tell repetitions.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import psycopg
from tests.servers.nats import NatsServer
from tests.servers.postgresql import client_environment, connect, new_database

from bench.measuring import Sides, bench, ratio_at_least, ratio_at_most

SHOP = Path(__file__).parent / "events_shop"
BACKLOG = 500
SINGLES = 20
PATIENCE = 120.0
DJANGO = [sys.executable, "-m", "django"]


@bench("events drained", unit="1/s", peer_name="django-jaiminho", goal=ratio_at_least(2.0))
def drained() -> Iterator[Sides]:
    """A backlog that is committed at once, until its last effect is committed."""
    with _side("ours") as ours, _side("peer") as peer:
        yield Sides(
            ours=lambda: BACKLOG / ours.seconds_for(BACKLOG),
            peer=lambda: BACKLOG / peer.seconds_for(BACKLOG),
        )


@bench("one event", unit="ms", peer_name="django-jaiminho", goal=ratio_at_most(1.0))
def one_event() -> Iterator[Sides]:
    """From the commit of one event to the commit of its effect, when there is nothing else."""
    with _side("ours") as ours, _side("peer") as peer:
        yield Sides(ours=lambda: _typical(ours), peer=lambda: _typical(peer))


def _typical(side: "_Side") -> float:
    return median(side.seconds_for(1) for _ in range(SINGLES)) * 1000


@dataclass
class _Side:
    """The running processes of one side.

    Attributes:
        kitchen: a connection to the database of the effects.
    """

    publisher: subprocess.Popen[str]
    kitchen: psycopg.Connection[tuple[object, ...]]

    def seconds_for(self, events: int) -> float:
        """How long from the commit of so many events to that of the last effect."""
        wanted = self._tickets() + events
        assert self.publisher.stdin
        assert self.publisher.stdout
        self.publisher.stdin.write(f"{events}\n")
        self.publisher.stdin.flush()
        committed = float(self.publisher.stdout.readline())
        while (seen := self._tickets()) < wanted:
            if time.monotonic() > committed + PATIENCE:
                raise TimeoutError(f"{wanted - seen} of {events} events had no effect")
            time.sleep(0.001)
        assert seen == wanted, "an event had its effect twice"
        return time.monotonic() - committed

    def _tickets(self) -> int:
        row = self.kitchen.execute("SELECT count(*) FROM kitchen_ticket").fetchone()
        assert row
        return int(str(row[0]))


@contextmanager
def _side(side: str) -> Iterator[_Side]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        nats = NatsServer(folder)
        nats.start()
        stack.callback(nats.kill)
        databases = [stack.enter_context(new_database("bench")) for _ in range(2)]
        of_orders, of_kitchen = (
            _environment(side, service, database, nats.url)
            for service, database in zip(("orders", "kitchen"), databases, strict=True)
        )
        for environment in (of_orders, of_kitchen):
            migrate = [*DJANGO, "migrate", "-v0", "--run-syncdb"]
            subprocess.run(migrate, env=environment, check=True)
        if side == "ours":
            relay = stack.enter_context(_process([*DJANGO, "banyan_events"], of_orders))
            consumer = stack.enter_context(_process([*DJANGO, "banyan_events"], of_kitchen))
        else:
            loop = ["events_relay", "--run-in-loop", "--loop-interval", "0.01"]
            relay = stack.enter_context(_process([*DJANGO, *loop], of_orders))
            consume = [sys.executable, "-m", "peer.consuming"]
            consumer = stack.enter_context(_process(consume, of_kitchen))
        publish = [sys.executable, str(SHOP / "publisher.py")]
        publisher = stack.enter_context(_process(publish, of_orders))
        # Each says a line when it is there; the peer's relay says what its options are.
        for process in (relay, consumer, publisher):
            assert process.stdout
            assert process.stdout.readline(), f"{process.args} ended"
        yield _Side(publisher, stack.enter_context(connect(databases[1])))


@contextmanager
def _process(command: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def _environment(side: str, service: str, database: str, nats: str) -> dict[str, str]:
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("BANYAN")},
        **client_environment(),
        "PYTHONPATH": str(SHOP),
        "PYTHONUNBUFFERED": "1",
        "DJANGO_SETTINGS_MODULE": "deli_settings",
        "DELI_SIDE": side,
        "DELI_DATABASE": database,
        "DELI_NATS": nats,
        "BANYAN_FILE": str(SHOP / "banyan.toml"),
        "BANYAN_SERVICE": service,
        "BANYAN_EVENTS_BROKER": nats,
    }
