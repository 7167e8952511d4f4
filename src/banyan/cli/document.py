"""``banyan document``: pages of a project's architecture, to be kept beside its code."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from banyan.cli import surveying
from banyan.errors import ConfigurationError

if TYPE_CHECKING:
    from banyan.boundaries.advice.facts import Advice
    from banyan.modules import Project, Topology

EPILOG = """\b
Examples:
  banyan document -o docs/architecture          write the pages, or write them anew
  banyan document -o docs/architecture --check  in CI: do they still tell the truth?
  banyan document ../shop -o pages --topology services
  banyan document -o pages --advice advice.json with the rung and the verdict of each module

\b
Exit statuses:
  0  the pages were written; with --check: they are as they would be written
  1  there is no Django project, the pages can't be written, or --check found one out of date
  2  the command line itself was not understood
"""


@click.command(epilog=EPILOG)
@surveying.PATH
@click.option(
    "-o",
    "--output",
    "folder",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder for the pages; of other files in it only index.md, workspace.dsl and modules/ "
    "are touched, and only where Banyan wrote them.",
)
@click.option("--topology", "asked", default="", help="Whose services are shown; of banyan.toml.")
@click.option(
    "--name", default="", help="The project's name; else of banyan.toml, or the folder's."
)
@click.option(
    "--advice",
    "advised",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default=None,
    help="An advice as JSON, to show each module's rung and verdict.",
)
@surveying.EVIDENCE
@click.option("--check", is_flag=True, help="Write nothing; say which pages are out of date.")
@click.pass_context
def document(
    ctx: click.Context,
    path: Path,
    folder: Path,
    evidence: tuple[Path, ...],
    *,
    asked: str,
    name: str,
    advised: Path | None,
    check: bool,
) -> None:
    """Write pages of the architecture of the Django project in PATH.

    A page for each module (what it is and offers, who uses what of it, what it uses), one of the
    whole with diagrams in Mermaid, and workspace.dsl: the C4 model for Structurizr. The same code
    gives the same pages, so that they can be committed, compared, and checked.
    """
    from banyan.boundaries.architecture import describe
    from banyan.boundaries.architecture.adapters.folder import differences, write
    from banyan.modules import project_in

    project = project_in(path)
    topology = _topology(project, asked)
    advice = _advice(advised) if advised else None
    found = surveying.read(ctx, path, evidence)
    pages = describe(found, project, topology, advice, name=name)
    if not check:
        changed = write(folder, pages)
        same = len(pages) - sum(one.what != "left over" for one in changed)
        click.echo(f"{folder}: {len(pages)} files, {same} of them as they were")
        return
    wrong = differences(folder, pages)
    for one in wrong:
        click.echo(f"{folder / one.file}: {one.what}")
    if wrong:
        click.echo("The same command without --check writes them anew.", err=True)
        ctx.exit(1)
    click.echo(f"{folder}: {len(pages)} files, all as they would be written")


def _topology(project: "Project | None", asked: str) -> "Topology | None":
    if not asked:
        return None
    if project is not None and asked in project.topologies:
        return project.topologies[asked]
    names = ", ".join(project.topologies) if project is not None else ""
    raise ConfigurationError(
        f"There is no topology {asked!r} in banyan.toml.",
        hint=f"There is: {names}." if names else "Write [topology.NAME] into it.",
    )


def _advice(file: Path) -> "Advice":
    import msgspec

    from banyan.boundaries.advice.facts import SCHEMA, Advice

    try:
        advice = msgspec.json.decode(file.read_bytes(), type=Advice)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise _no_advice(file, str(error)) from error
    if advice.schema != SCHEMA:
        raise _no_advice(file, f"its schema is {advice.schema!r}, not {SCHEMA!r}")
    return advice


def _no_advice(file: Path, why: str) -> ConfigurationError:
    return ConfigurationError(
        f"{file} is no advice: {why}.", hint="Make one: banyan advise -o advice.json"
    )
