"""The columns of a row that can be claimed; abstract, so that each table is its owner's."""

import time
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.utils import timezone

from banyan.leases.claims import State

LANE_LENGTH = 500


def now_ms() -> int:
    """Milliseconds since 1970: the same on every database, and blind to USE_TZ and summer time."""
    return time.time_ns() // 1_000_000


def lease_indexes(table: str) -> list[models.Index]:
    """The two indexes that claims need.

    They are not partial ones: SQLite does not use those for conditions with parameters.
    """
    return [
        models.Index(fields=["state", "id"], name=f"{table}_open"),
        # With ``due``, so that the one row of a long lane that waits is found without a walk.
        models.Index(fields=["lane", "state", "due", "id"], name=f"{table}_lane"),
    ]


class Leased(models.Model):
    """A row that is claimed, worked on under a lease, and then done, tried again or dead."""

    STATES: Sequence[tuple[str, str]] = [(state.value, state.value) for state in State]

    id: "models.BigAutoField[int, int]" = models.BigAutoField(primary_key=True)
    state: "models.CharField[str, str]" = models.CharField(
        max_length=10, choices=STATES, default=State.OPEN.value
    )
    # Rows of one lane are worked on in order; "" is no lane.
    lane: "models.CharField[str, str]" = models.CharField(
        max_length=LANE_LENGTH, blank=True, default=""
    )
    # An open row is free from this moment on: its next attempt, or the end of its lease.
    due: "models.BigIntegerField[int, int]" = models.BigIntegerField(default=now_ms)
    attempts: "models.PositiveIntegerField[int, int]" = models.PositiveIntegerField(default=0)
    token: "models.UUIDField[UUID | None, UUID | None]" = models.UUIDField(null=True, blank=True)
    owner: "models.CharField[str, str]" = models.CharField(max_length=100, blank=True, default="")
    error: "models.TextField[str, str]" = models.TextField(blank=True, default="")
    created_at: "models.DateTimeField[datetime, datetime]" = models.DateTimeField(
        default=timezone.now
    )
    finished: "models.BigIntegerField[int | None, int | None]" = models.BigIntegerField(
        null=True, blank=True
    )

    class Meta:
        abstract = True


def set_free(rows: models.QuerySet[Any]) -> int:
    """Have the dead among these rows tried again, from the first attempt; returns how many."""
    return rows.filter(state=State.DEAD.value).update(
        state=State.OPEN.value, due=now_ms(), attempts=0, token=None, finished=None
    )


def give_up(rows: models.QuerySet[Any]) -> int:
    """Discard the dead among these rows, so that their lanes go on; returns how many."""
    return rows.filter(state=State.DEAD.value).update(state=State.DISCARDED.value)
