"""Surveys a project, or recalls what was found of it, for as long as nothing in it changes."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import msgspec

from banyan.modules import Project, project_in
from banyan.survey.adapters.collector import uncollected
from banyan.survey.adapters.depth import deep
from banyan.survey.adapters.git import commit_of
from banyan.survey.adapters.kept import Kept
from banyan.survey.adapters.tree import FolderTree
from banyan.survey.facts import Survey
from banyan.survey.ports import Progress

Describe: TypeAlias = Callable[[Path], Project | None]
"""What is said of the modules of the project in a folder; None where nothing is."""


def survey(
    path: Path | str,
    progress: Progress | None = None,
    *,
    cache: Path | None = None,
    jobs: int | None = None,
    described: Describe | None = None,
) -> Survey:
    """Survey the Django project in a folder. Nothing of it is imported, run or changed.

    Args:
        progress: told of what is done, on the thread of the caller.
        cache: a folder for what is kept between runs; None for the user's own.
        jobs: how many processes look at files; None for as many as there are processors.
        described: what is said of its modules; None for what its ``banyan.toml`` says.

    Raises:
        FindingsError: the project's ``banyan.toml`` is wrong.
    """
    with uncollected(), deep():
        root = Path(path).resolve()
        description = (described or project_in)(root)
        return _recalled(root, description, progress or _silence, cache, jobs)


def _recalled(
    root: Path, described: Project | None, tell: Progress, cache: Path | None, jobs: int | None
) -> Survey:
    tree = FolderTree(root, cache=cache, progress=lambda done, of: tell("reading", done, of))
    grouped = {name: one.apps for name, one in described.modules.items()} if described else None
    content = repr((tree.content(), grouped)).encode()
    kept = Kept(cache, root, "found", Survey, content)
    known = kept.take()
    if known is not None:
        project = msgspec.structs.replace(known.project, commit=commit_of(root))
        return msgspec.structs.replace(known, project=project)
    # All that looks at code takes longer to load than it takes to recall what was found.
    from banyan.survey.surveying import surveyed

    found = surveyed(root, tree, described, tell, cache=cache, jobs=jobs)
    kept.keep(found)
    return found


def _silence(_stage: str, _done: int, _of: int) -> None:
    pass
