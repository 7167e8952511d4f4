"""First-party code that belongs to no module: what it leans on, and who leans on it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import msgspec

from banyan.survey.facts import Imported, SharedCode, Unresolved
from banyan.survey.kinds.imports import Reach, face, is_of_models
from banyan.survey.territory import Territory


class Reached(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """What a file imports of the project, as far as shared code is told by it.

    Attributes:
        path: of the file that defines it.
        through: of the file that it is imported from, which may only pass it on.
        of_models: whether it is a model, or a module of models.
        row: of a module's, in shared code: what is told of it.
    """

    path: str
    through: str
    of_models: bool
    row: Imported | None = None


def reached(
    territory: Territory, path: str, imported: Iterable[Reach | Unresolved]
) -> list[Reached]:
    """What a file imports of the project, each once."""
    is_shared = territory.module_at(path) is None
    found = dict.fromkeys(
        Reached(
            one.path,
            one.through,
            one.is_model or (one.is_module and is_of_models(territory, one.path)),
            _row(territory, one) if is_shared else None,
        )
        for one in imported
        if isinstance(one, Reach)
    )
    return list(found)


def _row(territory: Territory, one: Reach) -> Imported | None:
    there = territory.module_at(one.path)
    if there is None:
        return None
    return Imported(
        line=one.line,
        source=one.scope.name,
        target=one.target,
        face=face(territory, one),
        to=there,
        place=one.place,
    )


@dataclass(slots=True)
class _Shared:
    name: str
    imports: set[str] = field(default_factory=set[str])
    imports_models: bool = False
    used_by: set[str] = field(default_factory=set[str])
    reaches: set[Imported] = field(default_factory=set[Imported])


def shared_code(
    territory: Territory,
    names: Mapping[str, str],
    imports: Mapping[str, Iterable[Reached]],
    lines: Mapping[str, int],
) -> Iterator[SharedCode]:
    """The files of no module, with the modules that they import and those that import them.

    Args:
        names: the dotted name of each file of ordinary code, by its path.
        imports: what each of them imports.
        lines: of each file.
    """
    found = {
        path: _Shared(name) for path, name in names.items() if territory.module_at(path) is None
    }
    for of, imported in imports.items():
        here = territory.module_at(of)
        own = found.get(of)
        for one in imported:
            if own is not None and (there := territory.module_at(one.path)) is not None:
                own.imports.add(there)
                own.imports_models |= one.of_models
                if one.row is not None:
                    own.reaches.add(one.row)
            for path in {one.path, one.through} if here is not None else ():
                if path in found:
                    found[path].used_by.add(here or "")
    for path, each in sorted(found.items()):
        yield SharedCode(
            name=each.name,
            path=path,
            lines=lines.get(path, 0),
            imports=tuple(sorted(each.imports)),
            imports_models=each.imports_models,
            used_by=tuple(sorted(each.used_by)),
            reaches=tuple(sorted(each.reaches, key=_order)),
        )


def _order(one: Imported) -> tuple[int, str, str]:
    return one.line, one.target, one.source
