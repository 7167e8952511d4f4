"""Databases on the PostgreSQL server for tests, gone afterwards even if the run was killed."""

import atexit
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from urllib.parse import unquote, urlsplit

import psycopg
from psycopg import sql
from tests.requirements import require

from banyan.workbench.databases import redacted

SERVER = os.environ.get("BANYAN_TEST_POSTGRESQL", "postgres://postgres@127.0.0.1:5432/")
"""A server on which the tests may make databases, and drop them."""

# The first half of each lock's number, so that no other program's advisory locks are ours.
_LOCKS = int.from_bytes(b"bnyn")
_OURS = r"^banyan_test_([0-9a-f]{7})_"


def address(name: str) -> str:
    """The address of a database of the server."""
    return urlsplit(SERVER)._replace(path=f"/{name}").geturl()


def django_database(name: str) -> dict[str, str]:
    """A database of the server as Django's settings have it."""
    parts = urlsplit(SERVER)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
    }


def client_environment() -> dict[str, str]:
    """Where the server is, as libpq wants to be told in the environment."""
    server = django_database("")
    given = {f"PG{name}": server[name] for name in ("HOST", "PORT", "USER", "PASSWORD")}
    return {name: value for name, value in given.items() if value}


def connect(name: str = "postgres") -> psycopg.Connection[tuple[object, ...]]:
    """A connection of one's own, in which each statement is a transaction."""
    return psycopg.connect(address(name), autocommit=True, connect_timeout=5)


def require_postgresql() -> None:
    """Require that the server answers."""
    where = f"PostgreSQL at {redacted(SERVER)}, which $BANYAN_TEST_POSTGRESQL may name,"
    require(f"{where}{_trouble()}", is_there=not _trouble())


@cache
def _trouble() -> str:
    try:
        connect().close()
    except psycopg.OperationalError as error:
        return f" ({error})"
    return ""


@dataclass
class Run:
    """One run of tests, whose databases bear its number.

    It holds an advisory lock of that number as long as it lives. The server itself lets go of the
    lock when the run's process is gone, on whichever machine it was; so another run can tell.
    """

    number: int = field(default_factory=lambda: secrets.randbits(28))

    def __post_init__(self) -> None:
        self._alive = connect()
        self._alive.execute("SELECT pg_advisory_lock(%s::int, %s::int)", [_LOCKS, self.number])
        self._names = count()

    def prefix(self, purpose: str) -> str:
        """What the names of some databases begin with, which nobody else's do."""
        return f"banyan_test_{self.number:07x}_{purpose}{next(self._names)}"

    def end(self) -> None:
        """Let go of the lock, as the end of the process would."""
        self._alive.close()


@cache
def this_run() -> Run:
    """This process's run; the first thing it does is to clear what dead runs have left."""
    run = Run()
    atexit.register(run.end)
    drop_what_dead_runs_left()
    return run


def drop_what_dead_runs_left() -> list[str]:
    """Drop the databases of runs that are gone; returns their names."""
    dropped: list[str] = []
    with connect() as server:
        found = "SELECT DISTINCT substring(datname FROM %s) FROM pg_database WHERE datname ~ %s"
        for (hexadecimal,) in server.execute(found, [_OURS, _OURS]).fetchall():
            number = int(str(hexadecimal), 16)
            # Whoever gets the lock knows that the run is dead, and that nobody else clears up.
            got = server.execute("SELECT pg_try_advisory_lock(%s::int, %s::int)", [_LOCKS, number])
            if got.fetchone() == (True,):
                dropped += drop_databases(f"banyan_test_{hexadecimal}_")
                server.execute("SELECT pg_advisory_unlock(%s::int, %s::int)", [_LOCKS, number])
    return dropped


def databases(prefix: str) -> list[str]:
    """The databases whose names begin so."""
    with connect() as server:
        begins = "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"
        return [str(name) for (name,) in server.execute(begins, [prefix]).fetchall()]


def drop_databases(prefix: str) -> list[str]:
    """Drop the databases whose names begin so, whoever is connected; returns their names."""
    names = databases(prefix)
    with connect() as server:
        for name in names:
            drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
            server.execute(drop)
    return names


@contextmanager
def prefix_for(purpose: str) -> Iterator[str]:
    """What the names of some databases are to begin with, before an underscore.

    Whoever made them, they are gone with the block.
    """
    require_postgresql()
    prefix = this_run().prefix(purpose)
    try:
        yield prefix
    finally:
        drop_databases(f"{prefix}_")


@contextmanager
def new_database(purpose: str) -> Iterator[str]:
    """The name of a new database, gone with the block."""
    with prefix_for(purpose) as prefix:
        name = f"{prefix}_alone"
        with connect() as server:
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield name
