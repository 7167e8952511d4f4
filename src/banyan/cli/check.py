"""``banyan check``: whether a project's coupling has become worse."""

import time
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from banyan.cli import surveying
from banyan.cli.output import OUTPUT, form_of, format_option, give, may_show_colours

if TYPE_CHECKING:
    from banyan.boundaries.checking import Judgement

# Each is a file of `boundaries/checking/reports`.
FORMATS: Final = ("terminal", "json", "sarif", "github")
# What a file's name says of its format.
SUFFIXES: Final = {".json": "json", ".sarif": "sarif", ".txt": "terminal"}

EPILOG = """\b
Examples:
  banyan check                           what is new since the baseline
  banyan check --update                  take out of the baseline what was fixed
  banyan check --all                     all that is new, however much

\b
Exit statuses:
  0  nothing is new, but for warnings
  1  something new is an error, the baseline has what is fixed, or a file can't be read
  2  the command line itself was not understood
"""


@click.command(epilog=EPILOG)
@surveying.PATH
@click.option(
    "--update",
    is_flag=True,
    help="Take out of the baseline what was fixed, and rename what has moved; it never grows.",
)
@format_option(FORMATS)
@OUTPUT
@surveying.EVIDENCE
@click.option("--all", "whole", is_flag=True, help="List all that is new, however much it is.")
@click.option(
    "--schema", is_flag=True, help="Print the JSON Schema of the baseline's values, and stop."
)
@click.pass_context
def check(
    ctx: click.Context,
    path: Path,
    form: str | None,
    output: Path | None,
    evidence: tuple[Path, ...],
    *,
    update: bool,
    whole: bool,
    schema: bool,
) -> None:
    """Hold the Django project in PATH to the rules of a modular monolith.

    What breaks a rule and is not in the baseline of known debt is new, and fails; so does what
    the baseline still has and is fixed, until --update. The project's source is read; nothing of
    it is imported or run. Without a banyan.toml each app is a module, and nothing is known debt.
    """
    if schema:
        _print_schema()
        return
    from banyan.boundaries import checking

    form = form_of(form, output, SUFFIXES)
    began = time.monotonic()
    judged = checking.check(path, surveying.read(ctx, path, evidence))
    if update and (judged.fixed or judged.moved or judged.baseline is None):
        checking.update(path, judged)
        _say_updated(judged)
        judged = checking.check(path, surveying.read(ctx, path, evidence))
    _show(judged, path, form, output, time.monotonic() - began, whole=whole)
    ctx.exit(1 if judged.fails else 0)


def _print_schema() -> None:
    import json

    from banyan.boundaries.checking.baseline import json_schema

    click.echo(json.dumps(json_schema(), indent=1))


def _say_updated(judged: "Judgement") -> None:
    assert judged.baseline is not None  # noqa: S101  -- else the update was refused
    removed, renamed = len(judged.fixed), len(judged.moved)
    click.echo(
        f"{judged.baseline.file}: {removed:,} removed, {renamed:,} renamed; commit it.", err=True
    )


def _show(
    judged: "Judgement",
    path: Path,
    form: str,
    output: Path | None,
    seconds: float,
    *,
    whole: bool,
) -> None:
    if form == "terminal":
        from banyan.boundaries.checking.reports import terminal

        if not output and may_show_colours():
            from rich.console import Console

            console = Console(highlight=False)
            if console.is_terminal:
                for line in terminal.lines(judged, seconds=seconds, whole=whole):
                    console.print(line, soft_wrap=True)
                return
        text = terminal.render(judged, seconds=seconds, whole=whole)
    else:
        report = import_module(f"banyan.boundaries.checking.reports.{form}")
        text = report.render(judged, _within(path))
    give(text, output)


def _within(path: Path) -> str:
    """The project's folder as scanners know it, which look from the folder that this runs in."""
    try:
        below = path.resolve().relative_to(Path.cwd().resolve()).as_posix()
    except ValueError:
        return ""
    return "" if below == "." else below
