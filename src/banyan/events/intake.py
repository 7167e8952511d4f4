"""Taking a module's events from the broker into its inbox, in order and without a gap."""

import time
from collections.abc import Callable, Collection, Mapping, Sequence

from banyan.events.cloudevents import Malformed, decode
from banyan.events.ports import Arrival, Broker, Feed, Inbox, Received, Unreadable
from banyan.events.reporting import Counters, logger
from banyan.leases import Claim, Claims, LeaseLost


def sort_out(
    batch: Sequence[Received], subscriptions: Mapping[str, Collection[str]]
) -> tuple[list[Arrival], list[Unreadable]]:
    """Tell the events of a batch from what is none.

    Args:
        subscriptions: the names of the handlers, by the wire name of the event.
    """
    arrivals: list[Arrival] = []
    unreadable: list[Unreadable] = []
    for message in batch:
        try:
            envelope = decode(message.body)
            if envelope.name != message.subject:
                raise Malformed(
                    f"The event says its type is {envelope.name!r}, but came as another."
                )
        except Malformed as error:
            unreadable.append(Unreadable(message, "banyan.E404", error.message))
            continue
        names = subscriptions.get(envelope.name, ())
        arrivals += [Arrival(envelope, name) for name in names]
    return arrivals, unreadable


class Intake:
    """Reads the events of one project for one module.

    One process at a time does, the one that holds the lease of the bookmark. The bookmark moves in
    the transaction that keeps the events, so what the broker remembers of acknowledgements is for
    people to see and never decides what is read.

    Args:
        subscriptions: the names of the handlers, by the wire name of the event.
        make_bookmark: makes the row of the bookmark when it is missing.
        arrived: called when there is something new in the inbox.
        renew_every: seconds after which the lease of the bookmark starts anew.
    """

    def __init__(
        self,
        consumer: str,
        project: str,
        subscriptions: Mapping[str, Collection[str]],
        *,
        bookmarks: Claims[str],
        make_bookmark: Callable[[], object],
        inbox: Inbox,
        broker: Broker,
        arrived: Callable[[], None],
        counters: Counters,
        renew_every: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._consumer = consumer
        self._project = project
        self._subscriptions = subscriptions
        self._bookmarks = bookmarks
        self._make_bookmark = make_bookmark
        self._inbox = inbox
        self._broker = broker
        self._arrived = arrived
        self._counters = counters
        self._renew_every = renew_every
        self._clock = clock
        self._renewed = 0.0
        self._claim: Claim[str] | None = None
        self._place = ""
        self._feed: Feed | None = None

    def step(self, limit: int = 500, seconds: float = 1.0) -> int:
        """Read one batch; returns how many messages it had.

        Raises:
            BrokerUnavailable: the next step opens the feed anew, after the bookmark.
        """
        try:
            return self._step(limit, seconds)
        except LeaseLost:
            self._counters.add("lease_lost")
            self._close_feed()
            self._claim = None
            return 0
        except Exception:
            self._close_feed()
            raise

    def close(self) -> None:
        """Leave the bookmark to the next reader, at once."""
        self._close_feed()
        if self._claim:
            self._bookmarks.release(self._claim.token, [self._claim.rows[0].pk])
            self._claim = None

    def _step(self, limit: int, seconds: float) -> int:
        claim = self._hold()
        if claim is None:
            return 0
        feed = self._feed or self._open_feed()
        batch = feed.receive(limit, seconds)
        if not batch:
            return 0
        arrivals, unreadable = sort_out(batch, self._subscriptions)
        self._inbox.turn_page(claim.token, claim.rows[0].pk, batch[-1].place, arrivals, unreadable)
        self._place = batch[-1].place
        feed.acknowledge(batch[-1])
        self._counters.add("received", len(batch))
        for item in unreadable:
            self._counters.add("rejected")
            logger.error(
                "%s A message on %s cannot be read: %s It is kept, as it came, among the "
                "rejections in the admin.",
                item.finding,
                item.message.subject,
                item.reason,
            )
        if arrivals:
            self._arrived()
        return len(batch)

    def _hold(self) -> Claim[str] | None:
        """Our claim on the bookmark, renewed in time; None while someone else has it."""
        now = self._clock()
        if self._claim is None:
            self._make_bookmark()
            self._claim = self._bookmarks.claim(1)
            if self._claim is None:
                return None
            self._place = self._claim.rows[0].content
            self._renewed = now
        elif now - self._renewed >= self._renew_every:
            if not self._bookmarks.renew([self._claim.token]):
                raise LeaseLost(f"Another process reads {self._project} for {self._consumer}.")
            self._renewed = now
        return self._claim

    def _open_feed(self) -> Feed:
        feed = self._broker.open(
            self._consumer, self._project, sorted(self._subscriptions), self._place
        )
        if feed.lost:
            logger.error(
                "banyan.E406 The broker removed events of %s before %s could read them: %s.",
                self._project,
                self._consumer,
                feed.lost,
            )
        self._feed = feed
        return feed

    def _close_feed(self) -> None:
        feed, self._feed = self._feed, None
        if feed:
            feed.close()
