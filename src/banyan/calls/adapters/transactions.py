"""The transactions that commands own, on Django's connections."""

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, cast

from django.db import connections, transaction

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper


class DjangoTransactions:
    """Looks at the connections of the current thread; opens none to find out."""

    def open_alias(self) -> str | None:
        """A database with a transaction open; a TestCase's own block does not count."""
        for connection in connections.all(initialized_only=True):
            if _is_open(connection) and not _is_of_testcase(connection):
                return connection.alias
        return None

    def is_open(self, alias: str) -> bool:
        """Whether this database has a transaction open, whosever it is."""
        return _is_open(connections[alias])

    def own(self, alias: str) -> AbstractContextManager[object]:
        """A transaction that commits when its block ends, and at no other time."""
        return transaction.atomic(using=alias, durable=True)

    def join(self, alias: str) -> AbstractContextManager[object]:
        """A part of the transaction that is open, which can be undone by itself."""
        return transaction.atomic(using=alias)


def _is_open(connection: "BaseDatabaseWrapper") -> bool:
    # With autocommit off, a transaction is open as soon as there is a connection.
    return connection.in_atomic_block or (
        connection.connection is not None and not connection.autocommit
    )


def _is_of_testcase(connection: "BaseDatabaseWrapper") -> bool:
    # As django.db.transaction.Atomic does for durable=True; the attribute is Django's own.
    blocks = cast(list[Any], connection.atomic_blocks)
    return bool(blocks) and bool(blocks[-1]._from_testcase)
