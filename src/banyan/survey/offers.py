"""What the contracts of modules offer: methods that others may call, events that they may hear."""

from collections.abc import Iterable, Iterator
from typing import Final

from banyan.survey.facts import Offer
from banyan.survey.kinds.imports import is_public
from banyan.survey.meanings import ClassRef, External
from banyan.survey.names import Names
from banyan.survey.outline import Outline
from banyan.survey.scopes import Scope
from banyan.survey.syntax import Class, Function
from banyan.survey.territory import Territory

_CONTRACT: Final = "banyan.Contract"
_EVENT: Final = "banyan.Event"
_METHODS: Final = {
    f"banyan.{kind}{call}": kind for kind in ("query", "command") for call in ("", "()")
}


def offers(
    names: Names, territory: Territory, outlines: Iterable[Outline]
) -> dict[str, tuple[Offer, ...]]:
    """What the public files of each module declare, from top to bottom."""
    found: dict[str, list[Offer]] = {module: [] for module in territory.modules}
    for outline in outlines:
        module = territory.module_at(outline.module.path)
        if module is not None:
            found[module].extend(_declared(names, territory, outline))
    return {module: tuple(listed) for module, listed in found.items()}


def _declared(names: Names, territory: Territory, outline: Outline) -> Iterator[Offer]:
    if not is_public(territory, outline.module.path):
        return
    for of, scope in outline.classes:
        # What stands in a function or in another class is nobody's to import.
        if scope.parent is not None:
            continue
        meaning = names.codebase.lookup(outline.module, of.name)
        if not isinstance(meaning, ClassRef):
            continue
        ancestors = {
            one.name for one in names.codebase.lineage(meaning) if isinstance(one, External)
        }
        if _EVENT in ancestors:
            yield Offer(kind="event", name=of.name)
        elif _CONTRACT in ancestors:
            yield from _methods(names, of, scope)


def _methods(names: Names, of: Class, scope: Scope) -> Iterator[Offer]:
    for statement in of.body:
        if not isinstance(statement, Function):
            continue
        for decorator in statement.decorators:
            known = names.known(scope, decorator)
            kind = _METHODS.get(known.name) if isinstance(known, External) else None
            if kind is not None:
                yield Offer(kind=kind, name=f"{of.name}.{statement.name}")
