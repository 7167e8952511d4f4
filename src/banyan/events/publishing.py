"""Publishing: an event becomes a row in the transaction that made it true."""

import uuid
from contextlib import AbstractContextManager
from datetime import UTC, datetime

from banyan import modules
from banyan.contracts import Event
from banyan.errors import ConfigurationError, Misuse
from banyan.events.cloudevents import LONGEST_KEY, Envelope, is_printable
from banyan.events.payloads import LARGEST_PAYLOAD, encode_payload, wire_name
from banyan.events.ports import Publications
from banyan.observability import current_trace, format_traceparent

Key = str | int | uuid.UUID

_installed: Publications | None = None


def install(publications: Publications) -> None:
    """Say where published events are written; the Django app does, when it is ready."""
    global _installed  # noqa: PLW0603
    _installed = publications


def publish(event: Event, *, key: Key = "") -> str:
    """Publish an event, if and when the open transaction commits.

    Args:
        key: what the event is about, as ``order.id``. A module's events of the same key are
            handled in the order in which they were published, by each handler; events without a
            key in any order.

    Returns:
        the id of the event.

    Raises:
        Misuse: no transaction is open on the database of the event's module; or the event or its
            key is too large, or the event's module is not resident in this service.
    """
    publications = _publications()
    declared = type(event)
    if not isinstance(event, Event):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise Misuse(
            f"publish() was given a {declared.__name__}, which is not an Event.",
            hint="Declare the event in the module's contract: class OrderPlaced(Event).",
        )
    module, alias = home_of(declared)
    if not publications.is_open(alias):
        raise _no_transaction(declared, alias, publications)
    text = str(key)
    if len(text) > LONGEST_KEY or not is_printable(text):
        raise Misuse(
            f"The key of this {declared.__name__} has {len(text)} characters, or control "
            f"characters among them; {LONGEST_KEY} printable ones are allowed.",
            hint="Use an id as the key: publish(event, key=order.id).",
        )
    data = encode_payload(event)
    if len(data) > LARGEST_PAYLOAD:
        raise Misuse(
            f"This {declared.__name__} has {len(data):,} bytes; {LARGEST_PAYLOAD:,} are allowed.",
            hint="Publish an id, and let those who hear it ask for the rest.",
        )
    trace = current_trace()
    envelope = Envelope(
        id=str(uuid.uuid4()),
        name=wire_name(declared),
        source=source_of(module),
        time=datetime.now(UTC).isoformat(),
        data=data.decode(),
        key=text,
        traceparent=format_traceparent(trace) if trace else "",
    )
    publications.append(alias, module, envelope)
    return envelope.id


def atomic(
    event: type[Event], *, savepoint: bool = True, durable: bool = False
) -> AbstractContextManager[None]:
    """Django's ``transaction.atomic``, on the database of the event's module.

    Args:
        savepoint: as Django's.
        durable: as Django's.
    """
    _, alias = home_of(event)
    return _publications().atomic(alias, savepoint=savepoint, durable=durable)


def home_of(event: type[Event]) -> tuple[str, str]:
    """The module that declares an event, and the alias of its database.

    Raises:
        Misuse: the module is not resident in this service.
    """
    residency = modules.current()
    module = residency.module_of(event)
    if module is None:
        # Declared outside all modules: in a script or a test of one's own.
        return event.__module__.partition(".")[0], "default"
    if not residency.is_resident(module):
        raise Misuse(
            f"{event.__name__} is an event of module {module!r}, which is not resident in service "
            f"{residency.service!r}; its outbox is in another database.",
            hint=f"Only {module} publishes its events: call a method of its contract instead.",
        )
    return module, database_of(module)


def database_of(module: str) -> str:
    """The alias by which a module's rows are written."""
    known = modules.current().project.modules.get(module)
    return known.database if known else "default"


def source_of(module: str) -> str:
    """The CloudEvents ``source`` of a module's events, as ``/shop/orders``."""
    project = modules.current().project
    return f"/{project.name}/{module}" if project.file else f"/{module}"


def _publications() -> Publications:
    if _installed is None:
        raise ConfigurationError(
            "Events cannot be published: the Django app banyan.events is not installed.",
            hint='Add "banyan.events" to INSTALLED_APPS and run migrate.',
        )
    return _installed


def _no_transaction(event: type[Event], alias: str, publications: Publications) -> Misuse:
    name = event.__name__
    elsewhere = ", ".join(repr(open_) for open_ in publications.open_elsewhere())
    but = f" (one is open on {elsewhere}, which does not protect it)" if elsewhere else ""
    using = "" if alias == "default" else f"using={alias!r}"
    return Misuse(
        f"{name} was published outside a transaction: none is open on database {alias!r}, which "
        f"keeps the events of its module{but}.",
        hint=(
            "Publish it in the transaction that makes it true: "
            f"with transaction.atomic({using}): … or with banyan.atomic({name}): …"
        ),
        code="banyan.events.no_transaction",
    )
