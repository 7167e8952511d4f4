"""The events and handlers of the tests of events; what was heard is written into a table."""

import uuid

from django.contrib.sessions.models import Session
from django.utils import timezone

from banyan.contracts import Event
from banyan.events import publish, subscribe


class Poured(Event):
    cup: int
    tea: str = "green"


class Spilled(Event):
    cup: int
    times: int = 1


failing: dict[int, BaseException] = {}


def note(text: str) -> None:
    """An effect in the database; sessions are a table that the test project has anyway."""
    Session.objects.create(
        session_key=uuid.uuid4().hex, session_data=text, expire_date=timezone.now()
    )


def notes() -> list[str]:
    """What was noted, in order."""
    return list(Session.objects.order_by("expire_date").values_list("session_data", flat=True))


@subscribe(Poured)
def drink(event: Poured) -> None:
    note(f"drink {event.cup} {event.tea}")
    if event.cup in failing:
        raise failing[event.cup]


@subscribe(Spilled)
def wipe(event: Spilled) -> None:
    note(f"wipe {event.cup} {event.times}")
    if event.times:
        publish(Spilled(cup=event.cup, times=event.times - 1))
