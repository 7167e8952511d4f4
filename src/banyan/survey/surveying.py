"""Surveys a project: reads its tree, and looks at it file by file."""

import subprocess
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TypeAlias

from banyan.modules import Project
from banyan.survey.adapters.tree import FolderTree
from banyan.survey.facts import (
    Coupling,
    Module,
    ProjectFacts,
    Survey,
    Unresolved,
    order,
)
from banyan.survey.figures import cycles
from banyan.survey.groundwork import Groundwork, lay
from banyan.survey.inspection import inspect, inspect_template
from banyan.survey.kinds.relations import relations
from banyan.survey.places import place_of
from banyan.survey.ports import Tree
from banyan.survey.shared import shared_code

Progress: TypeAlias = Callable[[str, int, int], None]
"""Called with the name of a stage, how much of it is done, and how much there is."""


def survey(
    path: Path | str, progress: Progress | None = None, *, cache: Path | None = None
) -> Survey:
    """Survey the Django project in a folder. Nothing of it is imported, run or changed.

    Args:
        progress: told of what is done, on the thread of the caller.
        cache: a folder for what is kept between runs; None for the user's own.

    Raises:
        FindingsError: the project's ``banyan.toml`` is wrong.
    """
    tell = progress or _silence
    root = Path(path).resolve()
    tree = FolderTree(root, cache=cache, progress=lambda done, of: tell("reading", done, of))
    tell("understanding", 0, 1)
    ground = lay(tree, _described(root))
    tell("understanding", 1, 1)
    territory = ground.territory
    looked = [one for one in tree.python if territory.module_at(one) is not None]
    ground.follower.prepare(looked)
    found: list[Coupling | Unresolved] = []
    for done, one in enumerate(looked, 1):
        found.extend(inspect(ground, one))
        tell("following", done, len(looked))
    for one in tree.templates:
        if place_of(one) is None:
            found.extend(inspect_template(ground, one, tree.text(one) or ""))
    found += relations(ground.graph, ground.home)
    return _assembled(root, tree, ground, found)


def _silence(_stage: str, _done: int, _of: int) -> None:
    pass


def _described(root: Path) -> Project | None:
    """What the project's ``banyan.toml`` says, if it has one."""
    from banyan.modules import load

    file = root / "banyan.toml"
    return load(file) if file.is_file() else None


def _assembled(
    root: Path, tree: Tree, ground: Groundwork, found: Iterable[Coupling | Unresolved]
) -> Survey:
    couplings = {one for one in found if isinstance(one, Coupling)}
    unresolved = {one for one in found if isinstance(one, Unresolved)} | {*ground.unresolved}
    in_order = sorted(couplings, key=order)
    lines = {path: tree.lines(path) for path, place in tree.python.items() if place is None}
    modules = tuple(_modules(ground, lines))
    return Survey(
        project=ProjectFacts(
            name=root.name,
            commit=_commit(root),
            files=len(tree.python),
            lines=sum(tree.lines(path) for path in tree.python),
            settings=tuple(one.name for one in ground.configuration.settings),
        ),
        modules=modules,
        couplings=tuple(in_order),
        cycles=cycles([one.name for one in modules], in_order),
        shared=tuple(shared_code(ground.names, ground.territory, ground.outlines.values(), lines)),
        unresolved=tuple(sorted(unresolved)),
        problems=tuple(sorted(tree.problems)),
    )


def _modules(ground: Groundwork, lines: Mapping[str, int]) -> Iterable[Module]:
    models: dict[str, list[str]] = {}
    for model in ground.graph.models():
        of = ground.home(model) if not model.is_abstract else None
        if of is not None:
            models.setdefault(of, []).append(model.name)
    return ground.territory.rows(models, lines)


def _commit(root: Path) -> str:
    try:
        done = subprocess.run(  # noqa: S603
            ["git", "-C", str(root), "rev-parse", "HEAD"],  # noqa: S607
            capture_output=True,
            text=True,
            timeout=10,
            check=False,
        )
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
