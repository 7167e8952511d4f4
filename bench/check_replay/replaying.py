"""What a check tells at each commit, beside the difference of two surveys that know no past."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

from banyan.boundaries import Violation
from banyan.boundaries.checking import Judgement, judge, uses, violations
from banyan.boundaries.checking.baseline import Baseline, baseline_of, render
from banyan.boundaries.checking.reading import parse
from banyan.modules import Module, Project
from banyan.survey import survey
from banyan.survey.facts import Survey
from bench.check_replay.history import Commit, History

Key: TypeAlias = tuple[str, str, str, str, str]


@dataclass(frozen=True)
class Step:
    """A commit, what the check tells of it, and what is true.

    Attributes:
        told: what was told as new or as moved here.
        brought: what is there, and was not there at the commit before.
        told_gone: what was told as fixed, or as what something was before it moved.
        gone: what was there at the commit before, and isn't any more.
    """

    commit: Commit
    judged: Judgement
    told: frozenset[Key]
    brought: frozenset[Key]
    told_gone: frozenset[Key]
    gone: frozenset[Key]

    @property
    def is_right(self) -> bool:
        """Whether just what this commit brings was told of it, and what it takes away."""
        return self.told == self.brought and self.told_gone == self.gone


def replay(history: History, commits: list[Commit], cache: Path) -> Iterator[Step]:
    """Check each commit but the first against the baseline of the one before it.

    The check goes on from what was kept of the commit before, through a baseline that is written
    and read; the truth begins from nothing at each commit.

    Args:
        cache: a folder for what the check's surveys keep.
    """
    first, *rest = commits
    history.show(first)
    begun = survey(history.folder, cache=cache)
    project = _described(begun)
    known = _through_a_file(baseline_of(violations(begun, project)))
    before = _from_nothing(history.folder, project)
    for commit in rest:
        history.show(commit)
        judged = judge(survey(history.folder, cache=cache), project, known)
        now = _from_nothing(history.folder, project)
        moved = [one.violation for one in judged.moved]
        yield Step(
            commit,
            judged,
            told=frozenset(map(_key, [*judged.new, *moved])),
            brought=now - before,
            told_gone=frozenset(
                (one.owner, one.consumer, str(one.rule), one.source, one.target)
                for one in (*judged.fixed, *(one.before for one in judged.moved))
            ),
            gone=before - now,
        )
        # As a team would: what is there now is what is known at the next commit.
        known = _through_a_file(baseline_of([*judged.new, *judged.known, *moved]))
        before = now


def _described(begun: Survey) -> Project:
    """A project in which each app is a module, and may use what it used at the beginning."""
    used = uses(begun)
    modules = {
        one.name: Module(one.name, (one.name,), calls=used.get(one.name, ()))
        for one in begun.modules
    }
    return Project("replayed", modules=modules)


def _from_nothing(folder: Path, project: Project) -> frozenset[Key]:
    with TemporaryDirectory() as cache:
        found = survey(folder, cache=Path(cache), jobs=1)
    return frozenset(map(_key, violations(found, project)))


def _through_a_file(content: Baseline) -> Baseline:
    return parse(render(content).encode(), Path("banyan.baseline.toml"))


def _key(one: Violation) -> Key:
    return one.owner, one.consumer, str(one.rule), one.source, one.target
