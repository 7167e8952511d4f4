"""HTTP calls: to a host that is hard-coded, from the settings, from the environment or unknown."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from banyan.survey.facts import Coupling, Kind, Place
from banyan.survey.meanings import External, FunctionRef
from banyan.survey.names import Names
from banyan.survey.outline import Outline
from banyan.survey.scopes import Local, Scope
from banyan.survey.syntax import (
    Attribute,
    Call,
    Conditional,
    Constant,
    Display,
    Expression,
    Format,
    Name,
    Operation,
    Subscript,
    Text,
)
from banyan.survey.territory import Territory
from banyan.survey.traversal import last_name
from banyan.survey.wording import GAP, Wording

_VERBS: Final = frozenset({"get", "post", "put", "patch", "delete", "head", "options"})
_WITH_VERB_FIRST: Final = frozenset({"request", "stream", "send_request"})
_METHODS: Final = _VERBS | _WITH_VERB_FIRST | {"send", "urlopen", "ws_connect"}
# A function of a library, or a method of a client that it made. What a call has answered has
# methods of the same names.
_CALLED: Final = re.compile(
    r"(?P<library>requests\w*|httpx|urllib3|aiohttp|niquests|authlib|urllib)\."
    r"(?:[\w.]*(?:[Ss]ession|Client|Pool|Manager)\(\)\.|(?:api|request|client|sessions)\.)?"
    r"(?P<method>\w+)"
)
# Libraries that don't wait without end unless they are told to.
_PATIENT: Final = frozenset({"httpx", "aiohttp", "requests_hardened"})
_ENVIRONMENT: Final = ("os.environ", "os.getenv", "environ.", "decouple.", "environs.")


@dataclass(frozen=True, slots=True)
class _Host:
    """Where a URL leads: how its host is known, and the host itself or the name that gives it."""

    by: str
    name: str = ""


_UNKNOWN: Final = _Host("unknown")


def http_calls(
    names: Names, wording: Wording, territory: Territory, outline: Outline
) -> Iterator[Coupling]:
    """The HTTP calls that the code of a module makes; which module answers is not told."""
    here = territory.module_at(outline.module.path)
    if here is None or outline.module.place is Place.TEST:
        return
    for call, scope in outline.calls:
        called = _called(names, scope, call)
        if called is None:
            continue
        finder = _Finder(names, wording)
        library, method = called
        url = _url(call, method)
        host = finder.host(scope, url) if url is not None else _UNKNOWN
        if host.by in ("unknown", "relative"):
            host = finder.client_host(scope, call) or _Host("unknown", host.name)
        yield Coupling(
            kind=Kind.HTTP_CALL,
            from_=here,
            to="",
            file=outline.module.path,
            line=call.line,
            source=scope.name,
            target=host.name,
            host=host.by,
            timeout=_has_timeout(names, scope, call, library),
        )


def _called(names: Names, scope: Scope, call: Call) -> tuple[str, str] | None:
    """The library and method that a call is made with; None for calls that are no HTTP."""
    match call.function:
        case Attribute(name=name) if name not in _METHODS:
            return None
        case Attribute() | Name():
            known = names.known(scope, call.function)
        case _:
            return None
    found = _CALLED.fullmatch(known.name) if isinstance(known, External) else None
    if found is None or found["method"] not in _METHODS:
        return None
    library, method = found["library"], found["method"]
    if library == "urllib" and method != "urlopen":
        return None
    return library, method


def _url(call: Call, method: str) -> Expression | None:
    for keyword in call.keywords:
        if keyword.name == "url":
            return keyword.value
    number = 1 if method in _WITH_VERB_FIRST else 0
    if method == "urlopen" and len(call.arguments) > 1 and _is_verb(call.arguments[0]):
        number = 1
    return call.arguments[number] if len(call.arguments) > number else None


def _is_verb(expression: Expression) -> bool:
    return isinstance(expression, Text) and expression.value.lower() in _VERBS


def _has_timeout(names: Names, scope: Scope, call: Call, library: str) -> bool | None:
    """Whether it waits for a limited time; None where that can't be told."""
    for keyword in call.keywords:
        if keyword.name == "timeout":
            return not _is_none(keyword.value)
    made = _construction(names, scope, call)
    if made is not None:
        for keyword in made.keywords:
            if keyword.name == "timeout":
                return not _is_none(keyword.value)
    if any(keyword.name is None for keyword in call.keywords):
        return None
    if library == "urllib" and len(call.arguments) > 2:
        return True
    return library in _PATIENT


def _is_none(expression: Expression) -> bool:
    return isinstance(expression, Constant) and expression.value is None


def _construction(names: Names, scope: Scope, call: Call) -> Call | None:
    """The call that made the client."""
    if not isinstance(call.function, Attribute):
        return None
    made = names.made(scope, call.function.value)
    return made[0] if made is not None else None


