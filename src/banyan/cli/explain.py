"""``banyan explain``: all that ties one module to another, and what would cut it."""

from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import click

from banyan.cli import surveying

if TYPE_CHECKING:
    from banyan.survey.facts import Survey

EPILOG = """\b
Examples:
  banyan explain orders users
  banyan explain orders users ../shop
  banyan explain orders users --all | less
  banyan explain orders users --evidence evidence.json

\b
Exit statuses:
  0  it was explained, also when nothing ties the two
  1  there is no Django project
  2  the command line was not understood, or a module is not there
"""


@click.command(epilog=EPILOG)
@click.argument("first")
@click.argument("second")
@surveying.PATH
@surveying.EVIDENCE
@click.option("--all", "everything", is_flag=True, help="Also what stands in tests and migrations.")
@click.pass_context
def explain(
    ctx: click.Context,
    first: str,
    second: str,
    path: Path,
    evidence: tuple[Path, ...],
    *,
    everything: bool,
) -> None:
    """Show all that ties module FIRST to module SECOND of the project in PATH.

    Both ways, each with its file and line, grouped by what would cut it: a foreign key by a
    reference, an access by a query of a contract, a join by a projection, a transaction by a
    saga or an event. An app's label may stand for the module that it belongs to.
    """
    from rich.console import Console

    from banyan.survey.reports import explanation

    found = surveying.read(ctx, path, evidence)
    one, other = _module(found, first, "first"), _module(found, second, "second")
    if one == other:
        raise click.UsageError(f"{first} and {second} are one module: {one}.")
    console = Console(highlight=False)
    for part in explanation.render(found, one, other, everything=everything):
        console.print(part, soft_wrap=not console.is_terminal)


def _module(found: "Survey", asked: str, argument: str) -> str:
    names = {module.name: module.name for module in found.modules}
    for module in found.modules:
        for label in (module.label, *module.apps):
            names.setdefault(label, module.name)
    if asked in names:
        return names[asked]
    near = get_close_matches(asked, names, n=1, cutoff=0.5)
    hint = f"Did you mean {near[0]}?" if near else "There are: " + ", ".join(sorted(names))
    raise click.BadParameter(
        f"there is no module {asked!r} in this project. {hint}", param_hint=argument.upper()
    )
