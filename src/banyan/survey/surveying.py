"""Surveys a project: reads its tree, and looks at it file by file."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final, TypeAlias

import msgspec

from banyan.modules import Project
from banyan.survey.adapters.crew import ForkedCrew, can_fork, uncollected
from banyan.survey.adapters.depth import deep
from banyan.survey.adapters.git import commit_of
from banyan.survey.adapters.kept import Kept
from banyan.survey.adapters.tree import FolderTree
from banyan.survey.adapters.workers import processors
from banyan.survey.contracts import contract_files
from banyan.survey.facts import (
    Allowance,
    Coupling,
    Module,
    Place,
    ProjectFacts,
    Survey,
    Unresolved,
    order,
)
from banyan.survey.figures import cycles
from banyan.survey.groundwork import Groundwork, lay
from banyan.survey.insides import insides
from banyan.survey.inspection import inspect_template
from banyan.survey.kinds.relations import relations
from banyan.survey.places import place_of
from banyan.survey.ports import Done, Lost, Tree
from banyan.survey.shared import shared_code
from banyan.survey.shares import Looked, Share, divided, looked_at, looked_at_alone
from banyan.survey.tables import shared_tables

Progress: TypeAlias = Callable[[str, int, int], None]
"""Called with the name of a stage, how much of it is done, and how much there is."""

_MANY_LINES: Final = 20_000
"""How many lines of code are worth more than one process."""


def survey(
    path: Path | str,
    progress: Progress | None = None,
    *,
    cache: Path | None = None,
    jobs: int | None = None,
) -> Survey:
    """Survey the Django project in a folder. Nothing of it is imported, run or changed.

    Args:
        progress: told of what is done, on the thread of the caller.
        cache: a folder for what is kept between runs; None for the user's own.
        jobs: how many processes look at files; None for as many as there are processors.

    Raises:
        FindingsError: the project's ``banyan.toml`` is wrong.
    """
    with uncollected(), deep():
        return _surveyed(Path(path).resolve(), progress or _silence, cache, jobs)


def _surveyed(root: Path, tell: Progress, cache: Path | None, jobs: int | None) -> Survey:
    tree = FolderTree(root, cache=cache, progress=lambda done, of: tell("reading", done, of))
    described = _described(root)
    content = repr((tree.content(), described)).encode()
    kept = Kept(cache, root, "found", Survey, content)
    known = kept.take()
    if known is not None:
        project = msgspec.structs.replace(known.project, commit=commit_of(root))
        return msgspec.structs.replace(known, project=project)
    tell("understanding", 0, 1)
    ground = lay(tree, described)
    tell("understanding", 1, 1)
    # What files tell is the same while they say the same, whatever comments and tests do.
    meaning = repr((tree.meaning(), described)).encode()
    told = Kept(cache, root, "told", Looked, meaning)
    looked = told.take()
    if looked is None:
        looked = Looked.of(_told(tree, ground, tell, jobs))
        told.keep(looked)
    found = _assembled(root, tree, ground, looked.found)
    kept.keep(found)
    return found


def _told(
    tree: Tree, ground: Groundwork, tell: Progress, jobs: int | None
) -> list[Coupling | Unresolved]:
    """What is told by Python files, templates and models."""
    looked = {
        path: (place, tree.lines(path))
        for path, place in tree.python.items()
        if ground.territory.module_at(path) is not None
    }
    found = _looked_at(ground, looked, tell, processors() if jobs is None else jobs)
    for one in tree.templates:
        if place_of(one) is None:
            found.extend(inspect_template(ground, one, tree.text(one) or ""))
    found += relations(ground.graph, ground.home)
    return found


def _looked_at(
    ground: Groundwork,
    files: Mapping[str, tuple[Place | None, int]],
    tell: Progress,
    jobs: int,
) -> list[Coupling | Unresolved]:
    """What the files tell one by one, as the functions in them are used by all."""
    gathering = _counted(tell, "gathering", len(files))
    following = _counted(tell, "following", len(files))
    lines = sum(lines for place, lines in files.values() if place is not Place.TEST)
    if jobs > 1 and lines >= _MANY_LINES and can_fork():
        ground.follower.know()
        shares = [Share(ground, paths) for paths in divided(files, jobs)]
        # Where one of them is killed, all is done here; it takes longer, and no more.
        with suppress(Lost), ForkedCrew(shares) as crew:
            return list(looked_at(crew, gathering, following))
    gathering = _counted(tell, "gathering", len(files))
    following = _counted(tell, "following", len(files))
    return list(looked_at_alone(ground, files, gathering, following))


def _counted(tell: Progress, stage: str, of: int) -> Done:
    done = 0

    def more(pieces: int) -> None:
        nonlocal done
        done += pieces
        tell(stage, done, of)

    return more


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
    outlines = ground.outlines.values()
    return Survey(
        project=ProjectFacts(
            name=root.name,
            commit=commit_of(root),
            files=len(tree.python),
            lines=sum(tree.lines(path) for path in tree.python),
            settings=tuple(one.name for one in ground.configuration.settings),
        ),
        modules=modules,
        couplings=tuple(in_order),
        cycles=cycles([one.name for one in modules], in_order),
        shared=tuple(shared_code(ground.names, ground.territory, outlines, lines)),
        contracts=tuple(sorted(contract_files(ground.names, ground.territory, outlines))),
        tables=tuple(shared_tables(ground.graph, ground.home, ground.setting)),
        unresolved=tuple(sorted(unresolved)),
        problems=tuple(sorted(tree.problems)),
        allowances=tuple(sorted(_allowances(tree))),
    )


def _allowances(tree: Tree) -> Iterable[Allowance]:
    for path, place in tree.python.items():
        allowed = tree.allows(path) if place is not Place.TEST else ()
        written = (tree.text(path) or "").split("\n") if allowed else []
        for line, text in allowed:
            is_alone = line <= len(written) and written[line - 1].lstrip().startswith("#")
            yield Allowance(file=path, line=line, text=text, is_alone=is_alone)


def _modules(ground: Groundwork, lines: Mapping[str, int]) -> Iterable[Module]:
    models: dict[str, list[str]] = {}
    for model in ground.graph.models():
        of = ground.home(model) if not model.is_abstract else None
        if of is not None:
            models.setdefault(of, []).append(model.name)
    inside = insides(
        ground.names, ground.territory, ground.graph, ground.home, ground.outlines.values()
    )
    for row in ground.territory.rows(models, lines):
        yield msgspec.structs.replace(row, inside=inside[row.name])
