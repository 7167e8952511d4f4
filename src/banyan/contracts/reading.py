"""Reads a contract's class: gives its specification, or says what in it cannot be used."""

import inspect
import typing
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from banyan.contracts.codec import codec_of, codec_of_fields
from banyan.contracts.messages import Event
from banyan.contracts.methods import declaration_of
from banyan.contracts.naming import pascal_case
from banyan.contracts.shapes import (
    ABSENT,
    Field,
    NoProtoForm,
    field_of,
    hints_of,
    refuse_doubles,
)
from banyan.contracts.specs import RESULT, ContractSpec, ErrorSpec, EventSpec, MethodSpec
from banyan.findings import Finding, FindingsError, Location

_NO_FORM = "banyan.E201"
_UNDECLARED = "banyan.E202"
_SIGNATURE = "banyan.E203"
_COLLISION = "banyan.E204"
_NO_CONTRACT = "banyan.E205"

_BY_NAME = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)


_declared: list[type] = []


class _Unusable(Exception):
    """What keeps a part of a contract from being read."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding


def spec_of(contract: type) -> ContractSpec:
    """What a contract says, worked out once.

    Raises:
        FindingsError: if it cannot be used as it is written.
    """
    spec, findings = _read(contract)
    if findings:
        raise FindingsError(findings)
    return spec


def note_declared(candidate: type) -> None:
    """Remember a class if it is a contract."""
    if contracts_of(candidate) == (candidate,):
        _declared.append(candidate)


def declared_contracts() -> tuple[type, ...]:
    """Every contract that has been imported, in that order; of one that was anew, the newest."""
    by_name = {(contract.__module__, contract.__qualname__): contract for contract in _declared}
    return tuple(by_name.values())


def contract_findings(contract: type) -> tuple[Finding, ...]:
    """What in a contract cannot be used as it is written."""
    return _read(contract)[1]


@cache
def event_spec(event: type[Event]) -> EventSpec:
    """The name and the wire form of an event.

    Raises:
        FindingsError: if a field has a type that cannot travel.
    """
    try:
        return EventSpec(event, codec_of(event))
    except NoProtoForm as problem:
        raise FindingsError([_no_form(problem, place_of(event))]) from None


@cache
def _read(contract: type) -> tuple[ContractSpec, tuple[Finding, ...]]:
    methods: dict[str, MethodSpec] = {}
    findings: list[Finding] = []
    if contracts_of(contract) != (contract,):
        findings.append(_no_contract(contract))
    for name, function in _methods(contract):
        try:
            methods[name] = _method(contract, name, function)
        except _Unusable as unusable:
            findings.append(unusable.finding)
    findings += _collisions(contract, methods)
    return ContractSpec(contract, methods), tuple(findings)


def contracts_of(candidate: type) -> tuple[type, ...]:
    """A contract by itself; else the contracts that a class implements."""
    if typing.Protocol in candidate.__bases__:
        extends = any(hasattr(base, "wire_version") for base in candidate.__bases__)
        return (candidate,) if extends else ()
    return tuple(
        dict.fromkeys(found for parent in candidate.__bases__ for found in contracts_of(parent))
    )


def _methods(contract: type) -> Iterator[tuple[str, Callable[..., Any]]]:
    seen: set[str] = set()
    for owner in contract.__mro__:
        if owner is typing.Protocol:
            continue
        for name, value in vars(owner).items():
            public = not name.startswith("_") and name not in seen
            if public and inspect.isfunction(value):
                seen.add(name)
                yield name, value


def _method(contract: type, name: str, function: Callable[..., Any]) -> MethodSpec:
    where = f"{contract.__qualname__}.{name}"
    place = place_of(function)
    declaration = declaration_of(function)
    if declaration is None:
        raise _Unusable(
            Finding(
                _UNDECLARED,
                f"{where} is neither a query nor a command.",
                "Write @query above a method that only reads, @command above one that acts; "
                "begin the name of anything else with an underscore.",
                place,
            )
        )
    try:
        signature = _signature(where, function, place)
        request = _request(where, signature)
        returned = signature.return_annotation
        response = [] if returned is None else [field_of(where, RESULT, returned)]
        raises = tuple(ErrorSpec(error, codec_of(error)) for error in declaration.raises)
        return MethodSpec(
            contract,
            name,
            declaration,
            signature,
            codec_of_fields(request),
            codec_of_fields(response),
            raises,
        )
    except NoProtoForm as problem:
        raise _Unusable(_no_form(problem, place)) from None


def _signature(
    where: str, function: Callable[..., Any], place: Location | None
) -> inspect.Signature:
    if inspect.iscoroutinefunction(function):
        raise _Unusable(
            Finding(
                _SIGNATURE,
                f"{where} is async.",
                "Declare it with a plain def; whoever wants to await it writes "
                "`await acall(client.method, …)`.",
                place,
            )
        )
    hints = hints_of(where, function)
    parameters = list(inspect.signature(function).parameters.values())[1:]
    for parameter in parameters:
        if parameter.kind not in _BY_NAME:
            raise _Unusable(
                Finding(
                    _SIGNATURE,
                    f"{where} takes {str(parameter).partition(':')[0]!r}, but arguments travel "
                    "by name.",
                    "Declare each argument by itself, without * or / before or after it.",
                    place,
                )
            )
    missing = [name for name in [*(p.name for p in parameters), "return"] if name not in hints]
    if missing:
        raise _Unusable(
            Finding(
                _SIGNATURE,
                f"{where} has no annotation for {', '.join(missing)}.",
                "Annotate every argument and the result; None is a result too.",
                place,
            )
        )
    returned = None if hints["return"] is type(None) else hints["return"]
    return inspect.Signature(
        [parameter.replace(annotation=hints[parameter.name]) for parameter in parameters],
        return_annotation=returned,
    )


def _request(where: str, signature: inspect.Signature) -> list[Field]:
    fields: list[Field] = []
    for name, parameter in signature.parameters.items():
        given = parameter.default is not inspect.Parameter.empty
        default = parameter.default if given else ABSENT
        fields.append(field_of(where, name, parameter.annotation, default))
    refuse_doubles(where, fields)
    return fields


def _no_contract(contract: type) -> Finding:
    return Finding(
        _NO_CONTRACT,
        f"{contract.__module__}.{contract.__qualname__} is not a contract.",
        f"Write `class {contract.__name__}(Contract, Protocol):`, with both bases.",
        place_of(contract),
    )


def _no_form(problem: NoProtoForm, place: Location | None) -> Finding:
    return Finding(_NO_FORM, f"{problem}.", problem.hint, place)


def _collisions(contract: type, methods: Iterable[str]) -> Iterator[Finding]:
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for name in methods:
        groups[pascal_case(name)].append(name)
    for wire_name, names in groups.items():
        if len(names) > 1:
            yield Finding(
                _COLLISION,
                f"{contract.__qualname__} has the methods {' and '.join(names)}, which on the "
                f"wire are both {wire_name}.",
                "Rename one of them.",
                place_of(contract),
            )


def place_of(thing: Any) -> Location | None:
    """Where a class or function is written, as far as that can be told."""
    try:
        file = inspect.getsourcefile(thing)
        line = inspect.getsourcelines(thing)[1]
    except (OSError, TypeError):
        return None
    return Location(Path(file), line) if file else None
