"""What a contract says of its methods: does it ask or act, and what may it answer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar, overload

from banyan.contracts.declared import DeclaredError

Method = TypeVar("Method", bound=Callable[..., Any])

_ATTRIBUTE = "__banyan_declaration__"


@dataclass(frozen=True, slots=True)
class Declaration:
    """The decorator's part of a method.

    Attributes:
        kind: a query reads and may be repeated; a command acts.
        raises: the errors that reach the caller as themselves.
        atomic: the command owns a transaction.
        joins: the command takes part in its caller's transaction, so it is local for ever.
        secret: nothing of the command's arguments and outcome is kept.
    """

    kind: Literal["query", "command"]
    raises: tuple[type[DeclaredError], ...] = ()
    atomic: bool = True
    joins: bool = False
    secret: bool = False


@overload
def query(method: Method, /) -> Method: ...
@overload
def query(*, raises: Sequence[type[DeclaredError]] = ()) -> Callable[[Method], Method]: ...
def query(
    method: Callable[..., Any] | None = None, /, *, raises: Sequence[type[DeclaredError]] = ()
) -> Any:
    """Declare a method that only reads: it may be repeated, and run inside a transaction.

    Args:
        raises: the errors that reach the caller as themselves.
    """
    declare = _declaring(Declaration("query", tuple(raises)))
    return declare if method is None else declare(method)


@overload
def command(method: Method, /) -> Method: ...
@overload
def command(
    *,
    raises: Sequence[type[DeclaredError]] = (),
    atomic: bool = True,
    joins: bool = False,
    secret: bool = False,
) -> Callable[[Method], Method]: ...
def command(
    method: Callable[..., Any] | None = None,
    /,
    *,
    raises: Sequence[type[DeclaredError]] = (),
    atomic: bool = True,
    joins: bool = False,
    secret: bool = False,
) -> Any:
    """Declare a method that acts: its effects, and the memory of them, commit together.

    Args:
        raises: the errors that reach the caller as themselves.
        atomic: false for a command that calls out to others, so that no transaction is held
            open meanwhile; its outcome can then be unknown.
        joins: true for a command that takes part in its caller's transaction: it can never be
            remote.
        secret: true for a command that takes or returns what must not be kept, as a password or a
            token: of its idempotency key only the use is on record, so that a repeat is refused.
    """
    declare = _declaring(Declaration("command", tuple(raises), atomic, joins, secret))
    return declare if method is None else declare(method)


def declaration_of(method: object) -> Declaration | None:
    """What the decorator noted on this function; None if it has none."""
    found = getattr(method, _ATTRIBUTE, None)
    return found if isinstance(found, Declaration) else None


def _declaring(declaration: Declaration) -> Callable[[Method], Method]:
    def declare(method: Method) -> Method:
        setattr(method, _ATTRIBUTE, declaration)
        return method

    return declare
