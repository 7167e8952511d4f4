"""The command's entrance: it knows the commands by name and loads only the one that is run."""

import sys
from importlib import import_module

import click

EPILOG = """\b
Exit statuses:
  0  it went well
  1  something was found wrong, or could not start; each finding says what to do
  2  the command line itself was not understood
  3  `banyan status`: nothing runs, or not everything is ready

\b
Begin here, in the folder of a Django project, whatever its Django:
  banyan survey             how its apps hold on to each other; nothing is installed or changed
  banyan explain A B        all that ties one of its modules to another
  banyan init               write down what is there today: a banyan.toml and a baseline
  banyan check              fail for coupling that is new since
  banyan advise             whether to split at all, where to begin, at what price

\b
When it has a banyan.toml:
  banyan up monolith        the project as one process
  banyan up services        the same project as services, behind one address
"""

# Name to where it is and what it does: so that --help need not load any of them.
COMMANDS = {
    "survey": ("banyan.cli.survey:survey", "See how the apps of a Django project hold together."),
    "explain": ("banyan.cli.explain:explain", "See all that ties one module to another."),
    "init": (
        "banyan.cli.init:init",
        "Write a banyan.toml and a baseline to begin with.",
    ),
    "check": ("banyan.cli.check:check", "Fail for coupling that is new since the baseline."),
    "advise": ("banyan.cli.advise:advise", "Whether to split, where to begin, at what price."),
    "document": (
        "banyan.cli.document:document",
        "Write pages of the project's architecture: C4, and one a module.",
    ),
    "record": (
        "banyan.cli.record:record",
        "Run the project's tests; keep which lines touch which tables.",
    ),
    "up": ("banyan.cli.up:up", "Run the whole system: servers, events, broker, gateway."),
    "status": ("banyan.cli.status:status", "Show the parts of a system that runs."),
    "topology": ("banyan.cli.topology:topology", "Check and show what banyan.toml says."),
}


class Commands(click.Group):
    """A group whose commands are imported when they are needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The names, in the order in which a newcomer needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of a name."""
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The list of commands."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


def _version(ctx: click.Context, _parameter: click.Parameter, asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        click.echo(f"banyan {version('django-banyan')}")
        ctx.exit()


@click.command(
    cls=Commands, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help="Print the version and exit.",
)
def banyan() -> None:
    """Take a Django monolith to services one seam at a time, and run it either way."""


def main() -> None:
    """Run the command line; what is wrong is said in findings, never as a traceback."""
    from banyan.errors import BanyanError

    try:
        banyan()
    except BanyanError as error:
        from banyan.cli.printing import print_error

        print_error(error)
        sys.exit(1)
