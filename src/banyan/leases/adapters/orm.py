"""Claims on a table through Django's ORM: SKIP LOCKED on PostgreSQL, one writer on SQLite."""

import os
import socket
import uuid
from collections.abc import Callable, Collection, Sequence
from typing import Generic, TypeVar

from django.db import connections, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from banyan.leases.claims import Claim, Row, State, isolate_suspects
from banyan.leases.models import Leased, now_ms

M = TypeVar("M", bound=Leased)
T = TypeVar("T")


def owner_name() -> str:
    """Who this process is, for people: ``host:pid``."""
    return f"{socket.gethostname()[:80]}:{os.getpid()}"


class OrmClaims(Generic[M, T]):
    """The rows of one model on one alias, as work to be claimed.

    Args:
        read: what a row is about.
        among: which rows this owner can work on at all, as a filter.
        lease: seconds that a claim lasts unless it is renewed.
        clock: milliseconds since 1970.
    """

    def __init__(
        self,
        model: type[M],
        alias: str,
        read: Callable[[M], T],
        *,
        among: Q | None = None,
        lease: float = 30.0,
        clock: Callable[[], int] = now_ms,
    ) -> None:
        self.model = model
        self.alias = alias
        self._read = read
        self._among = among or Q()
        self._lease_ms = int(lease * 1000)
        self._clock = clock

    @property
    def rows(self) -> QuerySet[M]:
        # The plain manager: a router or a user's own default manager has no say here.
        return self.model._base_manager.using(self.alias)

    def claim(self, limit: int) -> Claim[T] | None:
        now = self._clock()
        # A look without a lock first: an idle relay must not take SQLite's only write lock.
        if not self._free(now)[:1].exists():
            return None
        token = uuid.uuid4()
        with transaction.atomic(using=self.alias):
            found = self._free(now)
            if connections[self.alias].features.has_select_for_update_skip_locked:
                found = found.select_for_update(skip_locked=True)
            candidates = [
                Row(row.pk, row.lane, row.attempts + 1, self._read(row)) for row in found[:limit]
            ]
            picked = isolate_suspects(self._without_overtakers(candidates))
            if not picked:
                return None
            self.rows.filter(pk__in=[row.pk for row in picked]).update(
                token=token,
                owner=owner_name(),
                due=now + self._lease_ms,
                attempts=F("attempts") + 1,
            )
        return Claim(token, picked)

    def renew(self, tokens: Collection[uuid.UUID]) -> int:
        return self._open().filter(token__in=tokens).update(due=self._clock() + self._lease_ms)

    def complete(self, token: uuid.UUID, pks: Collection[int]) -> int:
        return self._ours(token, pks).update(
            state=State.DONE.value, token=None, error="", finished=self._clock()
        )

    def retry(self, token: uuid.UUID, pk: int, *, after: float, error: str) -> bool:
        due = self._clock() + int(after * 1000)
        return bool(self._ours(token, [pk]).update(token=None, due=due, error=error))

    def bury(self, token: uuid.UUID, pk: int, *, error: str) -> bool:
        return bool(
            self._ours(token, [pk]).update(
                state=State.DEAD.value, token=None, error=error, finished=self._clock()
            )
        )

    def release(self, token: uuid.UUID, pks: Collection[int]) -> None:
        self._ours(token, pks).update(
            token=None, due=self._clock(), attempts=F("attempts") - 1, owner=""
        )

    def _open(self) -> QuerySet[M]:
        return self.rows.filter(state=State.OPEN.value)

    def _ours(self, token: uuid.UUID, pks: Collection[int]) -> QuerySet[M]:
        return self._open().filter(pk__in=list(pks), token=token)

    def _free(self, now: int) -> QuerySet[M]:
        """Open rows whose time has come and whose lane is not held up by an earlier row."""
        earlier = self.rows.filter(lane=OuterRef("lane"), pk__lt=OuterRef("pk"))
        waits = earlier.filter(state=State.OPEN.value, due__gt=now)
        is_dead = earlier.filter(state=State.DEAD.value)
        return (
            self._open()
            .filter(self._among, due__lte=now)
            .filter(Q(lane="") | (~Exists(waits) & ~Exists(is_dead)))
            .order_by("pk")
        )

    def _without_overtakers(self, candidates: Sequence[Row[T]]) -> Sequence[Row[T]]:
        """Leave out rows with an earlier one in their lane that someone else has in hand.

        SKIP LOCKED passes over a row that another owner is claiming at this moment, and the
        query's snapshot may be older than a claim that was just committed. This second look is a
        statement of its own, with a newer snapshot, and sees both.
        """
        lanes = {row.lane for row in candidates if row.lane}
        if not lanes:
            return candidates
        picked = {row.pk for row in candidates}
        unfinished = self.rows.filter(
            lane__in=lanes,
            state__in=[State.OPEN.value, State.DEAD.value],
            pk__lt=max(picked),
        ).exclude(pk__in=picked)
        first: dict[str, int] = {}
        for lane, pk in unfinished.values_list("lane", "id"):
            first[lane] = min(pk, first.get(lane, pk))
        return [row for row in candidates if row.pk < first.get(row.lane, row.pk + 1)]
