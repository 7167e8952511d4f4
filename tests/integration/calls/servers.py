"""Services of the tests' project as real processes under real servers, on real databases."""

import os
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.servers.postgresql import client_environment, connect, new_database

WAREHOUSE = Path(__file__).parent / "warehouse"
ROOT = Path(__file__).parents[3]
BIN = Path(sys.executable).parent

COMMANDS = {
    "granian-wsgi": [
        str(BIN / "granian"), "--interface", "wsgi", "--port", "{port}", "--workers", "1",
        "--blocking-threads", "8", "warehouse_wsgi:application",
    ],
    "granian-asgi": [
        str(BIN / "granian"), "--interface", "asginl", "--port", "{port}", "--workers", "1",
        "warehouse_asgi:application",
    ],
    "gunicorn": [
        str(BIN / "gunicorn"), "--bind", "127.0.0.1:{port}", "--workers", "2", "--threads", "4",
        "--preload", "--keep-alive", "5", "warehouse_wsgi:application",
    ],
    "uvicorn": [
        str(BIN / "uvicorn"), "--port", "{port}", "--log-level", "warning", "--lifespan", "off",
        "warehouse_asgi:application",
    ],
}  # fmt: skip


@dataclass
class Database:
    """A service's database: a file, or a database on the PostgreSQL server."""

    environment: dict[str, str]

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What it holds, on a connection of its own."""
        if file := self.environment.get("WAREHOUSE_SQLITE"):
            connection = sqlite3.connect(file, timeout=20)
            try:
                return connection.execute(query).fetchall()
            finally:
                connection.close()
        with connect(self.environment["WAREHOUSE_POSTGRES"]) as postgres:
            return postgres.execute(query.encode()).fetchall()

    def connections(self) -> int:
        """How many connections others have to it."""
        name = self.environment["WAREHOUSE_POSTGRES"]
        with connect() as postgres:
            query = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s"
            row = postgres.execute(query, (name,)).fetchone()
            assert row is not None
            return int(row[0])


@contextmanager
def database(kind: str, folder: Path) -> Iterator[Database]:
    """A new database, which is dropped afterwards."""
    if kind == "sqlite":
        yield Database({"WAREHOUSE_SQLITE": str(folder / f"{uuid.uuid4().hex}.sqlite3")})
        return
    with new_database("calls") as name:
        yield Database({**client_environment(), "WAREHOUSE_POSTGRES": name})


class Service:
    """One service as a process.

    Args:
        server: which of the servers runs it.
    """

    def __init__(
        self,
        name: str,
        database: Database,
        folder: Path,
        server: str = "granian-wsgi",
        **extra: str,
    ) -> None:
        self.name = name
        self.database = database
        self.server = server
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / f"{name}.log"
        self.environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("BANYAN")},
            "PYTHONPATH": f"{WAREHOUSE}{os.pathsep}{ROOT}",
            "PYTHONWARNINGS": "default",
            "PYTHONFAULTHANDLER": "1",
            "DJANGO_SETTINGS_MODULE": "warehouse_settings",
            "BANYAN_FILE": str(WAREHOUSE / "banyan.toml"),
            "BANYAN_SERVICE": name,
            "BANYAN_CALLS_MODE": "fast",
            **database.environment,
            **extra,
        }
        self._process: subprocess.Popen[bytes] | None = None

    def migrate(self) -> None:
        """Make the tables."""
        subprocess.run(
            [sys.executable, "-m", "django", "migrate", "-v0"],
            env=self.environment, cwd=WAREHOUSE, check=True, timeout=120,
        )  # fmt: skip

    def start(self) -> None:
        """Start, and wait until it is ready."""
        command = [part.format(port=self.port) for part in COMMANDS[self.server]]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                command, env=self.environment, cwd=WAREHOUSE, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip
        ends = time.monotonic() + 30
        while True:
            try:
                self.get("/banyan/ready")
            except (OSError, urllib.error.URLError):
                assert time.monotonic() < ends, self.log.read_text()
                assert self._process.poll() is None, self.log.read_text()
                time.sleep(0.05)
            else:
                return

    def get(self, path: str) -> str:
        """What is at a path."""
        with urllib.request.urlopen(f"{self.url}{path}", timeout=20) as response:  # noqa: S310 - our own
            return str(response.read().decode())

    def kill(self) -> None:
        """SIGKILL it, with its workers."""
        if self._process is not None and self._process.poll() is None:
            os.killpg(self._process.pid, 9)
            self._process.wait(10)
            # Its workers are no children of ours: they are gone when nobody listens any more.
            ends = time.monotonic() + 10
            while _listens(self.port):
                assert time.monotonic() < ends
                time.sleep(0.01)
        self._process = None


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except ConnectionRefusedError:
        return False
    except OSError:
        return True
    return True
