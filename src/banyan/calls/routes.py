"""A route: how one method of a contract is called from here."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

Call: TypeAlias = Callable[..., Any]


@dataclass(frozen=True, slots=True, eq=False)
class Route:
    """How one method is called.

    Attributes:
        call: calls it, and blocks.
        acall: calls it without blocking the event loop.
    """

    call: Call
    acall: Callable[..., Awaitable[Any]]
