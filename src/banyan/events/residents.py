"""Which of the declared handlers run in this process, and where their inboxes are."""

from collections.abc import Iterable
from dataclasses import dataclass

from banyan import modules
from banyan.events.payloads import wire_name
from banyan.events.publishing import database_of
from banyan.events.subscriptions import Subscription


@dataclass(frozen=True, slots=True)
class Resident:
    """A handler of a module that is resident here."""

    subscription: Subscription
    module: str
    alias: str

    @property
    def event_name(self) -> str:
        return wire_name(self.subscription.event)


def residents(subscriptions: Iterable[Subscription]) -> tuple[Resident, ...]:
    """The handlers that run in this process."""
    residency = modules.current()
    found: list[Resident] = []
    for subscription in subscriptions:
        module = residency.module_of(subscription.name)
        if module is None:
            module = subscription.name.partition(".")[0]
        elif not residency.is_resident(module):
            continue
        found.append(Resident(subscription, module, database_of(module)))
    return tuple(found)


def outbox_aliases() -> tuple[str, ...]:
    """The databases in which modules that are resident here publish."""
    residency = modules.current()
    aliases = {database_of(module) for module in residency.resident}
    return tuple(sorted(aliases or {"default"}))
