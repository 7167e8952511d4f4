"""Looking at what is dead in the outbox and the inbox, and setting it free."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from banyan.events.models import Delivery, EventRow, Publication
from banyan.leases import State
from banyan.leases.models import give_up, set_free

_BOXES: Mapping[str, type[EventRow]] = {"outbox": Publication, "inbox": Delivery}


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """An event that was given up.

    Attributes:
        held: how many events of the same key wait behind it.
        reason: the last line of the error.
    """

    alias: str
    box: str
    event_id: str
    name: str
    subscription: str
    held: int
    reason: str


class Repair:
    """The tools for what is dead, on some databases."""

    def __init__(self, aliases: Collection[str]) -> None:
        self._aliases = tuple(aliases)

    def counts(self) -> dict[str, dict[str, dict[str, int]]]:
        """For each alias and box the number of rows in each state."""
        found: dict[str, dict[str, dict[str, int]]] = {}
        for alias in self._aliases:
            for box, model in _BOXES.items():
                rows = model._base_manager.using(alias).values("state").annotate(rows=Count("pk"))
                states = {row["state"]: row["rows"] for row in rows.order_by("state")}
                found.setdefault(alias, {})[box] = states
        return found

    def dead(self, events: Sequence[str] = ()) -> Iterator[DeadLetter]:
        """The dead among these events, or all dead ones, oldest first."""
        for alias, box, rows in self._dead(events):
            for row in rows.order_by("pk").iterator():
                behind = rows.model._base_manager.using(alias).filter(
                    lane=row.lane, pk__gt=row.pk, state=State.OPEN.value
                )
                yield DeadLetter(
                    alias,
                    box,
                    row.event_id,
                    row.name,
                    getattr(row, "subscription", ""),
                    behind.count() if row.lane else 0,
                    (row.error.strip().splitlines() or [""])[-1],
                )

    def replay(self, events: Sequence[str] = ()) -> int:
        """Try them again, from the first attempt; returns how many rows."""
        return sum(set_free(rows) for _, _, rows in self._dead(events))

    def discard(self, events: Sequence[str] = ()) -> int:
        """Give them up, so that what waits behind them goes on; returns how many rows."""
        return sum(give_up(rows) for _, _, rows in self._dead(events))

    def _dead(self, events: Sequence[str]) -> Iterator[tuple[str, str, QuerySet[EventRow]]]:
        for alias in self._aliases:
            for box, model in _BOXES.items():
                rows = model._base_manager.using(alias).filter(state=State.DEAD.value)
                yield alias, box, rows.filter(event_id__in=events) if events else rows
