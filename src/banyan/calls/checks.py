"""Django system checks: whether the calls of this process can work."""

from collections.abc import Callable, Iterable
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core import checks
from django.urls import Resolver404, resolve

from banyan import conf, modules
from banyan.calls.apps import CallsConfig
from banyan.calls.routing import module_of
from banyan.contracts import spec_of
from banyan.contracts.implementations import implementation_findings
from banyan.contracts.reading import contract_findings, declared_contracts
from banyan.errors import ConfigurationError
from banyan.findings import Finding, Level
from banyan.modules import Residency, Service

_MESSAGES: dict[Level, Callable[..., checks.CheckMessage]] = {
    Level.ERROR: checks.Error,
    Level.WARNING: checks.Warning,
    Level.INFO: checks.Info,
}


@checks.register("banyan")
def implementations(**_: Any) -> list[checks.CheckMessage]:
    """Every contract of a resident module is implemented, once, and as it says."""
    findings: list[Finding] = []
    for contract in filter(_is_of_project, declared_contracts()):
        unusable = contract_findings(contract)
        findings += unusable
        if not unusable and modules.current().is_resident(module_of(contract, modules.current())):
            findings += implementation_findings([contract])
    return _shown(findings)


@checks.register("banyan")
def services(**_: Any) -> list[checks.CheckMessage]:
    """The other services can be found, and know this one."""
    residency = modules.current()
    others = list(_called(residency))
    return _shown([*_unlocated(others), *_unguarded(others)])


@checks.register("banyan", checks.Tags.urls)
def endpoint(**_: Any) -> list[checks.CheckMessage]:
    """A service among others answers calls at the configured address."""
    if modules.current().service is None:
        return []
    path = conf.settings().calls.path.strip("/")
    live = f"/{path}/live" if path else "/live"
    try:
        found = resolve(live).view_name
    except Resolver404:
        found = ""
    if found.endswith("banyan:live"):
        return []
    return _shown(
        [
            Finding(
                "banyan.E304",
                f"This service does not answer calls: nothing of Banyan's is at {live}.",
                f'Add path("{path}/", include("banyan.calls.urls")) to {settings.ROOT_URLCONF}.',
            )
        ]
    )


@checks.register("banyan")
def joining_methods(**_: Any) -> list[checks.CheckMessage]:
    """Commands that hold two modules together are said aloud."""
    findings = [
        Finding(
            "banyan.W305",
            f"{method.path[1:]} joins its caller's transaction: its module and its "
            "callers can never run in different services.",
            "Take joins=True off once the callers can do without the common transaction; until "
            "then silence this in SILENCED_SYSTEM_CHECKS.",
            level=Level.WARNING,
        )
        for spec in (spec_of(one) for one in declared_contracts() if _is_sound(one))
        for method in spec.methods.values()
        if method.joins
    ]
    return _shown(findings)


def _is_of_project(contract: type) -> bool:
    """Whether a contract belongs to a module, or to an app, and is not just imported somewhere."""
    return (
        modules.current().module_of(contract) in modules.current().project.modules
        or apps.get_containing_app_config(contract.__module__) is not None
    )


def _is_sound(contract: type) -> bool:
    return _is_of_project(contract) and not contract_findings(contract)


def _called(residency: Residency) -> Iterable[Service]:
    """The other services that the resident modules may call."""
    seen: set[str] = set()
    for name in sorted(residency.resident):
        module = residency.project.modules.get(name)
        for called in module.calls if module else ():
            service = residency.service_of(called)
            if service and not residency.is_resident(called) and service.name not in seen:
                seen.add(service.name)
                yield service


def _unlocated(others: Iterable[Service]) -> Iterable[Finding]:
    config = apps.get_app_config("banyan_calls")
    assert isinstance(config, CallsConfig)  # noqa: S101 - our own label
    for service in others:
        try:
            config.directory.locate(service.name)
        except ConfigurationError as error:
            # Not yet an error: a migration, or a shell, runs without the other services.
            yield Finding("banyan.W302", error.message, error.hint, level=Level.WARNING)


def _unguarded(others: list[Service]) -> Iterable[Finding]:
    if modules.current().service is None or settings.DEBUG or conf.settings().calls.secret:
        return
    names = ", ".join(service.name for service in others)
    also = f" and would call {names} without one" if names else ""
    yield Finding(
        "banyan.W303",
        f"Whoever reaches this service's endpoint may call it: it has no secret{also}.",
        "Set BANYAN_CALLS_SECRET to the same long random text in all services, and let no "
        "gateway route to the endpoint.",
        level=Level.WARNING,
    )


def _shown(findings: Iterable[Finding]) -> list[checks.CheckMessage]:
    return [
        _MESSAGES[one.level](
            f"{one.location}: {one.message}" if one.location else one.message,
            hint=one.hint or None,
            id=one.id,
        )
        for one in findings
    ]
