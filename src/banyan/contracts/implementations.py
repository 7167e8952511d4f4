"""Which class serves which contract, and whether it does so as the contract says."""

import inspect
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from banyan.contracts.fitting import GATHERING, misfits
from banyan.contracts.naming import module_of
from banyan.contracts.reading import (
    contract_findings,
    contracts_of,
    declared_contracts,
    place_of,
    spec_of,
)
from banyan.contracts.specs import ContractSpec
from banyan.findings import Finding, FindingsError

Service = TypeVar("Service")

_MISSING = "banyan.E210"
_DOUBLED = "banyan.E211"
_MISTYPED = "banyan.E212"

# By contract, then by the class's full name: a module that is imported anew replaces its own.
_registered: dict[type, dict[str, type]] = {}
_serving: dict[type, object] = {}


def implements(contract: type) -> Callable[[type[Service]], type[Service]]:
    """Register the class that serves a contract; write ``@final`` below it.

    A subclass that is not registered, such as a fake in a test, stays out of it.
    """

    def register(service: type[Service]) -> type[Service]:
        name = f"{service.__module__}.{service.__qualname__}"
        _registered.setdefault(contract, {})[name] = service
        _serving.pop(contract, None)
        return service

    return register


def implementation_of(contract: type) -> Any:
    """The service of a contract in this process; one object, made at the first call.

    Raises:
        FindingsError: if there is none, or more than one.
    """
    if (serving := _serving.get(contract)) is not None:
        return serving
    services = list(_registered.get(contract, {}).values())
    if findings := _count_findings(contract, services):
        raise FindingsError(findings)
    return _serving.setdefault(contract, services[0]())


def implementation_findings(contracts: Iterable[type]) -> list[Finding]:
    """What is wrong with the services of these contracts: missing, doubled or mistyped.

    Args:
        contracts: those that this process must serve.
    """
    findings: list[Finding] = []
    for contract in contracts:
        services = list(_registered.get(contract, {}).values())
        findings += _count_findings(contract, services)
        for service in services:
            findings += _fit_findings(spec_of(contract), service)
    return findings


def startup_findings(is_resident: Callable[[str], bool]) -> list[Finding]:
    """What keeps this process from starting: contracts that cannot be used, services amiss.

    Args:
        is_resident: whether a module is served by this process.
    """
    findings: list[Finding] = []
    for contract in declared_contracts():
        unusable = contract_findings(contract)
        findings += unusable
        if not unusable and is_resident(module_of(contract)):
            findings += implementation_findings([contract])
    strangers = [contract for contract in _registered if contracts_of(contract) != (contract,)]
    for contract in strangers:
        findings += contract_findings(contract)
    return findings


def _count_findings(contract: type, services: list[type]) -> list[Finding]:
    name = f"{contract.__module__}.{contract.__qualname__}"
    if not services:
        return [
            Finding(
                _MISSING,
                f"Nothing implements {name} in this process.",
                f"Write @implements({contract.__name__}) above a class in its module's service.py.",
                place_of(contract),
            )
        ]
    if len(services) > 1:
        names = ", ".join(f"{one.__module__}.{one.__qualname__}" for one in services)
        return [
            Finding(
                _DOUBLED,
                f"{name} is implemented {len(services)} times: {names}.",
                "Leave @implements on one of them; a fake for tests only subclasses the contract.",
                place_of(services[-1]),
            )
        ]
    return []


def _fit_findings(spec: ContractSpec, service: type) -> list[Finding]:
    name = f"{service.__module__}.{service.__qualname__}"
    place = place_of(service)
    if spec.contract not in contracts_of(service):
        hint = f"Write class {service.__name__}({spec.contract.__name__}):"
        problem = f"{name} does not inherit from {spec.contract.__name__}, which it implements."
        return [Finding(_MISTYPED, problem, hint, place)]
    findings: list[Finding] = []
    if any(
        parameter.default is parameter.empty and parameter.kind not in GATHERING
        for parameter in inspect.signature(service).parameters.values()
    ):
        problem = f"{name} cannot be made without arguments."
        hint = "Banyan makes one of it for the process; give the arguments of __init__ defaults."
        findings.append(Finding(_MISTYPED, problem, hint, place))
    hint = f"Give it the signature that {spec.contract.__name__} declares."
    for method in spec.methods.values():
        if misfit := next(misfits(method, service), ""):
            where = place_of(getattr(service, method.name)) or place
            findings.append(Finding(_MISTYPED, f"{name}.{method.name} {misfit}.", hint, where))
    return findings


@contextmanager
def substituted(contract: type, service: object) -> Iterator[None]:
    """Within a block, this object serves the contract, whatever is registered; for tests.

    Whoever has bound a method of the one before keeps it: see :func:`banyan.testing.serving`.
    """
    before = _serving.get(contract)
    _serving[contract] = service
    try:
        yield
    finally:
        if before is None:
            _serving.pop(contract, None)
        else:
            _serving[contract] = before
