"""Databases of the two kinds, made for a test and looked into from outside Django."""

import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Protocol

from tests.servers.postgresql import address, connect, new_database

Columns = dict[str, tuple[str, bool]]
"""Name to type and whether NULL is refused."""


class Database(Protocol):
    """A database that a service may have."""

    url: str

    def tables(self) -> set[str]:
        """The names of its tables."""
        ...

    def columns(self, table: str) -> Columns:
        """The columns of a table."""
        ...

    def references(self, table: str) -> set[tuple[str, str]]:
        """The foreign keys of a table: column and table referred to."""
        ...

    def run(self, sql: str, *parameters: str) -> list[tuple[object, ...]]:
        """Run one statement."""
        ...


class SqliteDatabase:
    """A file."""

    def __init__(self, file: Path) -> None:
        self.url = f"sqlite:///{file}"
        self._file = file

    def tables(self) -> set[str]:
        return {
            str(name) for (name,) in self.run("SELECT name FROM sqlite_master WHERE type='table'")
        }

    def columns(self, table: str) -> Columns:
        rows = self.run("SELECT * FROM pragma_table_info(?)", table)
        return {str(name): (str(kind), bool(strict)) for _, name, kind, strict, *_ in rows}

    def references(self, table: str) -> set[tuple[str, str]]:
        rows = self.run("SELECT * FROM pragma_foreign_key_list(?)", table)
        return {(str(column), str(target)) for _, _, target, column, *_ in rows}

    def run(self, sql: str, *parameters: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self._file)) as connection, connection:
            return connection.execute(sql, parameters).fetchall()


class PostgresqlDatabase:
    """A database of the server."""

    def __init__(self, name: str) -> None:
        self.url = address(name)
        self._name = name

    def tables(self) -> set[str]:
        return {
            str(name)
            for (name,) in self.run("SELECT tablename FROM pg_tables WHERE schemaname='public'")
        }

    def columns(self, table: str) -> Columns:
        rows = self.run(
            "SELECT attname, format_type(atttypid, atttypmod), attnotnull FROM pg_attribute "
            "WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped",
            table,
        )
        return {str(name): (str(kind), bool(strict)) for name, kind, strict in rows}

    def references(self, table: str) -> set[tuple[str, str]]:
        rows = self.run(
            "SELECT attname, confrelid::regclass::text FROM pg_constraint JOIN pg_attribute "
            "ON attrelid = conrelid AND attnum = conkey[1] "
            "WHERE contype = 'f' AND conrelid = %s::regclass",
            table,
        )
        return {(str(column), str(target)) for column, target in rows}

    def run(self, sql: str, *parameters: str) -> list[tuple[object, ...]]:
        with connect(self._name) as connection:
            cursor = connection.execute(sql.encode(), parameters or None)
            return cursor.fetchall() if cursor.description else []


@contextmanager
def database(kind: str, folder: Path) -> Iterator[Database]:
    """A new database, gone with its block."""
    if kind == "sqlite":
        yield SqliteDatabase(folder / f"{uuid.uuid4().hex}.sqlite3")
        return
    with new_database("data") as name:
        yield PostgresqlDatabase(name)
