"""Running the handlers of what stands in the inbox."""

import time
import traceback
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from uuid import UUID

from banyan.errors import BanyanError
from banyan.events.cloudevents import Envelope
from banyan.events.ports import Arrival
from banyan.events.reporting import Counters, logger
from banyan.events.subscriptions import Subscription
from banyan.leases import Backoff, Claims, LeaseLost, Row
from banyan.observability import continue_trace, hop, trace


class Unfit(BanyanError):
    """The event's data do not fit the event class that the handler expects."""

    code = "banyan.events.unfit"


class Claimed:
    """The tokens of the claims under way, for whoever renews their leases."""

    def __init__(self) -> None:
        self._tokens: set[UUID] = set()

    def add(self, token: UUID) -> None:
        self._tokens.add(token)

    def remove(self, token: UUID) -> None:
        self._tokens.discard(token)

    def now(self) -> frozenset[UUID]:
        return frozenset(self._tokens)


class Deliverer:
    """Hands the events of one inbox to their handlers, each in a transaction of its own.

    Args:
        transaction: opens one on the inbox's database.
        decode: makes the event from its payload; raises :class:`Unfit`.
        raise_errors: let the first failure out, for tests; the event stays in the inbox.
    """

    def __init__(
        self,
        inbox: Claims[Arrival],
        subscriptions: Mapping[str, Subscription],
        *,
        transaction: Callable[[], AbstractContextManager[None]],
        decode: Callable[[Subscription, Envelope], object],
        backoff: Backoff,
        chance: Callable[[], float],
        counters: Counters,
        claimed: Claimed,
        raise_errors: bool = False,
    ) -> None:
        self._inbox = inbox
        self._subscriptions = subscriptions
        self._transaction = transaction
        self._decode = decode
        self._backoff = backoff
        self._chance = chance
        self._counters = counters
        self._claimed = claimed
        self._raise_errors = raise_errors

    def step(self, limit: int = 20, stopped: Callable[[], bool] = lambda: False) -> int:
        """Deliver one batch; returns how many events were claimed.

        Args:
            stopped: asked before each event; the rest is given back untried.
        """
        claim = self._inbox.claim(limit)
        if claim is None:
            return 0
        self._claimed.add(claim.token)
        untried = {row.pk for row in claim.rows}
        held: set[str] = set()
        try:
            for row in claim.rows:
                if stopped():
                    break
                if row.lane and row.lane in held:
                    continue
                untried.discard(row.pk)
                if not self._deliver(claim.token, row):
                    held.add(row.lane)
        finally:
            self._claimed.remove(claim.token)
            if untried:
                self._inbox.release(claim.token, untried)
        return len(claim.rows)

    def _deliver(self, token: UUID, row: Row[Arrival]) -> bool:
        """Run one handler; returns False when the events behind this one must wait."""
        if self._backoff.is_exhausted(row.attempts - 1):
            # Only a claim that never came back leaves attempts behind without burying the row.
            self._bury(token, row, "The process ended each time while this event was handled.")
            return False
        subscription = self._subscriptions[row.content.subscription]
        envelope = row.content.envelope
        started = time.perf_counter()
        outcome = "ok"
        with trace(continue_trace(envelope.traceparent)):
            try:
                self._run(token, row.pk, subscription, envelope)
                self._counters.add("delivered")
            except LeaseLost as error:
                outcome = "lease_lost"
                self._counters.add("lease_lost")
                logger.warning("%s", error.message)
            except Unfit as error:
                outcome = "dead"
                self._bury(token, row, error.message, code="banyan.E407")
                if self._raise_errors:
                    raise
            # SystemExit too: a handler that calls sys.exit() must not end its thread.
            except (Exception, SystemExit) as error:
                outcome = "failed"
                self._fail(token, row, error)
                if self._raise_errors:
                    raise
            seconds = time.perf_counter() - started
            hop("deliver", subscription.name, seconds, outcome, event=envelope.name, id=envelope.id)
        return outcome == "ok"

    def _run(self, token: UUID, pk: int, subscription: Subscription, envelope: Envelope) -> None:
        event = self._decode(subscription, envelope)
        with self._transaction():
            subscription.handler(event)
            # Last, so that the row is not locked while the handler runs; and in the handler's own
            # transaction, so that both count or neither does.
            if not self._inbox.complete(token, [pk]):
                raise LeaseLost(
                    f"{subscription.name} took longer with event {envelope.id} than its lease; "
                    "another process has the event now, and this run was rolled back."
                )

    def _fail(self, token: UUID, row: Row[Arrival], error: BaseException) -> None:
        text = "".join(traceback.format_exception(error))
        if self._backoff.is_exhausted(row.attempts):
            self._bury(token, row, text)
            return
        delay = self._backoff.delay(row.attempts, self._chance)
        self._inbox.retry(token, row.pk, after=delay, error=text)
        self._counters.add("failed")
        logger.warning(
            "%s failed with event %s (%s), attempt %d; again in %.1f s.",
            row.content.subscription,
            row.content.envelope.id,
            " ".join(str(error).split()) or type(error).__name__,
            row.attempts,
            delay,
            exc_info=error if row.attempts == 1 else None,
        )

    def _bury(self, token: UUID, row: Row[Arrival], reason: str, code: str = "banyan.E408") -> None:
        self._inbox.bury(token, row.pk, error=reason)
        self._counters.add("dead")
        logger.error(
            "%s Event %s %s is dead for %s: %s See manage.py banyan_events dead.",
            code,
            row.content.envelope.name,
            row.content.envelope.id,
            row.content.subscription,
            reason.strip().splitlines()[-1],
        )