@dataclass(frozen=True, slots=True)
class _Finder:
    names: Names
    wording: Wording
    entered: set[FunctionRef] = field(default_factory=set[FunctionRef])

    def client_host(self, scope: Scope, call: Call) -> _Host | None:
        """The host of a client's base address."""
        if not isinstance(call.function, Attribute):
            return None
        made = self.names.made(scope, call.function.value)
        if made is None:
            return None
        construction, there = made
        for keyword in construction.keywords:
            if keyword.name == "base_url":
                return self.host(there, keyword.value)
        first = construction.arguments[0] if construction.arguments else None
        if first is not None and _makes(construction) in ("ClientSession", "HTTPSConnectionPool"):
            return self.host(there, first)
        return None

    def host(self, scope: Scope, url: Expression, depth: int = 0) -> _Host:
        """How the host of an address is known."""
        if depth > 10:
            return _UNKNOWN
        match url:
            case Text(value=value):
                return _of_text(value)
            case Format(parts=parts) if parts:
                return self._of_parts(scope, parts, depth)
            case Operation(operator="+" | "%" | "/", left=left):
                return self.host(scope, left, depth + 1)
            case Operation(operator="or", left=left, right=right):
                return self._either(scope, left, right, depth)
            case Conditional(then=left, otherwise=right):
                return self._either(scope, left, right, depth)
            case Call(function=Attribute(value=of, name=name), arguments=arguments) if name in (
                "format",
                "rstrip",
                "strip",
                "replace",
                "removesuffix",
            ):
                if name == "format" and isinstance(of, Text) and of.value.startswith("{"):
                    return self.host(scope, arguments[0], depth + 1) if arguments else _UNKNOWN
                return self.host(scope, of, depth + 1)
            case Call(function=Attribute(name="join"), arguments=[many]):
                match self.names.known(scope, many):
                    case Local(expression=Display(items=[first, *_]), scope=there):
                        return self.host(there, first, depth + 1)
                    case _:
                        return _UNKNOWN
            case Call(function=function, arguments=[first, *_]) if last_name(function) in (
                "urljoin",
                "str",
                "Request",
                "URL",
                "furl",
                "quote",
            ):
                return self.host(scope, first, depth + 1)
            case Call(function=Name(id="getattr"), arguments=[of, Text(value=name), *_]):
                return self.host(scope, Attribute(url.line, of, name), depth + 1)
            case _:
                return self._named(scope, url, depth)

    def _named(self, scope: Scope, url: Expression, depth: int) -> _Host:
        known = self.names.known(scope, url)
        match known:
            case External(name=name) if name.startswith("django.conf.settings."):
                return _Host("settings", name.removeprefix("django.conf.").removesuffix("[]"))
            case External(name=name) if name.startswith(_ENVIRONMENT):
                return _Host("environment", "os.environ")
            case Local(expression=Subscript(value=of), scope=there) if of is not url:
                return self.host(there, of, depth + 1)
            case Local(expression=found, scope=there) if found is not url:
                return self.host(there, found, depth + 1)
            case _:
                return self._made(scope, url, depth)

    def _made(self, scope: Scope, url: Expression, depth: int) -> _Host:
        """The host of an address that a function of the project gives."""
        made = self.names.made(scope, url)
        if made is not None and made[0] is not url:
            return self.host(made[1], made[0], depth + 1)
        if isinstance(url, Call):
            callee = self.names.known(scope, url.function)
            if isinstance(callee, FunctionRef) and callee not in self.entered:
                self.entered.add(callee)
                for there, value in self.names.returns(callee):
                    found = self.host(there, value, depth + 1)
                    if found.by != "unknown":
                        return found
        return _UNKNOWN

    def _of_parts(self, scope: Scope, parts: tuple[Expression, ...], depth: int) -> _Host:
        first = parts[0]
        if isinstance(first, Text):
            host = _of_text(first.value)
            if host.by == "hard-coded" and not host.name.removeprefix("https://").removeprefix(
                "http://"
            ):
                # Only the scheme is written out.
                return self.host(scope, parts[1], depth + 1) if len(parts) > 1 else _UNKNOWN
            return host
        return self.host(scope, first, depth + 1)

    def _either(self, scope: Scope, left: Expression, right: Expression, depth: int) -> _Host:
        first = self.host(scope, left, depth + 1)
        return first if first.by != "unknown" else self.host(scope, right, depth + 1)


def _of_text(value: str) -> _Host:
    found = re.match(r"(\w+://[^/?#\s%{" + GAP + r"]*)", value)
    if found is not None:
        return _Host("hard-coded", found[1])
    if value.startswith("//"):
        return _Host("hard-coded", "//" + value[2:].partition("/")[0])
    return _Host("relative", value)


def _makes(construction: Call) -> str:
    return last_name(construction.function)
