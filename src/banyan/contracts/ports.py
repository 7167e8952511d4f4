"""What contracts need of those who carry calls."""

from collections.abc import Callable
from typing import Any, Protocol

from banyan.contracts.specs import MethodSpec


class Caller(Protocol):
    """Carries a call from a client to its service, wherever that runs."""

    def bind(self, method: MethodSpec) -> Callable[..., Any]:
        """What a client calls for this method; asked once for each client and method.

        It takes the method's own arguments and must decide at each call where to go.
        """
        ...
