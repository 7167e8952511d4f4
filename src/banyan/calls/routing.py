"""The one place that decides where a call goes: to a module resident here, or to its service."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from banyan import modules
from banyan.calls.context import key_of_caller
from banyan.calls.execution import Executor
from banyan.calls.failures import undeclared
from banyan.calls.local import fast, strict
from banyan.calls.ports import Transactions, Transport
from banyan.calls.remote import remote
from banyan.calls.routes import Route
from banyan.calls.targets import Method, Target
from banyan.conf import CallsSettings
from banyan.contracts import MethodSpec, implementation_of, spec_of
from banyan.contracts.reading import declared_contracts
from banyan.errors import ConfigurationError
from banyan.modules import Residency

# Where a bound method keeps its way of being awaited.
ACALL = "banyan_acall"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What routes are made of, looked at when one is made.

    Attributes:
        locate: where a service is.
        settings: the settings of calls.
        is_strict: whether local calls are strict.
    """

    executor: Executor
    transactions: Transactions
    transport: Callable[[], Transport]
    locate: Callable[[str], str]
    settings: Callable[[], CallsSettings]
    is_strict: Callable[[], bool]


class Router:
    """Binds the clients' methods: each call goes where the topology now says."""

    def __init__(self, surroundings: Surroundings) -> None:
        self._surroundings = surroundings
        self._forgetting: list[Callable[[], None]] = []
        self._targets: dict[str, tuple[Residency, Target]] = {}

    def bind(self, method: MethodSpec) -> Callable[..., Any]:
        """What a client calls for a method; the topology decides at each call."""
        residency = modules.current
        made_for: Residency | None = None
        route = Route(_nowhere, _nowhere)

        def decide() -> None:
            nonlocal made_for, route
            here = residency()
            route = self._made(Method.of(method), here)
            made_for = here

        def forget() -> None:
            nonlocal made_for
            made_for = None

        # This is the path whose cost is promised: one comparison, and no second call in between.
        def call(*args: Any, **kwargs: Any) -> Any:
            if made_for is not residency():
                decide()
            if (direct := route.direct) is None or key_of_caller.get() is not None:
                return route.call(*args, **kwargs)
            try:
                return direct(*args, **kwargs) if kwargs else direct(*args)
            except Exception as error:
                if isinstance(error, route.raises):
                    raise
                raise undeclared(method.path[1:], error) from error

        def acall(*args: Any, **kwargs: Any) -> Any:
            if made_for is not residency():
                decide()
            return route.acall(*args, **kwargs)

        self._forgetting.append(forget)
        setattr(call, ACALL, acall)
        call.__name__ = method.name
        call.__qualname__ = f"{method.contract.__qualname__}.{method.name}"
        call.__signature__ = method.signature  # type: ignore[attr-defined]
        return call

    def forget(self) -> None:
        """Make all routes anew when they are next needed; the settings have changed."""
        self._targets.clear()
        for forget in self._forgetting:
            forget()

    def target(self, name: str) -> Target | None:
        """The method with this wire name, if a module that is resident here has it."""
        residency = modules.current()
        found_for, target = self._targets.get(name, (None, None))
        if found_for is residency:
            return target
        if (target := self._find(name, residency)) is not None:
            self._targets[name] = (residency, target)
        return target

    def _find(self, name: str, residency: Residency) -> Target | None:
        for contract in declared_contracts():
            if not residency.is_resident(module_of(contract, residency)):
                continue
            spec = spec_of(contract)
            if name.startswith(f"{spec.name}/"):
                for method in spec.methods.values():
                    if method.path == f"/{name}":
                        return _target(Method.of(method), residency)
        return None

    def _made(self, method: Method, residency: Residency) -> Route:
        around = self._surroundings
        module = module_of(method.spec.contract, residency)
        if residency.is_resident(module):
            target = _target(method, residency)
            if around.is_strict():
                return strict(around.executor, around.transactions, target)
            return fast(around.executor, target)
        service = residency.service_of(module)
        if service is None:
            raise ConfigurationError(
                f"{method.name} cannot be called: no service of the topology has the module "
                f"{module!r}.",
                hint="Add it to the modules of a service in banyan.toml.",
                code="banyan.call.no_service",
            )
        settings = around.settings()
        endpoint = settings.path.strip("/")

        def base_url() -> str:
            address = around.locate(service.name)
            return f"{address}/{endpoint}" if endpoint else address

        return remote(
            method,
            around.transactions,
            around.transport(),
            service=service.name,
            base_url=base_url,
            timeout=settings.timeout,
        )


def _target(method: Method, residency: Residency) -> Target:
    module = residency.project.modules.get(module_of(method.spec.contract, residency))
    service = implementation_of(method.spec.contract)
    alias = module.database if module else "default"
    return Target(method, getattr(service, method.spec.name), alias)


def module_of(contract: type, residency: Residency) -> str:
    """The module that a contract belongs to; of one in no module, its top-level package."""
    return residency.module_of(contract) or contract.__module__.partition(".")[0]


def _nowhere(*_: Any, **__: Any) -> Any:
    raise AssertionError("a call went out before it was decided where to")
