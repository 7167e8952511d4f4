"""``banyan advise``: whether to split, where, in which order, at what price."""

from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from banyan.cli import surveying
from banyan.cli.output import OUTPUT, form_of, format_option, give

if TYPE_CHECKING:
    from banyan.boundaries.advice.changes import Log
    from banyan.boundaries.advice.facts import Advice
    from banyan.modules import Project
    from banyan.survey.facts import Survey

FORMATS: Final = ("terminal", "json", "html")
# What a file's name says of its format.
SUFFIXES: Final = {".json": "json", ".html": "html", ".htm": "html", ".txt": "terminal"}

EPILOG = """\b
Examples:
  banyan advise                            the verdict on the project in this folder
  banyan advise --module orders            one module: arguments, price, steps
  banyan advise --cut "orders->users"      what would change, were that tie gone, and that alone
  banyan advise --evidence evidence.json   with what `banyan record` has seen
  banyan advise --after 2025.json          what a past cut did, whether it paid, and that alone
  banyan advise -o advice.html             all of it, to read, to print and to pass on
  banyan advise -o advice.json             all of it, for programs

\b
Exit statuses:
  0  there is an advice, whatever it says
  1  there is no Django project, banyan.toml is wrong, or the report could not be written
  2  the command line was not understood, or a module is not there
"""


@click.command(epilog=EPILOG)
@surveying.PATH
@format_option(FORMATS)
@OUTPUT
@surveying.EVIDENCE
@click.option("--module", "module", default=None, metavar="NAME", help="Show this one in full.")
@click.option(
    "--cut",
    "cuts",
    multiple=True,
    metavar="A->B",
    help="Show what would change if nothing of A held on to B; may be given again.",
)
@click.option(
    "--after",
    "earlier",
    default=None,
    metavar="SNAPSHOT",
    help="Say what became of an earlier state: a survey's or an advice's JSON, or a commit.",
)
@click.pass_context
def advise(
    ctx: click.Context,
    path: Path,
    form: str | None,
    output: Path | None,
    evidence: tuple[Path, ...],
    *,
    module: str | None,
    cuts: tuple[str, ...],
    earlier: str | None,
) -> None:
    """Say whether to split the Django project in PATH, where to begin, and at what price.

    Most applications should stay one: without a good reason in banyan.toml that is the verdict,
    with the cleanup that pays anyway. Every weight is shown and can be set.
    """
    form = form_of(form, output, SUFFIXES)
    if module is not None and form != "terminal":
        raise click.UsageError("--module is shown on the terminal; the JSON has all modules.")
    found, advice = _advice(ctx, path, evidence, cuts=cuts, module=module, earlier=earlier)
    if form == "html":
        give(_page(found, advice), output)
        return
    if form == "json":
        from banyan.boundaries.advice.reports import json

        give(json.render(advice), output)
        return
    from rich.console import Console

    from banyan.boundaries.advice.reports import terminal

    rows = terminal.lines(advice) if module is None else terminal.module_lines(advice, module)
    console = Console(highlight=False)
    if console.is_terminal and not output:
        console.print(terminal.render(rows))
    else:
        give(terminal.plain(rows), output)


def _advice(
    ctx: click.Context,
    path: Path,
    evidence: tuple[Path, ...],
    *,
    cuts: tuple[str, ...],
    module: str | None,
    earlier: str | None,
) -> "tuple[Survey, Advice]":
    from banyan.boundaries.advice.advising import Sources
    from banyan.boundaries.advice.advising import advise as advised
    from banyan.boundaries.advice.history import history
    from banyan.boundaries.advice.metrics import measured

    # First: it is soon told that they are wrong.
    project = _described(path)
    pairs = [_pair(text) for text in cuts]
    found = surveying.read(ctx, path, evidence)
    names = [one.name for one in found.modules]
    for name in [*(name for pair in pairs for name in pair), *([module] if module else [])]:
        if name not in names:
            near = get_close_matches(name, names, 1)
            hint = f"Did you mean {near[0]}?" if near else f"The modules are: {', '.join(names)}."
            raise click.UsageError(f"There is no module {name}. {hint}")
    if same := [text for text, pair in zip(cuts, pairs, strict=True) if pair[0] == pair[1]]:
        raise click.UsageError(f"{same[0]!r} is no cut: it names one module twice.")
    sources = Sources(
        found,
        project,
        history=history(_log(path), found.modules),
        metrics=measured(found),
        has_evidence=bool(evidence),
    )
    told = advised(sources, pairs)
    if earlier is None:
        return found, told
    from msgspec.structs import replace

    from banyan.boundaries.advice.retrospect import look_back

    with surveying.counted("looking back, commits") as commits:
        return found, replace(told, after=look_back(path.resolve(), found, earlier, commits))


def _log(path: Path) -> "Log":
    from banyan.boundaries.advice.adapters.git_log import read_log

    with surveying.counted("reading the history, commits") as commits:
        return read_log(path, progress=commits)


def _page(found: "Survey", advice: "Advice") -> str:
    from importlib.metadata import version

    from banyan.boundaries.advice.reports import html
    from banyan.survey.figures import figures

    return html.render(found, figures(found), advice, version("django-banyan"))


def _described(path: Path) -> "Project":
    from banyan.modules import Project, project_in

    return project_in(path) or Project(path.resolve().name)


def _pair(text: str) -> tuple[str, str]:
    from banyan.boundaries.advice.order import parse

    pair = parse(text)
    if pair is None:
        raise click.UsageError(f"{text!r} is no cut; write it as --cut 'orders->users'.")
    return pair
