"""Looks at one file after the other for what ties its module to others."""

from collections.abc import Iterator

from banyan.survey.facts import Coupling, Place, Unresolved
from banyan.survey.following import Follower
from banyan.survey.groundwork import Groundwork
from banyan.survey.kinds.get_model import get_model
from banyan.survey.kinds.http_calls import http_calls
from banyan.survey.kinds.imports import imports
from banyan.survey.kinds.migrations import migrations
from banyan.survey.kinds.tasks import tasks
from banyan.survey.outline import outline


class Inspector:
    """Finds the couplings of a file; what it holds is shared by all files."""

    def __init__(self, groundwork: Groundwork) -> None:
        self.follower = Follower(
            groundwork.codebase, groundwork.graph, groundwork.territory, groundwork.user
        )
        self._ground = groundwork

    def couplings(self, path: str) -> Iterator[Coupling | Unresolved]:
        """What ties the module of a file to others, and where following ended."""
        ground = self._ground
        module = ground.codebase.at(path)
        lines = ground.outlines.get(path) or outline(module, ground.codebase.source(module))
        yield from imports(ground.names, ground.territory, lines)
        if module.place is Place.TEST:
            return
        yield from get_model(ground.names, ground.wording, ground.territory, ground.graph, lines)
        if module.place is Place.MIGRATION:
            yield from migrations(ground.wording, ground.territory, lines)
            return
        yield from tasks(ground.names, ground.territory, ground.tasks, lines)
        yield from http_calls(ground.names, ground.wording, ground.territory, lines)
        yield from self.follower.follow(path)
