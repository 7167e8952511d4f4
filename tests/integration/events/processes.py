"""Real processes of the tea shop, each with its database, that tests start and kill."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.servers.postgresql import client_environment, connect, new_database

TEA = Path(__file__).parent / "tea"


def wait_until(holds: Callable[[], bool], seconds: float, what: Callable[[], str]) -> None:
    """Look again and again; there is no other process to tell us."""
    ends = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > ends:
            raise AssertionError(what())
        time.sleep(0.02)


@dataclass
class Database:
    """One service's database.

    Attributes:
        name: a path for SQLite, a database's name for PostgreSQL.
    """

    name: str

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What the database says, on a connection of its own."""
        if self.name.startswith("/"):
            with closing(sqlite3.connect(self.name, timeout=20)) as connection:
                return connection.execute(query).fetchall()
        with connect(self.name) as postgres:
            return postgres.execute(query.encode()).fetchall()

    def can_be_written_to(self) -> bool:
        """Whether a transaction of another's that writes would begin at once."""
        if not self.name.startswith("/"):
            return True
        with closing(sqlite3.connect(self.name, timeout=0, isolation_level=None)) as connection:
            try:
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:
                return False
            return True


@contextmanager
def database(kind: str, folder: Path) -> Iterator[Database]:
    """A new database, which is dropped afterwards."""
    if kind == "sqlite":
        yield Database(str(folder / f"{uuid.uuid4().hex}.sqlite3"))
        return
    with new_database("tea") as name:
        yield Database(name)


@dataclass
class Service:
    """One service of the shop, or the whole shop when it has no name."""

    name: str
    database: Database
    folder: Path
    environment: dict[str, str] = field(default_factory=dict[str, str])
    _running: dict[subprocess.Popen[bytes], Path] = field(
        default_factory=dict[subprocess.Popen[bytes], Path]
    )

    def start(self, *command: str, **extra: str) -> subprocess.Popen[bytes]:
        """Run ``manage.py`` with this command."""
        return self._popen([sys.executable, "-m", "django", *command], extra)

    def serve(self, port: int, **extra: str) -> subprocess.Popen[bytes]:
        """Serve the shop with granian, two worker processes."""
        granian = str(Path(sys.executable).with_name("granian"))
        options = ["--interface", "wsgi", "--port", str(port), "--workers", "2"]
        server = self._popen([granian, *options, "tea_wsgi:application"], extra)
        # A worker that is asked to stop while it starts does not hear it.
        log = self._running[server]
        wait_until(lambda: log.read_text().count("Started worker-") == 2, 120, log.read_text)
        return server

    def run(self, *command: str) -> str:
        """Run ``manage.py`` with this command to its end; returns what it said."""
        process = subprocess.run(
            [sys.executable, "-m", "django", *command],
            cwd=TEA,
            env=self._env({}),
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert process.returncode == 0, process.stdout + process.stderr
        return process.stdout

    @property
    def log(self) -> str:
        """What all its processes have said."""
        return "".join(file.read_text() for file in self._running.values())

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """SIGKILL, with its workers if it has any."""
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)

    def freeze(self, process: subprocess.Popen[bytes]) -> None:
        """SIGSTOP, at a moment when it does not hold the lock that SQLite has for all writers."""
        wait_until(lambda: self._is_frozen(process), 60, lambda: self.log)

    def _is_frozen(self, process: subprocess.Popen[bytes]) -> bool:
        process.send_signal(signal.SIGSTOP)
        os.waitpid(process.pid, os.WUNTRACED)
        if self.database.can_be_written_to():
            return True
        process.send_signal(signal.SIGCONT)
        return False

    def stop(self, process: subprocess.Popen[bytes]) -> int:
        """SIGTERM, as soon as it is ready; returns the exit status."""
        log = self._running[process]
        wait_until(lambda: " ready" in log.read_text(), 120, log.read_text)
        process.send_signal(signal.SIGTERM)
        return process.wait(60)

    def stop_web(self, process: subprocess.Popen[bytes]) -> int:
        """SIGTERM to a server; returns the exit status."""
        process.send_signal(signal.SIGTERM)
        return process.wait(60)

    def stop_all(self) -> None:
        for process in self._running:
            if process.poll() is None:
                self.kill(process)

    def _popen(self, command: list[str], extra: dict[str, str]) -> subprocess.Popen[bytes]:
        file = self.folder / f"{self.name or 'monolith'}-{len(self._running)}.log"
        with file.open("wb") as log:
            process = subprocess.Popen(
                command,
                cwd=TEA,
                env=self._env(extra),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._running[process] = file
        return process

    def _env(self, extra: dict[str, str]) -> dict[str, str]:
        return {
            **{k: v for k, v in os.environ.items() if not k.startswith(("BANYAN", "TEA"))},
            **client_environment(),
            "PYTHONPATH": str(TEA),
            "DJANGO_SETTINGS_MODULE": "tea_settings",
            "TEA_DATABASE": self.database.name,
            "BANYAN_SERVICE": self.name,
            "BANYAN_EVENTS_LEASE": "2",
            **self.environment,
            **extra,
        }
