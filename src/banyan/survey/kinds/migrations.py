"""Migrations that wait for another module's, or run before them."""

from collections.abc import Iterator
from typing import Final

from banyan.survey.facts import Coupling, Kind, Unresolved
from banyan.survey.namespaces import straightened
from banyan.survey.outline import Outline
from banyan.survey.scopes import Scope
from banyan.survey.syntax import Assign, Call, Class, Display, Name
from banyan.survey.territory import Territory
from banyan.survey.traversal import last_name, within
from banyan.survey.wording import Wording, is_known

_LISTS: Final = frozenset({"dependencies", "run_before"})


def migrations(
    wording: Wording, territory: Territory, outline: Outline
) -> Iterator[Coupling | Unresolved]:
    """The migrations of other modules that those of a file depend on."""
    here = territory.module_at(outline.module.path)
    if here is None:
        return
    for node, scope in outline.classes:
        if node.name == "Migration":
            inner = Scope(scope.module, node, scope, node.name)
            for pair in _pairs(node):
                yield from _coupling(wording, territory, here, inner, pair)


def _pairs(migration: Class) -> Iterator[Display | Call]:
    for statement in straightened(migration.body):
        match statement:
            case Assign(targets=[Name(id=name)], value=value) if name in _LISTS and value:
                for node in within(value):
                    match node:
                        case Display(form="tuple", items=[_, _]):
                            yield node
                        case Call(function=called) if last_name(called) == "swappable_dependency":
                            yield node
                        case _:
                            pass
            case _:
                pass


def _coupling(
    wording: Wording, territory: Territory, here: str, scope: Scope, pair: Display | Call
) -> Iterator[Coupling | Unresolved]:
    path = scope.module.path
    if isinstance(pair, Call):
        target = wording.text(scope, pair.arguments[0]) if pair.arguments else ""
        label = target.partition(".")[0]
        target = f"{label}.__first__"
    else:
        label, name = (wording.text(scope, item) for item in pair.items)
        target = f"{label}.{name}"
    if not is_known(label):
        reason = "the app of the migration that this one depends on is not told here"
        yield Unresolved(file=path, line=pair.line, reason=reason)
        return
    there = territory.module(label)
    if there is not None and there != here:
        yield Coupling(
            kind=Kind.MIGRATION,
            from_=here,
            to=there,
            file=path,
            line=pair.line,
            source=scope.module.name,
            target=target,
        )
