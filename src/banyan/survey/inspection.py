"""Looks at one file after the other for what ties its module to others."""

from collections.abc import Iterator

import msgspec

from banyan.survey.facts import Coupling, Place, Unresolved
from banyan.survey.groundwork import Groundwork
from banyan.survey.insides import Counted, counted
from banyan.survey.kinds.get_model import get_model
from banyan.survey.kinds.http_calls import http_calls
from banyan.survey.kinds.imports import Reach, imports, reaches
from banyan.survey.kinds.migrations import migrations
from banyan.survey.kinds.raw_sql import raw_sql
from banyan.survey.kinds.tasks import tasks
from banyan.survey.kinds.urls import template_urls, urls
from banyan.survey.meanings import PythonModule
from banyan.survey.outline import Outline
from banyan.survey.shared import Reached, reached


class Inspected(msgspec.Struct, array_like=True, gc=False):
    """What a file tells.

    Attributes:
        imports: what it imports of the project, where it is ordinary code.
        counted: what counts as inside of its module.
        marks: of what was looked at for it.
    """

    couplings: list[Coupling]
    unresolved: list[Unresolved]
    imports: list[Reached]
    counted: Counted
    marks: bytes = b""


def inspect(ground: Groundwork, path: str) -> Inspected:
    """What ties the module of a Python file to others, and where following ended."""
    consulted = ground.codebase.consulted
    outer = consulted.begin()
    module = ground.codebase.at(path)
    lines = ground.outlines[path]
    imported = list(reaches(ground.names, lines))
    found = Inspected([], [], [], Counted())
    if module.place is None:
        found.counted = counted(ground.territory, lines, imported)
        found.imports = reached(ground.territory, path, imported)
    for one in _told(ground, module, lines, imported):
        if isinstance(one, Coupling):
            found.couplings.append(one)
        else:
            found.unresolved.append(one)
    found.marks = consulted.end(outer).packed()
    return found


def _told(
    ground: Groundwork, module: PythonModule, lines: Outline, imported: list[Reach | Unresolved]
) -> Iterator[Coupling | Unresolved]:
    names, territory = ground.names, ground.territory
    if territory.module_at(module.path) is None:
        return
    yield from imports(territory, lines, imported)
    if module.place is Place.TEST:
        return
    yield from get_model(names, ground.wording, territory, ground.graph, lines)
    yield from raw_sql(ground.sql, lines)
    yield from ground.follower.follow(module.path)
    # They may be in any folder that MIGRATION_MODULES names.
    yield from migrations(ground.wording, territory, lines)
    if module.place is Place.MIGRATION:
        return
    yield from tasks(names, territory, ground.tasks, lines)
    yield from http_calls(names, ground.wording, territory, lines)
    yield from urls(names, ground.wording, territory, ground.routes, lines)


def inspect_template(ground: Groundwork, path: str, text: str) -> Iterator[Coupling | Unresolved]:
    """What ties the module of a template to others."""
    yield from template_urls(ground.territory, ground.routes, path, text)
