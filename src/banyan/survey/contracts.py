"""The files of contracts, and all that they lean on."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from banyan.survey.facts import ContractFile, Imported
from banyan.survey.kinds.imports import Reach, face, is_of_contract, place, reaches
from banyan.survey.names import Names
from banyan.survey.outline import Outline
from banyan.survey.territory import Territory

_BANYAN: Final = "banyan"


def contract_files(
    names: Names, territory: Territory, outlines: Iterable[Outline]
) -> Iterator[ContractFile]:
    """The files of each app's contract, with what they import.

    Others may call a file so that know nothing of contracts, as one about legal ones: only where
    some file of it imports Banyan it is one.

    Args:
        outlines: of all files of ordinary code.
    """
    found: defaultdict[str, list[ContractFile]] = defaultdict(list)
    for outline in outlines:
        path = outline.module.path
        app, module = territory.app_at(path), territory.module_at(path)
        if app is None or module is None or not is_of_contract(territory, path):
            continue
        leant_on = {*_of_project(names, territory, outline), *_external(names, outline)}
        listed = sorted(leant_on, key=lambda one: (one.line, one.target, one.source))
        found[app.path].append(
            ContractFile(module=module, name=outline.module.name, path=path, imports=tuple(listed))
        )
    for files in found.values():
        if any(_is_banyans(one.target) for file in files for one in file.imports):
            yield from files


def _of_project(names: Names, territory: Territory, outline: Outline) -> Iterator[Imported]:
    for reach in reaches(names, outline):
        if isinstance(reach, Reach):
            there = territory.module_at(reach.path)
            yield Imported(
                line=reach.line,
                source=reach.scope.name,
                target=reach.target,
                face=face(territory, reach) if there is not None else "shared",
                to=there or "",
                place=reach.place,
            )


def _external(names: Names, outline: Outline) -> Iterator[Imported]:
    codebase = names.codebase
    for node, scope in outline.imports:
        if node.level or codebase.find(node.module, outline.module) is not None:
            continue
        name = f".{node.name}" if node.name not in (None, "*") else ""
        yield Imported(
            line=node.line,
            source=scope.name,
            target=f"{node.module}{name}",
            face="external",
            place=place(outline.module, node),
        )


def _is_banyans(name: str) -> bool:
    return name.partition(".")[0] == _BANYAN
