"""First-party code that belongs to no module: what it leans on, and who leans on it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from banyan.survey.facts import Imported, SharedCode
from banyan.survey.kinds.imports import Reach, face, is_of_models, reaches
from banyan.survey.names import Names
from banyan.survey.outline import Outline
from banyan.survey.territory import Territory


@dataclass(slots=True)
class _Shared:
    name: str
    imports: set[str] = field(default_factory=set[str])
    imports_models: bool = False
    used_by: set[str] = field(default_factory=set[str])
    reaches: set[Imported] = field(default_factory=set[Imported])


def shared_code(
    names: Names, territory: Territory, outlines: Iterable[Outline], lines: Mapping[str, int]
) -> Iterator[SharedCode]:
    """The files of no module, with the modules that they import and those that import them.

    Args:
        outlines: of all files of ordinary code.
        lines: of each file.
    """
    listed = list(outlines)
    found = {
        one.module.path: _Shared(one.module.name)
        for one in listed
        if territory.module_at(one.module.path) is None
    }
    for outline in listed:
        here = territory.module_at(outline.module.path)
        own = found.get(outline.module.path)
        for reach in reaches(names, outline):
            if not isinstance(reach, Reach):
                continue
            if own is not None and (there := territory.module_at(reach.path)) is not None:
                own.imports.add(there)
                is_models = reach.is_module and is_of_models(territory, reach.path)
                own.imports_models |= reach.is_model or is_models
                own.reaches.add(
                    Imported(
                        line=reach.line,
                        source=reach.scope.name,
                        target=reach.target,
                        face=face(territory, reach),
                        to=there,
                        place=reach.place,
                    )
                )
            for path in {reach.path, reach.through} if here is not None else ():
                if path in found:
                    found[path].used_by.add(here or "")
    for path, one in sorted(found.items()):
        yield SharedCode(
            name=one.name,
            path=path,
            lines=lines.get(path, 0),
            imports=tuple(sorted(one.imports)),
            imports_models=one.imports_models,
            used_by=tuple(sorted(one.used_by)),
            reaches=tuple(sorted(one.reaches, key=_order)),
        )


def _order(one: Imported) -> tuple[int, str, str]:
    return one.line, one.target, one.source
