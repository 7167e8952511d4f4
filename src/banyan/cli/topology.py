"""``banyan topology``: what banyan.toml says, checked, shown, and described for editors."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from banyan.modules import Project

PROJECT = click.option(
    "--project",
    type=click.Path(exists=True, path_type=Path),
    default=None,
    help="The project's folder or its banyan.toml; by default found upwards from here.",
)

EPILOG = """\b
Examples:
  banyan topology check
  banyan topology show services
  banyan topology schema > banyan.schema.json
"""


@click.group(epilog=EPILOG)
def topology() -> None:
    """Check and show what banyan.toml says."""


@topology.command()
@PROJECT
def check(project: Path | None) -> None:
    """Say what is wrong with banyan.toml; nothing is wrong when it exits with 0."""
    found = _project(project)
    services = {name: len(one.services) for name, one in found.topologies.items()}
    shown = ", ".join(f"{name} ({count})" for name, count in services.items()) or "no topologies"
    click.echo(f"{found.file}: {len(found.modules)} modules, {shown}. Nothing is wrong.")


@topology.command()
@click.argument("name", required=False, default="")
@PROJECT
def show(name: str, project: Path | None) -> None:
    """Show the modules, and which service each lives in."""
    from rich.console import Console
    from rich.table import Table

    from banyan.workbench.failures import unknown_topology

    found = _project(project)
    if name and name not in found.topologies:
        raise unknown_topology(found, name)
    shown = [name] if name else list(found.topologies)
    table = Table(box=None, header_style="dim", pad_edge=False)
    for column in ("module", "apps", "calls", "listens", *(f"in {one}" for one in shown)):
        table.add_column(column)
    for module in found.modules.values():
        homes = [found.topologies[one].service_of(module.name) for one in shown]
        table.add_row(
            module.name,
            ", ".join(module.apps),
            ", ".join(module.calls),
            ", ".join(module.listens),
            *(home.name if home else "-" for home in homes),
        )
    Console(highlight=False).print(table)


@topology.command()
def schema() -> None:
    """Print the JSON schema of banyan.toml, for editors."""
    from banyan.modules.schema import json_schema

    click.echo(json.dumps(json_schema(), indent=1))


def _project(project: Path | None) -> "Project":
    from banyan.workbench.locating import require

    return require(project)
