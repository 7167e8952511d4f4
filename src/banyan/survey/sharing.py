"""What is known of the code that belongs to no app: what it imports, and who uses which part."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from banyan.survey.codebase import Codebase
from banyan.survey.facts import SharedCode
from banyan.survey.kinds.imports import Reach, is_of_models
from banyan.survey.meanings import PythonModule
from banyan.survey.territory import Territory


@dataclass(slots=True)
class _Use:
    imports: set[str] = field(default_factory=set[str])
    imports_models: bool = False
    used_by: set[str] = field(default_factory=set[str])


def shared_code(
    codebase: Codebase,
    territory: Territory,
    reached: Iterable[tuple[str, Reach]],
    lines: Mapping[str, int],
) -> Iterator[SharedCode]:
    """The shared files of a project, tests and migrations left out.

    Args:
        reached: what each file imports of the project, with the file's path.
        lines: of each file that is counted, by its path.
    """
    uses = {
        module.path: _Use()
        for module in codebase.modules()
        if module.place is None and territory.module_at(module.path) is None
    }
    for path, reach in reached:
        if codebase.at(path).place is not None:
            continue
        here, there = territory.module_at(path), territory.module_at(reach.path)
        if path in uses and there is not None:
            uses[path].imports.add(there)
            is_models = reach.is_module and is_of_models(territory, reach.path)
            uses[path].imports_models |= reach.is_model or is_models
        if here is not None:
            for used in {reach.path, reach.through}:
                if used in uses:
                    uses[used].used_by.add(here)
    for path in sorted(uses):
        module = codebase.at(path)
        if lines.get(path, 0):
            yield _row(module, uses[path], lines[path])


def _row(module: PythonModule, use: _Use, lines: int) -> SharedCode:
    return SharedCode(
        name=module.name,
        path=module.path,
        lines=lines,
        imports=tuple(sorted(use.imports)),
        imports_models=use.imports_models,
        used_by=tuple(sorted(use.used_by)),
    )
