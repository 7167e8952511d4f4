"""``banyan status``: how the parts of a running system stand."""

from pathlib import Path

import click
import msgspec

EPILOG = """\b
Exit statuses:
  0  everything is ready
  3  nothing runs, or not everything is ready
"""


@click.command(epilog=EPILOG)
@click.argument("topology", required=False, default="")
@click.option(
    "--project",
    type=click.Path(exists=True, path_type=Path),
    default=None,
    help="The project's folder or its banyan.toml; by default found upwards from here.",
)
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    help="The folder that `banyan up --folder` was given.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def status(
    ctx: click.Context, topology: str, project: Path | None, folder: Path | None, *, as_json: bool
) -> None:
    """Show the parts of what `banyan up` runs in this project."""
    from banyan import workbench

    systems = workbench.running(workbench.find(project), topology, folder)
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(systems), indent=1).decode())
    elif not systems:
        click.echo("Nothing is running. Start it with: banyan up")
    else:
        from rich.console import Console

        from banyan.cli.display import parts_table

        console = Console(highlight=False)
        for state in systems:
            console.print(f"[bold]{state.project} as {state.topology}[/]  {state.url}")
            console.print(parts_table(state))
    ctx.exit(0 if systems and all(state.is_ready for state in systems) else 3)
