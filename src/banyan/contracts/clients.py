"""Clients: what stands in for a service at its callers."""

from collections.abc import Callable
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from banyan.contracts.implementations import implementation_of
from banyan.contracts.ports import Caller
from banyan.contracts.reading import contracts_of, spec_of
from banyan.contracts.specs import MethodSpec
from banyan.errors import Misuse


class DirectCaller:
    """Calls the service in this process as it is; for a project without ``banyan.calls``."""

    def bind(self, method: MethodSpec) -> Callable[..., Any]:
        """The service's own method, found at the first call."""

        def call(*args: Any, **kwargs: Any) -> Any:
            return getattr(implementation_of(method.contract), method.name)(*args, **kwargs)

        return call


class Client:
    """Has the methods of a contract, each as the caller of calls binds it, when first used."""

    def __init__(self, contract: type) -> None:
        self.__contract = contract

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        method = spec_of(self.__contract).methods.get(name)
        if method is None:
            raise AttributeError(
                f"the contract {self.__contract.__qualname__} has no method {name!r}"
            )
        bound = _caller.bind(method)
        # From now on Python finds it without asking here.
        self.__dict__[name] = bound
        return bound

    def __repr__(self) -> str:
        return f"<client of {self.__contract.__qualname__}>"


_caller: Caller = DirectCaller()
_clients: WeakKeyDictionary[type, Client] = WeakKeyDictionary()
_lock = Lock()


def client_of(contract: type) -> Client:
    """The one client of a contract.

    Raises:
        Misuse: if the class is neither a contract nor implements exactly one.
    """
    contracts = contracts_of(contract)
    if len(contracts) != 1:
        raise Misuse(
            f"{contract.__qualname__} is not a contract, so it has no client.",
            hint="Call client() on the contract's class, such as Orders.client().",
        )
    with _lock:
        return _clients.setdefault(contracts[0], Client(contracts[0]))


def install_caller(caller: Caller) -> Caller:
    """Let another carry the calls of every client, also of those already made.

    Returns:
        The one that carried them until now.
    """
    global _caller
    with _lock:
        before, _caller = _caller, caller
        for client in _clients.values():
            bound = [name for name in client.__dict__ if not name.startswith("_")]
            for name in bound:
                del client.__dict__[name]
    return before
