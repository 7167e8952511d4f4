"""Reads a project for the commands that show it, with progress on a terminal."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeAlias, cast

import click

from banyan.errors import ConfigurationError

if TYPE_CHECKING:
    from banyan.survey.facts import Survey

Progress: TypeAlias = Callable[[str, int, int], None]
"""Called with the stage's name, how much of it is done, and how much there is."""

PATH = click.argument(
    "path",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
)
# A run that is over sooner needs no bar.
_PATIENCE = 0.4


class Reader(Protocol):
    """Surveys the project in a folder."""

    def __call__(self, path: Path, progress: Progress | None = None) -> "Survey":
        """What was found."""
        ...


def read(ctx: click.Context, path: Path) -> "Survey":
    """The survey of the project in ``path``, by the reader in the context or by the real one.

    Raises:
        ConfigurationError: there is no Django project.
    """
    reader = cast("Reader | None", ctx.obj) or _reader()
    with _progress() as progress:
        found = reader(path, progress)
    if not found.modules:
        raise ConfigurationError(
            f"There is no Django app in {path.resolve()}: "
            f"{found.project.files:,} Python files were read.",
            hint="What was looked for: settings with INSTALLED_APPS, AppConfig classes, models, "
            "and the apps of a banyan.toml. Give the folder that holds manage.py or the project's "
            "packages: banyan survey path/to/project",
        )
    return found


def _reader() -> Reader:
    # It loads parsers: late, so that --help need not wait for them.
    from banyan.survey import survey

    return survey


@contextmanager
def _progress() -> Iterator[Progress | None]:
    if not sys.stderr.isatty():
        yield None
        return
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
    task = bars.add_task("", total=None)
    began = time.monotonic()

    def show(stage: str, done: int, total: int) -> None:
        if time.monotonic() - began < _PATIENCE:
            return
        bars.start()
        # A stage in one step has no share that is done: its bar only shows that it goes on.
        counted = total > 1
        bars.update(
            task,
            description=f"{stage} {done:,}/{total:,}" if counted else stage,
            completed=done if counted else 0,
            total=total if counted else None,
        )

    try:
        yield show
    finally:
        bars.stop()
