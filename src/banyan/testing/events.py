"""Events in tests: nothing moves until the test asks for it."""

from typing import cast

from django.apps import apps

from banyan.events.apps import EventsConfig
from banyan.events.delivering import Claimed
from banyan.events.reporting import Counters
from banyan.leases import Backoff


def deliver_events() -> int:
    """Hand what was published to its handlers, and what those publish to theirs, until all is done.

    Works inside a ``TestCase`` and uses no broker and no threads. The first handler that fails
    raises its error here; its event stays in the inbox.

    Returns:
        how many times a handler ran.
    """
    config = cast(EventsConfig, apps.get_app_config("banyan_events"))
    counters = Counters()
    # Retries are for production: a test wants to see the error.
    assembly = config.assembly(None, counters, Backoff(first=0.001, longest=0.001))
    steps = [assembly.relay(alias).step for alias in config.outboxes]
    steps += [
        assembly.deliverer(alias, Claimed(), raise_errors=True).step for alias in assembly.inboxes
    ]
    while sum(step() for step in steps):
        pass
    return counters.read().get("delivered", 0)
