"""Other ways to call a contract's method: from async code, and with something to fall back on."""

from collections.abc import Callable
from typing import Any, Generic, ParamSpec, TypeVar

from asgiref.sync import sync_to_async

from banyan.calls.routing import ACALL
from banyan.errors import CallError

P = ParamSpec("P")
T = TypeVar("T")


async def acall(method: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Call a method of a client from async code: ``await acall(orders.for_user, 7)``.

    A remote one is awaited; one that runs here is Django code like any other and runs in a thread.
    """
    awaited: Callable[..., Any] = getattr(method, ACALL, None) or sync_to_async(method)
    result: T = await awaited(*args, **kwargs)
    return result


def or_else(method: Callable[P, T], default: T) -> Callable[P, T]:
    """The method, with an answer for when the call fails: ``or_else(orders.for_user, [])(7)``.

    Only a :class:`CallError` is answered so. Mistakes and declared errors pass through.
    """
    return _OrElse(method, default)


class _OrElse(Generic[P, T]):
    """Falls back on a default, for plain calls and for :func:`acall`."""

    def __init__(self, method: Callable[P, T], default: T) -> None:
        self._method = method
        self._default = default

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return self._method(*args, **kwargs)
        except CallError:
            return self._default

    async def banyan_acall(self, *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return await acall(self._method, *args, **kwargs)
        except CallError:
            return self._default
