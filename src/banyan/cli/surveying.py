"""Reads a project for the commands that show it, with progress on a terminal."""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeAlias, cast

import click

from banyan.errors import ConfigurationError

if TYPE_CHECKING:
    from rich.progress import Progress as Bars

    from banyan.survey.facts import Survey
    from banyan.survey.recalling import Describe
    from banyan.survey.recording import Evidence

Progress: TypeAlias = Callable[[str, int, int], None]
"""Called with the stage's name, how much of it is done, and how much there is."""

PATH = click.argument(
    "path",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
)
EVIDENCE = click.option(
    "--evidence",
    "evidence",
    multiple=True,
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="What `banyan record` has seen, to be told beside what is read; may be given again.",
)
# A run that is over sooner needs no bar.
_PATIENCE = 0.4


class Reader(Protocol):
    """Surveys the project in a folder."""

    def __call__(
        self,
        path: Path,
        progress: Progress | None = None,
        *,
        described: "Describe | None" = None,
    ) -> "Survey":
        """What was found."""
        ...


def read(
    ctx: click.Context,
    path: Path,
    evidence: Sequence[Path] = (),
    described: "Describe | None" = None,
) -> "Survey":
    """The survey of the project in ``path``, by the reader in the context or by the real one.

    Args:
        evidence: files of what was recorded, to be merged with it.
        described: what is said of its modules; None for what its ``banyan.toml`` says.

    Raises:
        ConfigurationError: there is no Django project, or a file is no evidence.
    """
    # First: it is soon told that one is broken.
    recorded = _evidence(path, evidence)
    reader = cast("Reader | None", ctx.obj) or _reader()
    with _progress() as progress:
        if described is not None:
            reader = partial(reader, described=described)
        found = reader(path, progress)
    if not found.modules:
        raise ConfigurationError(
            f"There is no Django app in {path.resolve()}: "
            f"{found.project.files:,} Python files were read.",
            hint="What was looked for: settings with INSTALLED_APPS, AppConfig classes, models, "
            "and the apps of a banyan.toml. Give the folder that holds manage.py or the project's "
            "packages, as PATH.",
        )
    if recorded is None:
        return found
    from banyan.survey.merging import merge

    return merge(found, recorded)


def _evidence(path: Path, files: Sequence[Path]) -> "Evidence | None":
    """What the files tell of lines that are still there; of others a warning is printed."""
    if not files:
        return None
    from banyan.survey.recording import merge
    from banyan.survey.recording.adapters.files import read_evidence
    from banyan.survey.recording.adapters.standing import standing

    kept: list[Evidence] = []
    for file, recorded in [(file, read_evidence(file)) for file in files]:
        still = standing(recorded, path)
        kept.append(still)
        if len(still.lines) < len(recorded.lines) or not recorded.lines:
            click.echo(f"Warning: {_stale(file, recorded, still, path)}", err=True)
    return merge(kept)


def _stale(file: Path, recorded: "Evidence", still: "Evidence", path: Path) -> str:
    if not recorded.lines:
        return f"{file} tells of no line."
    files = {line.file for line in recorded.lines}
    there = {line.file for line in still.lines}
    if not there:
        return (
            f"{file} is of another project, or was recorded from another folder: none of its "
            f"{len(files):,} files is as it says in {path}. It tells nothing here; record there, "
            "or with --root."
        )
    return (
        f"{file} is of another version of this project: {len(still.lines):,} of its "
        f"{len(recorded.lines):,} lines, in {len(there):,} of {len(files):,} files, still fit, "
        "and only these are told. Record it anew."
    )


def _reader() -> Reader:
    # It loads parsers: late, so that --help need not wait for them.
    from banyan.survey import survey

    return survey


@contextmanager
def counted(stage: str) -> Iterator[Callable[[int], None] | None]:
    """Shows how many there have been of something of which nobody knows how many there are."""
    with _progress() as show:
        yield None if show is None else lambda count: show(f"{stage}: {count:,}", 0, 0)


@contextmanager
def _progress() -> Iterator[Progress | None]:
    if not sys.stderr.isatty():
        yield None
        return
    began = time.monotonic()
    bars: Bars | None = None

    def show(stage: str, done: int, total: int) -> None:
        nonlocal bars
        if time.monotonic() - began < _PATIENCE:
            return
        if bars is None:
            bars = _bars()
            bars.start()
        # A stage in one step has no share that is done: its bar only shows that it goes on.
        counted = total > 1
        bars.update(
            bars.task_ids[0],
            description=f"{stage} {done:,}/{total:,}" if counted else stage,
            completed=done if counted else 0,
            total=total if counted else None,
        )

    try:
        yield show
    finally:
        if bars is not None:
            bars.stop()


def _bars() -> "Bars":
    # Most of what a run needs to be loaded is for bars, and most runs are over before there is one.
    from rich.console import Console
    from rich.progress import BarColumn, SpinnerColumn, TextColumn
    from rich.progress import Progress as Bars

    bars = Bars(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    bars.add_task("", total=None)
    return bars
