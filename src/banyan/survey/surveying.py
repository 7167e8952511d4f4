"""Surveys a project whose tree was read: looks at it file by file."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec

from banyan.modules import Project
from banyan.survey import sql
from banyan.survey.adapters.crew import ForkedCrew, can_fork
from banyan.survey.adapters.git import commit_of
from banyan.survey.adapters.kept import Kept
from banyan.survey.adapters.tree import FolderTree
from banyan.survey.adapters.workers import processors
from banyan.survey.contracts import contract_files
from banyan.survey.declared import UNDECLARED, Declarations
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
from banyan.survey.incremental import NOTHING, Followed, Run
from banyan.survey.insides import insides
from banyan.survey.inspection import inspect_template
from banyan.survey.kinds.imports import is_of_contract, is_public
from banyan.survey.kinds.raw_sql import RUNNING
from banyan.survey.kinds.relations import relations
from banyan.survey.offers import offers
from banyan.survey.places import place_of
from banyan.survey.ports import Done, Lost, Progress, Tree
from banyan.survey.shared import shared_code
from banyan.survey.shares import Alone, Share, Together, divided
from banyan.survey.tables import shared_tables

_MANY_LINES: Final = 20_000
"""How many lines of code are worth more than one process."""


def surveyed(
    root: Path,
    tree: FolderTree,
    described: Project | None,
    tell: Progress,
    *,
    cache: Path | None,
    jobs: int | None,
) -> Survey:
    """What is found in a project's tree; what has not changed since an earlier run is kept of it.

    Args:
        described: what is said of its modules.
        cache: a folder for what is kept between runs; None for the user's own.
        jobs: how many processes look at files; None for as many as there are processors.
    """
    tell("understanding", 0, 1)
    before = Kept(cache, root, "followed", Followed, b"")
    earlier = before.take() or NOTHING
    laid = Kept(cache, root, "declared", Declarations, b"")
    declared = laid.take() or UNDECLARED
    ground = lay(tree, described, declared)
    if earlier.standing != ground.declared.standing:
        earlier = NOTHING
    tell("understanding", 1, 1)
    followed = _followed(tree, ground, earlier, tell, processors() if jobs is None else jobs)
    before.keep(followed)
    laid.keep(ground.declared)
    return _assembled(root, tree, ground, followed)


def _followed(
    tree: FolderTree, ground: Groundwork, earlier: Followed, tell: Progress, jobs: int
) -> Followed:
    """What is told by the files one by one, as the functions in them are used by all.

    What shared code imports is told of it, and nothing else.
    """
    contents = {path: tree.meaning(path) for path in tree.python if _is_of_use(tree, ground, path)}
    run = Run(ground, contents, earlier)
    files = {path: (tree.python[path], tree.lines(path)) for path in contents}
    stale = set(run.stale)
    lines = sum(files[path][1] for path in stale if files[path][0] is not Place.TEST)
    gathering = _counted(tell, "gathering", len(run.giving))
    following = _counted(tell, "following", len(files))
    if jobs > 1 and lines >= _MANY_LINES and can_fork():
        weighed = {path: row if path in stale else (row[0], 0) for path, row in files.items()}
        shares = [Share(ground, paths) for paths in divided(weighed, jobs)]
        if any(_has_sql(tree, ground, path) for path in stale):
            # Once here, and not in each of them.
            sql.load()
        # Where one of them is killed, all is done here; it takes longer, and no more.
        with suppress(Lost), ForkedCrew(shares) as crew:
            return run.go(Together(crew), gathering, following)
        ground.follower.begin()
        run = Run(ground, contents, earlier)
        gathering = _counted(tell, "gathering", len(run.giving))
        following = _counted(tell, "following", len(files))
    return run.go(Alone(ground, contents), gathering, following)


def _is_of_use(tree: FolderTree, ground: Groundwork, path: str) -> bool:
    return tree.python[path] is None or ground.territory.module_at(path) is not None


def _has_sql(tree: FolderTree, ground: Groundwork, path: str) -> bool:
    """Whether a file is likely to have SQL that is to be taken apart."""
    here = ground.territory.module_at(path)
    if here is None or not tree.mentions(path, RUNNING):
        return False
    return ground.sql.is_about_others(here, tree.text(path) or "")


def _counted(tell: Progress, stage: str, of: int) -> Done:
    done = 0

    def more(pieces: int) -> None:
        nonlocal done
        done += pieces
        tell(stage, done, of)

    return more


def _assembled(root: Path, tree: Tree, ground: Groundwork, followed: Followed) -> Survey:
    couplings: set[Coupling] = set()
    unresolved: set[Unresolved] = {*ground.unresolved}
    for told in followed.inspected.values():
        couplings.update(told.couplings)
        unresolved.update(told.unresolved)
    for one in _of_no_python(tree, ground):
        (couplings if isinstance(one, Coupling) else unresolved).add(one)  # type: ignore[arg-type]
    in_order = sorted(couplings, key=order)
    lines = {path: tree.lines(path) for path, place in tree.python.items() if place is None}
    modules = tuple(_modules(ground, followed, lines))
    names = {path: ground.codebase.at(path).name for path in lines}
    imports = {path: followed.inspected[path].imports for path in lines}
    contracts = [ground.outlines[path] for path in lines if is_of_contract(ground.territory, path)]
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
        shared=tuple(shared_code(ground.territory, names, imports, lines)),
        contracts=tuple(sorted(contract_files(ground.names, ground.territory, contracts))),
        tables=tuple(shared_tables(ground.graph, ground.home, ground.setting)),
        unresolved=tuple(sorted(unresolved)),
        problems=tuple(sorted(tree.problems)),
        allowances=tuple(sorted(_allowances(tree))),
    )


def _of_no_python(tree: Tree, ground: Groundwork) -> Iterator[Coupling | Unresolved]:
    """What is told by templates and models."""
    for one in tree.templates:
        if place_of(one) is None:
            yield from inspect_template(ground, one, tree.text(one) or "")
    yield from relations(ground.graph, ground.home)


def _allowances(tree: Tree) -> Iterable[Allowance]:
    for path, place in tree.python.items():
        allowed = tree.allows(path) if place is not Place.TEST else ()
        written = (tree.text(path) or "").split("\n") if allowed else []
        for line, text in allowed:
            is_alone = line <= len(written) and written[line - 1].lstrip().startswith("#")
            yield Allowance(file=path, line=line, text=text, is_alone=is_alone)


def _modules(ground: Groundwork, followed: Followed, lines: Mapping[str, int]) -> Iterable[Module]:
    models: dict[str, list[str]] = {}
    for model in ground.graph.models():
        of = ground.home(model) if not model.is_abstract else None
        if of is not None:
            models.setdefault(of, []).append(model.name)
    counts = {path: followed.inspected[path].counted for path in lines}
    inside = insides(ground.territory, ground.graph, ground.home, counts)
    public = [ground.outlines[path] for path in lines if is_public(ground.territory, path)]
    offered = offers(ground.names, ground.territory, public)
    for row in ground.territory.rows(models, lines):
        yield msgspec.structs.replace(row, inside=inside[row.name], offers=offered[row.name])
