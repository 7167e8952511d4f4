"""URLs of other modules that are made from their names, in code and in templates."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from banyan.survey.facts import Coupling, Kind, Place, Unresolved
from banyan.survey.meanings import External
from banyan.survey.names import Names
from banyan.survey.outline import Outline
from banyan.survey.routes import Routes
from banyan.survey.scopes import Scope
from banyan.survey.syntax import Call, Name
from banyan.survey.territory import Territory
from banyan.survey.traversal import last_name
from banyan.survey.wording import Wording, is_known

_FUNCTIONS: Final = frozenset({"reverse", "reverse_lazy", "redirect", "resolve_url"})
# These take an address, or an object that has one, too.
_LENIENT: Final = frozenset({"redirect", "resolve_url"})
_NAME: Final = re.compile(r"[\w.:-]+$")
_TAG: Final = re.compile(
    r"""\{%-?\s*url\s+(?P<quote>['"])(?P<name>[^'"{}]+)(?P=quote)"""
    r"""|\{[{%][^{}%]*?\b(?P<call>url(?:_for)?\()\s*(?P<other>['"])(?P<called>[^'"{}]+)(?P=other)"""
)


_ADMIN: Final = re.compile(r"admin:(\w+)_(?:changelist|change|add|delete|history)$")
_FOLDERS: Final = re.compile(r"(?:^|/)(?:templates|jinja2)/")
_UNREAD: Final = re.compile(
    r"\{#.*?#\}|\{%-?\s*comment\b.*?%\}.*?\{%-?\s*endcomment\s*-?%\}"
    r"|\{%-?\s*(?P<form>verbatim|raw)\b.*?%\}.*?\{%-?\s*end(?P=form)\b.*?%\}",
    re.DOTALL,
)


def _blank(match: re.Match[str]) -> str:
    return "\n" * match[0].count("\n")


def urls(
    names: Names, wording: Wording, territory: Territory, routes: Routes, outline: Outline
) -> Iterator[Coupling | Unresolved]:
    """The URLs of other modules that a file makes by their names."""
    module = outline.module
    here = territory.module_at(module.path)
    if here is None or module.place is Place.TEST:
        return
    for call, scope in outline.calls:
        called = _called_name(names, scope, call)
        if called is None:
            continue
        named = {one.name: one.value for one in call.keywords}
        target = call.arguments[0] if call.arguments else named.get("viewname")
        if target is None:
            continue
        name = wording.text(scope, target)
        if not is_known(name):
            if called not in _LENIENT:
                reason = "the name of the URL that is reversed is not told here"
                yield Unresolved(file=module.path, line=call.line, reason=reason)
        elif _NAME.match(name):
            site = _Site(module.path, call.line, scope.name)
            yield from _coupling(territory, routes, here, name, site)


def template_urls(
    territory: Territory, routes: Routes, path: str, text: str
) -> Iterator[Coupling | Unresolved]:
    """The URLs of other modules that a template makes; Django's and Jinja's tags."""
    here = _home(territory, path)
    if here is None:
        return
    # What is commented out, or shown as it is, makes no URL.
    text = _UNREAD.sub(_blank, text)
    for tag in _TAG.finditer(text):
        name = tag["name"] or tag["called"]
        at = tag.start("call") if tag["called"] else tag.start()
        line = text.count("\n", 0, at) + 1
        yield from _coupling(territory, routes, here, name, _Site(path, line, path))


def _home(territory: Territory, path: str) -> str | None:
    """The module of a template.

    What stands in a folder of templates that several apps share is of the app whose label the
    folder below it has: ``templates/orders/detail.html``.
    """
    app = territory.app_at(path)
    for folder in _FOLDERS.split(path, maxsplit=1)[-1].split("/")[:-1]:
        named = territory.app(folder)
        if named is not None and named is not app:
            is_shared = app is None or named.path.startswith(f"{app.path}/")
            return territory.module_at(named.path if is_shared else path)
    return territory.module_at(path)


@dataclass(frozen=True, slots=True)
class _Site:
    path: str
    line: int
    source: str


def _of_admin(territory: Territory, name: str) -> frozenset[str]:
    """The module of the model whose page in Django's admin it is."""
    found = _ADMIN.match(name)
    words = found[1].split("_") if found else []
    for number in range(len(words) - 1, 0, -1):
        module = territory.module("_".join(words[:number]))
        if module is not None:
            return frozenset({module})
    return frozenset()


def _coupling(
    territory: Territory, routes: Routes, here: str, name: str, site: _Site
) -> Iterator[Coupling | Unresolved]:
    modules = {one for one in routes.modules(name) if one} or _of_admin(territory, name)
    if not modules or here in modules:
        return
    if len(modules) > 1:
        listed = ", ".join(sorted(modules))
        reason = f"several modules have a URL of the name {name}: {listed}"
        yield Unresolved(file=site.path, line=site.line, reason=reason)
        return
    (there,) = modules
    yield Coupling(
        kind=Kind.URL_REVERSE,
        from_=here,
        to=there,
        file=site.path,
        line=site.line,
        source=site.source,
        target=name,
    )


def _called_name(names: Names, scope: Scope, call: Call) -> str | None:
    """Which of Django's functions is called; None for all others."""
    last = last_name(call.function)
    known: object = None
    if last in _FUNCTIONS or isinstance(call.function, Name):
        known = names.known(scope, call.function)
    if not isinstance(known, External) or not known.name.startswith(("django.", "rest_framework.")):
        return None
    found = known.name.rpartition(".")[2]
    return found if found in _FUNCTIONS else None
