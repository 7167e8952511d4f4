"""Banyan takes a Django monolith to services one seam at a time."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from banyan.calls import acall, idempotency_key, or_else
    from banyan.contracts import (
        Contract,
        DeclaredError,
        Event,
        Message,
        command,
        implements,
        query,
    )
    from banyan.events import atomic, publish, subscribe

__all__ = [
    "Contract",
    "DeclaredError",
    "Event",
    "Message",
    "acall",
    "atomic",
    "command",
    "idempotency_key",
    "implements",
    "or_else",
    "publish",
    "query",
    "subscribe",
]

# Where each name of the door lives. It is imported when first asked for, so that a contract
# brings in neither Django nor a client, and the command starts at once.
_HOMES = {
    "Contract": "banyan.contracts",
    "DeclaredError": "banyan.contracts",
    "Event": "banyan.contracts",
    "Message": "banyan.contracts",
    "acall": "banyan.calls",
    "atomic": "banyan.events",
    "command": "banyan.contracts",
    "idempotency_key": "banyan.calls",
    "implements": "banyan.contracts",
    "or_else": "banyan.calls",
    "publish": "banyan.events",
    "query": "banyan.contracts",
    "subscribe": "banyan.events",
}


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
