"""Which handler hears which event."""

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import FunctionType
from typing import Any, TypeVar

from banyan.contracts import Event
from banyan.errors import Misuse

E = TypeVar("E", bound=Event)
Handler = Callable[[E], None]

LONGEST_SUBSCRIPTION = 200


@dataclass(frozen=True, slots=True)
class Subscription:
    """A handler and the event that it hears.

    Attributes:
        name: the handler's dotted name. It stands in the inbox: renaming a handler makes it a
            new one, which has heard nothing yet.
    """

    name: str
    event: type[Event]
    handler: Callable[[Any], None]

    @property
    def file(self) -> str:
        return inspect.getsourcefile(inspect.unwrap(self.handler)) or ""

    @property
    def line(self) -> int:
        function: FunctionType = inspect.unwrap(self.handler)
        return function.__code__.co_firstlineno


class Subscriptions:
    """All handlers that were declared in this process."""

    def __init__(self) -> None:
        self._by_name: dict[str, Subscription] = {}

    def add(self, subscription: Subscription) -> None:
        """Take a handler in; the same one again, from a reloaded file, replaces itself.

        Raises:
            Misuse: another handler has that name.
        """
        known = self._by_name.get(subscription.name)
        if known and (known.file, known.line) != (subscription.file, subscription.line):
            raise Misuse(
                f"{subscription.name} subscribes twice: in line {known.line} and in line "
                f"{subscription.line} of {subscription.file}.",
                hint="Give each handler a name of its own.",
            )
        self._by_name[subscription.name] = subscription

    def all(self) -> Iterable[Subscription]:
        return tuple(self._by_name.values())

    def remove(self, subscription: Subscription) -> None:
        self._by_name.pop(subscription.name, None)


registry = Subscriptions()


def subscribe(event: type[E]) -> Callable[[Handler[E]], Handler[E]]:
    """Have a function hear an event; put it into ``handlers.py`` of an app of the module.

    The function runs in a transaction of its module's database, together with the row of the
    inbox that says so: its effects there happen once, however often the event arrives. What it
    does elsewhere (an e-mail, a request) can happen again when the transaction fails.

    Raises:
        Misuse: no event class, or a function that cannot be called with an event alone.
    """
    if not (isinstance(event, type) and issubclass(event, Event)):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise Misuse(
            f"subscribe() was given {event!r}, which is not an Event class.",
            hint="Write @subscribe(OrderPlaced), with the class that the contract declares.",
        )

    def register(handler: Handler[E]) -> Handler[E]:
        if not inspect.isfunction(inspect.unwrap(handler)):
            raise Misuse(
                f"{handler!r} is not a function, so it has no name that the inbox could keep.",
                hint="Write a function in handlers.py and decorate it with @subscribe.",
            )
        name = f"{handler.__module__}.{handler.__qualname__}"
        if inspect.iscoroutinefunction(handler):
            raise Misuse(
                f"{name} is an async function; a handler runs in a transaction, which Django "
                "has for plain functions only.",
                hint="Write it with def, and call async code through async_to_sync.",
            )
        if len(name) > LONGEST_SUBSCRIPTION or "<locals>" in name:
            raise Misuse(
                f"{name} cannot be a handler: its name stands in the inbox, so it must be one "
                f"of a file's own functions, of at most {LONGEST_SUBSCRIPTION} characters.",
                hint="Move the function to the top level of handlers.py.",
            )
        try:
            inspect.signature(handler).bind(object())
        except TypeError as error:
            raise Misuse(
                f"{name} cannot be called with an event alone: {error}.",
                hint="A handler takes one argument, the event.",
            ) from error
        registry.add(Subscription(name, event, handler))
        return handler

    return register
