"""The outbox and the inbox in Django's databases."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any, cast
from uuid import UUID

from django.db import connections, transaction
from django.db.models import Model

from banyan.events.cloudevents import Envelope
from banyan.events.models import Bookmark, Delivery, EventRow, Publication, Rejection
from banyan.events.ports import Arrival, Unreadable
from banyan.leases import LeaseLost


class OrmPublications:
    """Writes the outbox.

    Args:
        committed: called with the alias, once a transaction with events in it is committed.
    """

    def __init__(self, committed: Callable[[str], None]) -> None:
        self._committed = committed

    def is_open(self, alias: str) -> bool:
        # A TestCase's own block does not count: outside tests it is not there.
        blocks = cast(Sequence[Any], connections[alias].atomic_blocks)
        return any(not block._from_testcase for block in blocks)

    def open_elsewhere(self) -> Sequence[str]:
        return [alias for alias in connections if self.is_open(alias)]

    def append(self, alias: str, module: str, envelope: Envelope) -> None:
        lane = f"{module} {envelope.key}" if envelope.key else ""
        Publication(lane=lane, **_columns(envelope)).save(using=alias, force_insert=True)
        connection = connections[alias]
        wake = _Wake(self._committed, alias)
        # Once for each transaction is enough, however many events it publishes.
        if not any(wake == hook for _, hook, *_ in connection.run_on_commit):
            transaction.on_commit(wake, using=alias, robust=True)

    def atomic(self, alias: str, *, savepoint: bool, durable: bool) -> AbstractContextManager[None]:
        return transaction.atomic(using=alias, savepoint=savepoint, durable=durable)


class _Wake:
    """An on-commit hook that can be recognised."""

    __qualname__ = "banyan.events.wake"

    def __init__(self, committed: Callable[[str], None], alias: str) -> None:
        self._committed = committed
        self._alias = alias

    def __call__(self) -> None:
        self._committed(self._alias)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Wake) and other._alias == self._alias

    def __hash__(self) -> int:
        return hash(self._alias)


class OrmInbox:
    """The inbox on one alias."""

    def __init__(self, alias: str) -> None:
        self.alias = alias

    def accept(self, arrivals: Sequence[Arrival]) -> None:
        with transaction.atomic(using=self.alias):
            self._insert(arrivals)

    def turn_page(
        self,
        token: UUID,
        bookmark: int,
        place: str,
        arrivals: Sequence[Arrival],
        unreadable: Sequence[Unreadable],
    ) -> None:
        bookmarks = Bookmark._base_manager.using(self.alias)
        with transaction.atomic(using=self.alias):
            moved = bookmarks.filter(pk=bookmark, token=token).update(place=place)
            if not moved:
                raise LeaseLost("Another process reads for this module now.")
            self._insert(arrivals)
            if not unreadable:
                return
            consumer = bookmarks.get(pk=bookmark).consumer
            Rejection._base_manager.using(self.alias).bulk_create(
                [
                    Rejection(
                        consumer=consumer,
                        place=item.message.place,
                        subject=item.message.subject[:300],
                        body=item.message.body,
                        finding=item.finding,
                        reason=item.reason,
                    )
                    for item in unreadable
                ],
                ignore_conflicts=True,
            )

    def _insert(self, arrivals: Sequence[Arrival]) -> None:
        Delivery._base_manager.using(self.alias).bulk_create(
            [
                Delivery(
                    subscription=arrival.subscription,
                    lane=arrival.lane,
                    **_columns(arrival.envelope),
                )
                for arrival in arrivals
            ],
            # Heard before: the row that is there knows better whether its handler has run.
            ignore_conflicts=True,
        )


def envelope_of(row: EventRow) -> Envelope:
    """The event that a row holds."""
    return Envelope(
        id=row.event_id,
        name=row.name,
        source=row.source,
        key=row.key,
        time=row.time,
        data=row.data,
        traceparent=row.traceparent,
    )


def arrival_of(row: Delivery) -> Arrival:
    """The event and the handler that a row of the inbox brings together."""
    return Arrival(envelope_of(row), row.subscription)


def place_of(row: Bookmark) -> str:
    """Up to where a bookmark says that all is safe."""
    return row.place


def bookmark_of(alias: str, consumer: str, project: str) -> int:
    """The bookmark's row, which is made when it is missing."""
    row, _ = Bookmark._base_manager.using(alias).get_or_create(consumer=consumer, project=project)
    return row.pk


def purge(alias: str, before: int, limit: int = 1000) -> int:
    """Delete what was done before a moment (milliseconds since 1970); returns how many rows."""
    deleted = 0
    models: tuple[type[Model], ...] = (Publication, Delivery)
    for model in models:
        rows = model._base_manager.using(alias)
        old = rows.filter(state__in=["done", "discarded"], finished__lt=before)
        pks = list(old.order_by("pk").values_list("pk", flat=True)[:limit])
        deleted += rows.filter(pk__in=pks).delete()[0]
    return deleted


def _columns(envelope: Envelope) -> dict[str, str]:
    return {
        "event_id": envelope.id,
        "name": envelope.name,
        "source": envelope.source,
        "key": envelope.key,
        "time": envelope.time,
        "data": envelope.data,
        "traceparent": envelope.traceparent,
    }
