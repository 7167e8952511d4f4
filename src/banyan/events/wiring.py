"""Who hears what: which handlers an event goes to, and what each module has to read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from banyan.events.cloudevents import project_of
from banyan.events.residents import Resident


@dataclass(frozen=True, slots=True)
class Reading:
    """What one module hears of one project.

    Attributes:
        subscriptions: the names of the handlers, by the wire name of the event.
    """

    module: str
    alias: str
    project: str
    subscriptions: Mapping[str, Sequence[str]]


def readings(residents: Sequence[Resident]) -> tuple[Reading, ...]:
    """One for each module and each project whose events it hears."""
    found: dict[tuple[str, str, str], dict[str, list[str]]] = {}
    for one in residents:
        place = (one.module, one.alias, project_of(one.event_name))
        found.setdefault(place, {}).setdefault(one.event_name, []).append(one.subscription.name)
    return tuple(Reading(*place, subscriptions=names) for place, names in sorted(found.items()))


def routes(residents: Sequence[Resident]) -> dict[str, list[tuple[str, str]]]:
    """For each wire name the handlers' names and the alias of each one's inbox."""
    found: dict[str, list[tuple[str, str]]] = {}
    for one in residents:
        found.setdefault(one.event_name, []).append((one.subscription.name, one.alias))
    return found
