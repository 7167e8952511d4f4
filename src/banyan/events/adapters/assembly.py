"""The parts of a process that moves events, put together on Django's databases."""

import random
from collections.abc import Callable, Collection
from functools import partial

from django.db import InterfaceError, OperationalError, connections, transaction
from django.db.models import Q

from banyan import conf
from banyan.events.adapters.in_process import InProcessBroker
from banyan.events.adapters.orm import (
    OrmInbox,
    arrival_of,
    bookmark_of,
    envelope_of,
    place_of,
    purge,
)
from banyan.events.delivering import Claimed, Deliverer
from banyan.events.intake import Intake
from banyan.events.models import Bookmark, Delivery, Publication
from banyan.events.payloads import decode_for
from banyan.events.ports import Arrival, Broker, BrokerUnavailable
from banyan.events.relaying import Relay
from banyan.events.reporting import Counters
from banyan.events.residents import Resident, outbox_aliases
from banyan.events.threads import Crew, Duty
from banyan.events.wiring import readings, routes
from banyan.leases import Backoff, Claims, Ring
from banyan.leases.adapters.bell import Bell
from banyan.leases.adapters.database import DatabaseRing
from banyan.leases.adapters.orm import OrmClaims
from banyan.leases.models import now_ms

# A reader that dies is followed by another after at most so many seconds.
_LONGEST_BOOKMARK_LEASE = 6.0
_PURGE_EVERY = 600.0


class Assembly:
    """Puts relays, intakes and deliverers together, for a crew of threads or for a test.

    Args:
        residents: the handlers that run here.
        broker: None to hand events to those handlers without one.
        backoff: replaces the one of the settings.
    """

    def __init__(
        self,
        residents: Collection[Resident],
        broker: Broker | None,
        *,
        counters: Counters,
        backoff: Backoff | None = None,
    ) -> None:
        self._settings = conf.settings().events
        self._residents = tuple(residents)
        self._counters = counters
        self._backoff = backoff or Backoff(attempts=self._settings.attempts)
        self._wakers: list[Callable[[], None]] = []
        self._broker = broker
        self._carrier = broker or InProcessBroker(
            routes(self._residents), {alias: OrmInbox(alias) for alias in self.inboxes}, self._wake
        )

    @property
    def inboxes(self) -> tuple[str, ...]:
        """The databases that hold the inboxes of these handlers."""
        return tuple(sorted({one.alias for one in self._residents}))

    def relay(self, alias: str) -> Relay:
        return Relay(
            OrmClaims(Publication, alias, envelope_of, lease=self._settings.lease),
            self._carrier,
            backoff=self._backoff,
            chance=random.random,
            counters=self._counters,
        )

    def deliverer(self, alias: str, claimed: Claimed, *, raise_errors: bool = False) -> Deliverer:
        return Deliverer(
            self._deliveries(alias),
            {one.subscription.name: one.subscription for one in self._residents},
            transaction=partial(transaction.atomic, using=alias),
            decode=decode_for,
            backoff=self._backoff,
            chance=random.random,
            counters=self._counters,
            claimed=claimed,
            raise_errors=raise_errors,
        )

    def crew(
        self, parts: Collection[str], *, threads: int, ring: Callable[[str], Ring] = DatabaseRing
    ) -> Crew:
        """The threads for these parts, not yet started.

        Args:
            parts: ``relay``, ``consumer``, or both.
            threads: how many deliver events, for each database.
            ring: makes what wakes the relay of an alias.
        """
        duties: list[Duty] = []
        if "relay" in parts:
            for alias in outbox_aliases():
                relay = self.relay(alias)
                duties += [
                    Duty(f"relay-{alias}", relay.step, ring(alias), prepare=relay.check),
                    Duty(f"purge-{alias}", partial(self._purge, alias), Bell(), _PURGE_EVERY),
                ]
        if "consumer" in parts:
            if self._broker is not None:
                duties += self._intakes(self._broker)
            for alias in self.inboxes:
                duties += self._delivery(alias, threads, lambda: crew.is_stopping)
        crew = Crew(duties, is_expected=_is_expected, let_go=connections.close_all)
        return crew

    def _intakes(self, broker: Broker) -> list[Duty]:
        duties: list[Duty] = []
        lease = min(_LONGEST_BOOKMARK_LEASE, self._settings.lease)
        for one in readings(self._residents):
            among = Q(consumer=one.module, project=one.project)
            intake = Intake(
                one.module,
                one.project,
                one.subscriptions,
                bookmarks=OrmClaims(Bookmark, one.alias, place_of, among=among, lease=lease),
                make_bookmark=partial(bookmark_of, one.alias, one.module, one.project),
                inbox=OrmInbox(one.alias),
                broker=broker,
                arrived=self._wake,
                counters=self._counters,
                renew_every=lease / 3,
            )
            name = f"intake-{one.module}-{one.project}"
            duties.append(Duty(name, intake.step, Bell(), finish=intake.close))
        return duties

    def _delivery(self, alias: str, threads: int, stopped: Callable[[], bool]) -> list[Duty]:
        claimed = Claimed()
        deliveries = self._deliveries(alias)

        def renew() -> int:
            tokens = claimed.now()
            if tokens:
                deliveries.renew(tokens)
            return 0

        duties = [Duty(f"leases-{alias}", renew, Bell(), self._settings.lease / 3)]
        for number in range(threads):
            bell = Bell()
            self._wakers.append(bell.ring)
            step = partial(self.deliverer(alias, claimed).step, stopped=stopped)
            # Only the first looks often, for retries that have come due; the rest are woken.
            idle = 1.0 if number == 0 else 10.0
            duties.append(Duty(f"delivery-{alias}-{number}", step, bell, idle))
        return duties

    def _deliveries(self, alias: str) -> Claims[Arrival]:
        # Rows of handlers that are not known here wait for a process that knows them.
        known = [one.subscription.name for one in self._residents if one.alias == alias]
        return OrmClaims(
            Delivery, alias, arrival_of, among=Q(subscription__in=known), lease=self._settings.lease
        )

    def _purge(self, alias: str) -> int:
        return purge(alias, now_ms() - int(self._settings.retention * 1000))

    def _wake(self) -> None:
        for wake in self._wakers:
            wake()


def _is_expected(error: BaseException) -> bool:
    return isinstance(error, BrokerUnavailable | OperationalError | InterfaceError)
