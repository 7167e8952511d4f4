"""Looks at one file after the other for what ties its module to others."""

from collections.abc import Iterator

from banyan.survey.facts import Coupling, Place, Unresolved
from banyan.survey.groundwork import Groundwork
from banyan.survey.kinds.get_model import get_model
from banyan.survey.kinds.http_calls import http_calls
from banyan.survey.kinds.imports import imports
from banyan.survey.kinds.migrations import migrations
from banyan.survey.kinds.raw_sql import raw_sql
from banyan.survey.kinds.tasks import tasks
from banyan.survey.kinds.urls import template_urls, urls
from banyan.survey.outline import outline


def inspect(ground: Groundwork, path: str) -> Iterator[Coupling | Unresolved]:
    """What ties the module of a Python file to others, and where following ended."""
    module = ground.codebase.at(path)
    lines = ground.outlines.get(path) or outline(module, ground.codebase.source(module))
    names, territory = ground.names, ground.territory
    yield from imports(names, territory, lines)
    if module.place is Place.TEST:
        return
    yield from get_model(names, ground.wording, territory, ground.graph, lines)
    yield from raw_sql(ground.sql, lines)
    yield from ground.follower.follow(path)
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
