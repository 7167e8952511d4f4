"""``banyan up``: runs a system until it is told to stop."""

import signal
import sys
import threading
from pathlib import Path
from types import FrameType

import click

EPILOG = """\b
Examples:
  banyan up monolith
  banyan up services --port 9000
  banyan up services --database postgres://postgres@localhost/
  banyan up services --log-format json > system.log

\b
Stopping:
  Ctrl-C stops everything in order; a second Ctrl-C stops it at once.
  Nothing is left running, even if this command is killed.

\b
Your own programs, instead of those that django-banyan[up] brings:
  BANYAN_ENVOY, BANYAN_NATS_SERVER    paths of binaries
  BANYAN_EVENTS_BROKER                a broker that runs already, as nats://HOST:PORT
"""


@click.command(epilog=EPILOG)
@click.argument("topology", required=False, default="")
@click.option(
    "--port",
    type=click.IntRange(1, 65_535),
    default=8000,
    show_default=True,
    help="Where the system is reached; the next free port when it is taken.",
)
@click.option(
    "--database",
    envvar="BANYAN_UP_DATABASE",
    default="",
    metavar="ADDRESS",
    help="A PostgreSQL server, on which each service gets a database; or 'sqlite' for a file each. "
    "By default services have SQLite files, and a monolith what its settings say.",
)
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
    help="Where databases and logs are kept; by default .banyan/TOPOLOGY in the project.",
)
@click.option("--fresh", is_flag=True, help="Begin with new SQLite databases, set up again.")
@click.option(
    "--log-format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How the log is written to standard output.",
)
def up(  # noqa: PLR0917
    topology: str,
    port: int,
    database: str,
    project: Path | None,
    folder: Path | None,
    fresh: bool,
    log_format: str,
) -> None:
    """Run the project as TOPOLOGY says, with one log, until Ctrl-C.

    TOPOLOGY is a table of banyan.toml, as `monolith` or `services`; by default `services`, or
    the only one there is. Every service gets its own database and processes; events and calls
    between them go through a broker and by HTTP; a gateway gives all of them one address. What
    dies is started again.
    """
    if sys.platform == "win32":
        from banyan.workbench.failures import unsupported_machine

        raise unsupported_machine()
    from banyan import workbench
    from banyan.cli.display import display

    options = workbench.Options(database=database, port=port, folder=folder, fresh=fresh)
    screen = display(log_format)
    system = workbench.build(workbench.find(project), topology, options, screen.line)
    asked_to_stop = threading.Event()

    def ask(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
        # The first asks, the second insists.
        if asked_to_stop.is_set():
            system.kill()
        asked_to_stop.set()
        system.give_up()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        # nohup has SIGHUP ignored, and means it.
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, ask)
    try:
        if (chosen := system.premises.entrance) != port:
            screen.say(f"port {port} is taken; using {chosen}")
        screen.say(f"starting {system.premises.project.name} as {system.premises.topology.name}")
        if system.start():
            screen.ready(system)
            asked_to_stop.wait()
    finally:
        try:
            screen.say("stopping")
        finally:
            system.stop()
        screen.say("stopped; nothing is left running")
