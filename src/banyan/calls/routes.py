"""A route: how one method of a contract is called from here."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from banyan.contracts import DeclaredError

Call: TypeAlias = Callable[..., Any]


@dataclass(frozen=True, slots=True, eq=False)
class Route:
    """How one method is called.

    Attributes:
        call: calls it, and blocks.
        acall: calls it without blocking the event loop.
        direct: the method itself, where a call needs nothing around it but to tell its errors.
        raises: the errors that ``direct`` may raise as they are.
    """

    call: Call
    acall: Callable[..., Awaitable[Any]]
    direct: Call | None = None
    raises: tuple[type[DeclaredError], ...] = ()
