"""``banyan survey``: how the apps of a Django project hold on to each other."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from banyan.cli import surveying

if TYPE_CHECKING:
    from banyan.survey.facts import Survey

FORMATS: Final = ("terminal", "json", "html", "sarif", "mermaid")
# What a file's name says of its format.
SUFFIXES: Final = {
    ".json": "json",
    ".html": "html",
    ".htm": "html",
    ".sarif": "sarif",
    ".mmd": "mermaid",
    ".mermaid": "mermaid",
    ".txt": "terminal",
}

EPILOG = """\b
Examples:
  banyan survey                          ten lines on the project in this folder
  banyan survey ../shop -o survey.html   the map, to click through and to pass on
  banyan survey -f json | jq '.couplings[] | select(.kind == "foreign_key")'
  banyan survey -o survey.sarif          for a code scanner
  banyan survey -f mermaid >> README.md  a diagram
  banyan survey --evidence evidence.json beside it what `banyan record` has seen
  banyan explain orders users            what ties two of its modules

\b
Exit statuses:
  0  the project was surveyed, whatever was found
  1  there is no Django project, or the report could not be written
  2  the command line itself was not understood
"""


@click.command(epilog=EPILOG)
@surveying.PATH
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default=None,
    help="How to show it; by default as the name given with -o says, else on the terminal.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default=None,
    help="Write to this file instead.",
)
@surveying.EVIDENCE
@click.option("--open", "opened", is_flag=True, help="Open the HTML report in a browser.")
@click.pass_context
def survey(
    ctx: click.Context,
    path: Path,
    form: str | None,
    output: Path | None,
    evidence: tuple[Path, ...],
    *,
    opened: bool,
) -> None:
    """See how the apps of the Django project in PATH hold on to each other.

    Not only by imports, but through their data: foreign keys, queries, joins, transactions,
    signals. The project's source is read; nothing of it is installed, imported, run or changed,
    and nothing needs to be configured. What can't be told for sure is listed as such.
    """
    form = form or _format_of(output, opened=opened)
    if opened:
        if form != "html":
            raise click.UsageError(f"--open shows the HTML report, and this one is {form}.")
        output = output or Path("survey.html")
    if form == "html" and output is None and sys.stdout.isatty():
        raise click.UsageError(
            "An HTML report is no sight on a terminal; name a file: -o survey.html"
        )
    found = surveying.read(ctx, path, evidence)
    if form == "terminal":
        _print(found, output)
        return
    text = _rendered(found, form)
    if output is None:
        # As it is: a file is UTF-8 whatever the terminal speaks.
        sys.stdout.buffer.write(text.encode())
        return
    surveying.write(output, text)
    click.echo(f"{output}: {len(text.encode()) / 1000:,.0f} kB", err=True)
    if opened:
        click.launch(str(output.resolve()))


def _format_of(output: Path | None, *, opened: bool) -> str:
    if output is None:
        return "html" if opened else "terminal"
    if output.suffix not in SUFFIXES:
        known = ", ".join(SUFFIXES)
        raise click.UsageError(f"{output.name} says no format; add --format, or end it in {known}.")
    return SUFFIXES[output.suffix]


def _rendered(found: "Survey", form: str) -> str:
    from importlib.metadata import version

    from banyan.survey import figures
    from banyan.survey.reports import html, json, mermaid, sarif

    if form == "json":
        return json.render(found)
    counted = figures.figures(found)
    if form == "mermaid":
        return mermaid.render(found, counted)
    if form == "sarif":
        return sarif.render(found, counted, version("django-banyan"))
    return html.render(found, counted, version("django-banyan"))


def _print(found: "Survey", output: Path | None) -> None:
    from rich.console import Console

    from banyan.survey import figures
    from banyan.survey.reports import terminal

    counted = figures.figures(found)
    console = Console(highlight=False)
    if console.is_terminal and not output:
        console.print(terminal.render(found, counted))
        return
    text = "".join(f"{line.plain}\n" for line in terminal.lines(found, counted))
    if output:
        surveying.write(output, text)
    else:
        click.echo(text, nl=False)
