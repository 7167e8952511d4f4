"""A ring between processes, through the database: LISTEN on PostgreSQL, a counter on SQLite."""

import threading
import time
from collections.abc import Callable
from typing import Any

from django.db import connections

CHANNEL = "banyan_work"
# SQLite: how often the counter is read. It costs a few microseconds.
_LOOK_EVERY = 0.02


def notify(alias: str) -> None:
    """Ring for other processes; outside a transaction, since NOTIFY holds a lock until commit."""
    connection = connections[alias]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"NOTIFY {CHANNEL}")


class DatabaseRing:
    """Waits on the calling thread's own connection to one database, or for a call of ``ring``.

    On PostgreSQL it listens; without psycopg 3 or behind a pooler that forbids it, and on other
    databases, it looks again after the time that the caller is ready to wait. On SQLite any commit
    of another connection rings.
    """

    def __init__(self, alias: str, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._alias = alias
        self._clock = clock
        self._rung = threading.Event()
        self._listening_on: object = None
        self._data_version: int | None = None

    def ring(self) -> None:
        self._rung.set()

    def wait(self, seconds: float) -> bool:
        vendor = connections[self._alias].vendor
        if vendor == "sqlite":
            rang = self._wait_sqlite(seconds)
        elif vendor == "postgresql":
            rang = self._wait_postgresql(seconds)
        else:
            rang = self._rung.wait(seconds)
        self._rung.clear()
        return rang

    def _wait_sqlite(self, seconds: float) -> bool:
        ends = self._clock() + seconds
        while True:
            with connections[self._alias].cursor() as cursor:
                # Source: SQLite, "PRAGMA data_version": changes when another connection commits.
                version = cursor.execute("PRAGMA data_version").fetchone()[0]
            before, self._data_version = self._data_version, version
            if before is not None and version != before:
                return True
            left = ends - self._clock()
            if left <= 0:
                return False
            if self._rung.wait(min(_LOOK_EVERY, left)):
                return True

    def _wait_postgresql(self, seconds: float) -> bool:
        connection = connections[self._alias]
        connection.ensure_connection()
        raw: Any = connection.connection
        notifies: Any = getattr(raw, "notifies", None)
        if notifies is None:
            return self._rung.wait(seconds)
        if raw is not self._listening_on:
            with connection.cursor() as cursor:
                cursor.execute(f"LISTEN {CHANNEL}")
            self._listening_on = raw
            # Something may have come between the last look and LISTEN.
            return True
        ends = self._clock() + seconds
        while (left := ends - self._clock()) > 0 and not self._rung.is_set():
            # In slices, so that ring() is heard as well.
            for _ in notifies(timeout=min(0.25, left), stop_after=1):
                return True
        return self._rung.is_set()
