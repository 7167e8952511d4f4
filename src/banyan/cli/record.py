"""``banyan record``: runs a project's tests or server, and keeps what its lines touched."""

import os
from pathlib import Path

import click

from banyan.errors import ConfigurationError

EPILOG = """\b
Examples:
  banyan record -- pytest
  banyan record -o orders.json -- python manage.py test orders
  banyan record -- python manage.py runserver --noreload
  banyan record merge shard-1.json shard-2.json -o evidence.json

\b
Exit statuses:
  that of COMMAND; but 1 when it went well and nothing could be recorded

\b
It must be the project's own Python, 3.8 or newer, with Django 3.2 or newer, that COMMAND starts.
Tools that clean the environment (tox, nox, docker) start one that is not recorded: have them run
`banyan record` inside, or let PYTHONPATH through.
"""

MISSING_DASHES = "Write -- before the command, so that its options are not taken for banyan's"
OUTPUT = click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("evidence.json"),
    show_default=True,
    help="The evidence file to write.",
)


class Record(click.Group):
    """What stands after ``--`` is the command to run, and no subcommand."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Keep the command to run apart from our own options."""
        ctx.obj = None
        if "--" in args:
            dashes = args.index("--")
            ctx.obj = args[dashes + 1 :]
            args = args[:dashes]
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Say how a command is written, to who left out the dashes."""
        if args[0] not in self.commands and ctx.obj is None:
            ctx.fail(f"{MISSING_DASHES}: banyan record -- {' '.join(args)}")
        return super().resolve_command(ctx, args)


@click.group(
    cls=Record,
    epilog=EPILOG,
    invoke_without_command=True,
    subcommand_metavar="-- COMMAND... | merge FILE... | schema",
)
@OUTPUT
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    help="The project's folder; by default this one. Only lines of files below it are told.",
)
@click.pass_context
def record(ctx: click.Context, output: Path, root: Path) -> None:
    """Run COMMAND, and keep which lines of the project touched which tables.

    The project needs no change, and nothing is installed into it. Kept are: file, line and
    function; the tables read and written, joined, and written in one transaction; signals, tasks
    and the hosts of HTTP requests. Never kept are values, parameters, or the text of statements.

    The file is the same for the same run, so that it can be committed; it grows with `merge`.
    """
    if ctx.invoked_subcommand is not None:
        return
    if not ctx.obj:
        ctx.fail(f"{MISSING_DASHES}: banyan record -- pytest")
    _require_folder(output)
    # Late: `--help` needs none of it.
    from banyan.survey.recording.adapters.child import run
    from banyan.survey.recording.adapters.files import write_evidence
    from banyan.survey.recording.adapters.interpreter import Premises

    with Premises(root) as premises:
        status = run(ctx.obj, premises.environment(os.environ))
        recording = premises.recording()
    if not recording.djangos:
        from banyan.cli.printing import print_error

        print_error(
            ConfigurationError(
                f"nothing was recorded, and {output} is not written: no Python with Django "
                "started that reads PYTHONPATH",
                hint="Does the command run Django? Options -I and -E of Python, and tox, nox and "
                "docker, keep PYTHONPATH from it: run banyan record inside of them.",
                code="banyan.recording",
            )
        )
        ctx.exit(status or 1)
    write_evidence(recording.evidence, output)
    lines = recording.evidence.lines
    click.echo(
        f"banyan: {recording.statements:,} statements with Django {', '.join(recording.djangos)}, "
        f"{recording.unattributed:,} of them by no line of the project itself; "
        f"{len(lines):,} lines in {len({line.file for line in lines}):,} files: {output}",
        err=True,
    )
    for failure in recording.failures:
        click.echo(f"banyan: the recorder failed, and left something out: {failure}", err=True)
    ctx.exit(status)


@record.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(dir_okay=False, path_type=Path))
@OUTPUT
def merge(files: tuple[Path, ...], output: Path) -> None:
    """Bring the files of several runs or shards into one."""
    from banyan.survey.recording import merge as merged
    from banyan.survey.recording.adapters.files import read_evidence, write_evidence

    evidence = merged([read_evidence(file) for file in files])
    _require_folder(output)
    write_evidence(evidence, output)
    click.echo(f"{output}: {len(evidence.lines):,} lines of {len(files)} files.")


@record.command()
def schema() -> None:
    """Print the JSON schema of an evidence file."""
    import json

    from banyan.survey.recording import json_schema

    click.echo(json.dumps(json_schema(), indent=1))


def _require_folder(output: Path) -> None:
    """A folder that is missing is told before the tests have run, not after."""
    if not output.absolute().parent.is_dir():
        raise ConfigurationError(
            f"there is no folder {output.absolute().parent}",
            hint=f"Make it, or name another file than {output}: -o PATH",
            code="banyan.recording",
        )
