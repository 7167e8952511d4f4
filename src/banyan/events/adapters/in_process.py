"""Events without a broker: from the outbox straight into the inboxes of this process's handlers."""

from collections.abc import Callable, Collection, Mapping, Sequence

from banyan.events.cloudevents import Envelope
from banyan.events.ports import Arrival, Feed, Inbox, Refused


class InProcessBroker:
    """Carries events to the inboxes of the modules that are resident here.

    Args:
        routes: for each wire name the handlers' names and the alias of each one's inbox.
        arrived: called when there is something new in an inbox.
    """

    def __init__(
        self,
        routes: Mapping[str, Collection[tuple[str, str]]],
        inboxes: Mapping[str, Inbox],
        arrived: Callable[[], None],
    ) -> None:
        self._routes = routes
        self._inboxes = inboxes
        self._arrived = arrived

    def check(self) -> None:
        """Nothing to reach."""

    def send(self, envelopes: Sequence[Envelope]) -> Sequence[Refused | None]:
        arrivals: dict[str, list[Arrival]] = {}
        for envelope in envelopes:
            for subscription, alias in self._routes.get(envelope.name, ()):
                arrivals.setdefault(alias, []).append(Arrival(envelope, subscription))
        for alias, batch in arrivals.items():
            self._inboxes[alias].accept(batch)
        if arrivals:
            self._arrived()
        return [None] * len(envelopes)

    def open(self, consumer: str, project: str, names: Collection[str], after: str) -> Feed:
        raise NotImplementedError("Events reach the inboxes in send(); there is nothing to read.")

    def close(self) -> None:
        """Nothing to close."""
