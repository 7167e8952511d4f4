"""What can be seen to be wrong with events before anything runs."""

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.core import checks
from django.db import connections

from banyan import conf, modules
from banyan.events.residents import residents
from banyan.events.subscriptions import Subscription, registry
from banyan.findings import Finding, Level, Location

BROKER_SCHEMES = ("nats://", "tls://")


def subscription_findings(
    subscriptions: Sequence[Subscription], residency: modules.Residency
) -> list[Finding]:
    """Handlers that hear events of modules which ``banyan.toml`` does not let them hear."""
    found: list[Finding] = []
    for one in residents(subscriptions):
        hears = residency.module_of(one.subscription.event)
        known = residency.project.modules.get(one.module)
        if hears is None or known is None or hears == one.module or hears in known.listens:
            continue
        found.append(
            Finding(
                "banyan.E401",
                f"{one.subscription.name} hears {one.subscription.event.__name__} of module "
                f"{hears!r}, but [modules.{one.module}] does not list it in listens.",
                f'Add "{hears}" to listens of [modules.{one.module}] in banyan.toml, or do not '
                "subscribe.",
                Location(Path(one.subscription.file), one.subscription.line),
            )
        )
    return found


def broker_findings(address: str) -> list[Finding]:
    """A broker's address that cannot be used."""
    if not address.startswith(BROKER_SCHEMES):
        return [
            Finding(
                "banyan.E403",
                f"There is no broker for an address like {address.partition('://')[0]!r}://….",
                'Write it as "nats://127.0.0.1:4222".',
            )
        ]
    if find_spec("nats") is None:
        return [
            Finding(
                "banyan.E403",
                "The broker needs the NATS client, which is not installed.",
                'Install it: pip install "django-banyan[nats]".',
            )
        ]
    return []


def service_findings(broker: str, residency: modules.Residency) -> list[Finding]:
    """Events that would have to cross to another service, and no broker to carry them."""
    if broker or residency.service is None:
        return []
    heard = {
        (name, other)
        for name, module in residency.project.modules.items()
        for other in module.listens
        if residency.is_resident(name) != residency.is_resident(other)
    }
    if not heard:
        return []
    pairs = ", ".join(f"{name} hears {other}" for name, other in sorted(heard))
    return [
        Finding(
            "banyan.E402",
            f"Service {residency.service!r} has no broker, but events cross its edge: {pairs}.",
            "Set BANYAN_EVENTS_BROKER to the address of the broker, in every service.",
        )
    ]


def sqlite_findings(alias: str, options: dict[str, Any]) -> list[Finding]:
    """A SQLite database on which a relay and a request would refuse each other the lock."""
    if options.get("transaction_mode") in ("IMMEDIATE", "EXCLUSIVE"):
        return []
    return [
        Finding(
            "banyan.W409",
            f"Database {alias!r} is SQLite with deferred transactions: beside a thread that "
            'delivers events, some fail at once with "database is locked".',
            'Give it OPTIONS {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": '
            '"PRAGMA journal_mode=WAL"}, or use banyan.settings.',
            level=Level.WARNING,
        )
    ]


def check_subscriptions(**_: Any) -> list[checks.CheckMessage]:
    return _messages(subscription_findings(tuple(registry.all()), modules.current()))


def check_broker(**_: Any) -> list[checks.CheckMessage]:
    broker = conf.settings().events.broker
    found = service_findings(broker, modules.current())
    return _messages(found + (broker_findings(broker) if broker else []))


def check_database(databases: Sequence[str] | None = None, **_: Any) -> list[checks.CheckMessage]:
    found: list[Finding] = []
    for alias in databases or ():
        connection = connections[alias]
        name = str(connection.settings_dict["NAME"])
        if connection.vendor == "sqlite" and ":memory:" not in name and "mode=memory" not in name:
            found += sqlite_findings(alias, connection.settings_dict["OPTIONS"])
    return _messages(found)


def _messages(findings: Sequence[Finding]) -> list[checks.CheckMessage]:
    kinds = {Level.ERROR: checks.Error, Level.WARNING: checks.Warning, Level.INFO: checks.Info}
    return [
        kinds[one.level](
            one.message, hint=one.hint, obj=str(one.location) if one.location else None, id=one.id
        )
        for one in findings
    ]
