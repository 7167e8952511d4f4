"""``banyan survey``: how the apps of a Django project hold on to each other."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from banyan.cli import surveying
from banyan.cli.output import OUTPUT, form_of, format_option, give

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
@format_option(FORMATS)
@OUTPUT
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
    if opened and output is None and form in (None, "html"):
        output = Path("survey.html")
    form = form_of(form, output, SUFFIXES)
    if opened and form != "html":
        raise click.UsageError(f"--open shows the HTML report, and this one is {form}.")
    found = surveying.read(ctx, path, evidence)
    if form == "terminal":
        _print(found, output)
        return
    text = _rendered(found, form)
    give(text, output)
    if opened and output is not None:
        click.launch(str(output.resolve()))


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
    give(text, output)
