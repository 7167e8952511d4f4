"""Carrying published events from the outbox to the broker."""

import time
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar
from uuid import UUID

from banyan.events.cloudevents import Envelope
from banyan.events.ports import Broker, BrokerUnavailable
from banyan.events.reporting import Counters, logger
from banyan.leases import Backoff, Claims, Row
from banyan.observability import hop

T = TypeVar("T")


def waves(rows: Sequence[Row[T]]) -> Iterator[list[Row[T]]]:
    """Split rows so that no two of one lane are under way at once.

    A broker may refuse one of many pipelined messages and keep the next, which would then have
    overtaken it.
    """
    left = list(rows)
    while left:
        lanes: set[str] = set()
        now: list[Row[T]] = []
        later: list[Row[T]] = []
        for row in left:
            if row.lane and row.lane in lanes:
                later.append(row)
            else:
                lanes.add(row.lane)
                now.append(row)
        yield now
        left = later


class Relay:
    """Sends what stands in one outbox."""

    def __init__(
        self,
        outbox: Claims[Envelope],
        broker: Broker,
        *,
        backoff: Backoff,
        chance: Callable[[], float],
        counters: Counters,
    ) -> None:
        self._outbox = outbox
        self._broker = broker
        self._backoff = backoff
        self._chance = chance
        self._counters = counters

    def step(self, limit: int = 500) -> int:
        """Send one batch; returns how many events were claimed.

        Raises:
            BrokerUnavailable: and all that is not known to be sent is free again.
        """
        claim = self._outbox.claim(limit)
        if claim is None:
            return 0
        started = time.perf_counter()
        sent: list[int] = []
        held: set[str] = set()
        untried = {row.pk for row in claim.rows}
        try:
            for wave in waves(claim.rows):
                ready = [row for row in wave if row.lane not in held or not row.lane]
                if not ready:
                    continue
                answers = self._broker.send([row.content for row in ready])
                for row, answer in zip(ready, answers, strict=True):
                    untried.discard(row.pk)
                    if answer is None:
                        sent.append(row.pk)
                        continue
                    held.add(row.lane)
                    if answer.for_good or self._backoff.is_exhausted(row.attempts):
                        self._bury(claim.token, row, answer.reason)
                    else:
                        self._outbox.retry(
                            claim.token,
                            row.pk,
                            after=self._backoff.delay(row.attempts, self._chance),
                            error=answer.reason,
                        )
                        self._counters.add("refused")
        except BrokerUnavailable:
            hop("publish", "outbox", time.perf_counter() - started, "unavailable", events=len(sent))
            raise
        finally:
            if sent:
                marked = self._outbox.complete(claim.token, sent)
                self._counters.add("sent", marked)
                if marked < len(sent):
                    # Another relay took over and sends them again; who hears them tells by the id.
                    self._counters.add("lease_lost", len(sent) - marked)
            if untried:
                self._outbox.release(claim.token, untried)
        hop("publish", "outbox", time.perf_counter() - started, "ok", events=len(sent))
        return len(claim.rows)

    def check(self) -> None:
        """Raise BrokerUnavailable when it makes no sense to claim anything."""
        self._broker.check()

    def _bury(self, token: UUID, row: Row[Envelope], reason: str) -> None:
        envelope = row.content
        logger.error(
            "banyan.E405 The broker does not take event %s %s: %s. It is kept as dead in the "
            "outbox; see manage.py banyan_events dead.",
            envelope.name,
            envelope.id,
            reason,
        )
        self._outbox.bury(token, row.pk, error=reason)
        self._counters.add("dead")
