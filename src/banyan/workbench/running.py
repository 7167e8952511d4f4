"""Builds systems from projects, runs them, and finds those that run."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from banyan.modules import Project
from banyan.workbench.adapters.folder import Folder, is_taken, read_state
from banyan.workbench.adapters.gateway import write_gateway
from banyan.workbench.adapters.processes import Guardian
from banyan.workbench.failures import unsupported_machine
from banyan.workbench.locating import find
from banyan.workbench.log import Line, Log
from banyan.workbench.plan import GATEWAY, NATS, nats_configuration
from banyan.workbench.preparing import Options, choose_topology, default_folder, prepare
from banyan.workbench.states import SystemState
from banyan.workbench.system import System


@contextmanager
def run(
    project: Project | Path | None = None,
    topology: str = "",
    *,
    database: str = "",
    port: int | None = None,
    folder: Path | None = None,
    fresh: bool = False,
    environment: Mapping[str, str] | None = None,
    listener: Callable[[Line], None] | None = None,
) -> Iterator[System]:
    """Run a project, ready to be used, for as long as the block lasts.

    Args:
        project: the project, its ``banyan.toml``, or a folder in it; by default the working folder.
        topology: by default ``services``, or the only one there is.
        database: ``sqlite``, or the address of a PostgreSQL server; by default a SQLite file for
            each service, and for a monolith what its settings say.
        port: of the entrance, or the next free one; by default any free one.
        folder: where data and logs are kept; by default ``.banyan/TOPOLOGY`` in the project.
        fresh: begin with an empty folder, and so with new SQLite databases.
        environment: more variables for every process.
        listener: called with each line of the log.

    Raises:
        FindingsError: it cannot start; each finding says why and what to do.
    """
    options = Options(
        database=database,
        port=port,
        folder=folder,
        fresh=fresh,
        environment=dict(environment or {}),
    )
    system = build(find(project), topology, options, listener)
    try:
        system.start()
        yield system
    finally:
        system.stop()


def build(
    project: Project,
    topology: str,
    options: Options,
    listener: Callable[[Line], None] | None = None,
) -> System:
    """A system that is prepared and not started.

    Raises:
        FindingsError: it cannot be prepared.
    """
    if os.name != "posix":
        raise unsupported_machine()
    chosen = choose_topology(project, topology)
    path = (options.folder or default_folder(project, chosen.name)).resolve()
    folder = Folder(path)
    lock = folder.open()
    try:
        if options.fresh:
            folder.clear()
        premises = prepare(project, chosen, options, folder)
        if NATS in premises.ports:
            (path / "nats.conf").write_text(nats_configuration(premises))
        if GATEWAY in premises.ports:
            write_gateway(premises)
        log = Log()
        log.listen(folder.keep)
        if listener is not None:
            log.listen(listener)
        return System(premises, folder, log, Guardian(held=[lock]))
    except BaseException:
        folder.close()
        raise


def running(project: Project, topology: str = "", folder: Path | None = None) -> list[SystemState]:
    """The systems of a project that run now, each as :meth:`System.describe` tells it."""
    if folder is not None:
        folders = [folder]
    elif topology:
        folders = [default_folder(project, topology)]
    else:
        folders = sorted(default_folder(project, "").glob("*"))
    return [state for one in folders if is_taken(one) and (state := read_state(one))]
