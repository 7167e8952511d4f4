"""A running system, for a program to look at and to play with."""

import asyncio
import os
import threading
import time
from collections.abc import Callable, Coroutine, Iterator, Mapping
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from banyan.modules import Project
from banyan.workbench.adapters.folder import Folder, is_taken, read_state
from banyan.workbench.adapters.gateway import write_gateway
from banyan.workbench.adapters.probing import NetworkProber
from banyan.workbench.adapters.processes import Guardian, SubprocessLauncher
from banyan.workbench.failures import failed_part, unsupported_machine
from banyan.workbench.locating import find
from banyan.workbench.log import Line, Log
from banyan.workbench.parts import Part
from banyan.workbench.plan import GATEWAY, NATS, nats_configuration, plan
from banyan.workbench.premises import Premises
from banyan.workbench.preparing import (
    Options,
    choose_topology,
    default_folder,
    pending_setup,
    prepare,
)
from banyan.workbench.states import State, Status
from banyan.workbench.supervisor import StartFailed, Supervisor

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Process:
    """A handle on one part of a running system."""

    part: Part
    _system: "System"

    @property
    def name(self) -> str:
        """As ``orders.web``."""
        return self.part.name

    @property
    def status(self) -> Status:
        """How it stands now."""
        return self._system.statuses[self.name]

    @property
    def pid(self) -> int | None:
        """Its process, if it runs."""
        return self.status.pid

    def kill(self) -> None:
        """End it by force, with all that it started; it is started again."""
        self._system._run(self._system._kill([self.name]))

    def stop(self) -> None:
        """Stop it, and leave it stopped."""
        self._system._run(self._system._supervisor.stop_parts([self.name]))

    def start(self) -> None:
        """Start it again, and wait until it is ready."""
        self._system._start([self.name])


class System:
    """A project that runs as a topology says. Make one with :func:`run`.

    Attributes:
        premises: what was decided for it.
        log: what its parts say.
        url: where to talk to it: the gateway, or the monolith's server.
    """

    def __init__(self, premises: Premises, folder: Folder, log: Log, guardian: Guardian) -> None:
        self.premises = premises
        self.log = log
        self.url = f"http://localhost:{premises.entrance}"
        self.started_at = time.time()
        self._folder = folder
        self._guardian = guardian
        self._prober = NetworkProber()
        self._changed = threading.Condition()
        self._parts = {part.name: part for part in plan(premises)}
        self._statuses = {name: Status() for name in self._parts}
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="banyan-supervisor")
        self._thread.start()
        self._supervisor = self._run(self._supervise())
        self._attempted: Future[None] | None = None
        self._given_up = False

    @property
    def statuses(self) -> Mapping[str, Status]:
        """How each part stands, in the order of their start."""
        with self._changed:
            return dict(self._statuses)

    @property
    def processes(self) -> Mapping[str, Process]:
        """The parts, by name."""
        return {name: Process(part, self) for name, part in self._parts.items()}

    @property
    def is_ready(self) -> bool:
        """Whether every part does what it is for."""
        return all(status.state.is_good for status in self.statuses.values())

    def start(self) -> bool:
        """Start every part, and wait until all are ready; False when that was given up.

        Raises:
            FindingsError: one did not start.
        """
        try:
            self._attempt(self._supervisor.start())
        except CancelledError:
            return False
        return True

    def give_up(self) -> None:
        """End a :meth:`start` that goes on, from a signal handler or another thread."""
        self._given_up = True
        if self._attempted is not None:
            self._attempted.cancel()

    def wait_ready(self, timeout: float = 60.0) -> None:
        """Wait until every part is ready.

        Raises:
            TimeoutError: they are not within so many seconds; it names those that are not.
        """
        self.wait_until(lambda: self.is_ready, timeout, "ready")

    def wait_until(self, holds: Callable[[], bool], timeout: float, what: str = "so") -> None:
        """Wait until something holds of the parts' states.

        Raises:
            TimeoutError: it does not within so many seconds.
        """
        with self._changed:
            if not self._changed.wait_for(holds, timeout):
                states = ", ".join(
                    f"{name} is {status.state}{f' ({status.reason})' if status.reason else ''}"
                    for name, status in self._statuses.items()
                    if not status.state.is_good
                )
                raise TimeoutError(f"not {what} within {timeout:g} s: {states or 'all are ready'}")

    def stop_service(self, name: str, *, kill: bool = False) -> None:
        """Stop all the processes of a service, and leave them stopped.

        Args:
            kill: by force, as a crash would end it.
        """
        self._run(self._supervisor.stop_parts(self._running_parts(name), kill=kill))

    def start_service(self, name: str) -> None:
        """Start a service again, and wait until it is ready.

        Raises:
            FindingsError: it did not start.
        """
        self._start(self._running_parts(name))

    def stop(self) -> None:
        """Stop every part in reverse order, and see that nothing is left."""
        if self._loop.is_closed():
            return
        self._run(self._supervisor.stop())
        self._guardian.dismiss()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        self._prober.close()
        self._folder.close()

    def kill(self) -> None:
        """End every part by force, now; :meth:`stop` then has nothing to wait for."""
        self._loop.call_soon_threadsafe(self._supervisor.kill)

    def _running_parts(self, service: str) -> list[str]:
        return [
            part.name for part in self._parts.values() if part.service == service and not part.once
        ]

    def _start(self, names: list[str]) -> None:
        self._attempt(self._supervisor.start_parts(names))

    def _attempt(self, work: Coroutine[Any, Any, None]) -> None:
        self._attempted = asyncio.run_coroutine_threadsafe(work, self._loop)
        if self._given_up:
            self._attempted.cancel()
        try:
            self._attempted.result()
        except StartFailed as failure:
            raise failed_part(
                failure.part.name,
                failure.reason,
                failure.last_lines,
                self._folder.log_file(failure.part.name),
            ) from None

    async def _supervise(self) -> Supervisor:
        return Supervisor(
            self._parts.values(),
            SubprocessLauncher(self._guardian),
            self._prober,
            self.log,
            # Python processes that start are busy; more of them than processors only wait.
            at_once=(os.cpu_count() or 2) + 1,
            changed=self._note,
        )

    async def _kill(self, names: list[str]) -> None:
        self._supervisor.kill(names)

    def _note(self, name: str, status: Status) -> None:
        with self._changed:
            self._statuses[name] = status
            self._changed.notify_all()
        part = self._parts[name]
        if part.once and status.state is State.DONE:
            self._set_up(part.service)
        self._folder.write_state(self.describe())

    def _set_up(self, service: str) -> None:
        steps = [
            part.name
            for part in self._parts.values()
            if part.service == service and ".setup" in part.name
        ]
        if steps and all(self._statuses[name].state is State.DONE for name in steps):
            pending_setup(self.premises.folder, service).unlink(missing_ok=True)

    def describe(self) -> dict[str, Any]:
        """How it stands, in JSON's types."""
        return {
            "schema": "banyan.state/1",
            "pid": os.getpid(),
            "project": self.premises.project.name,
            "topology": self.premises.topology.name,
            "url": self.url,
            "started_at": self.started_at,
            "parts": [
                {
                    "name": name,
                    "state": status.state,
                    "pid": status.pid,
                    "address": self._parts[name].address,
                    "deaths": status.deaths,
                    "reason": status.reason,
                    "once": self._parts[name].once,
                }
                for name, status in self.statuses.items()
            ],
        }

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()


@contextmanager
def run(
    project: Project | Path | None = None,
    topology: str = "",
    *,
    database: str = "",
    port: int | None = None,
    folder: Path | None = None,
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
        environment: more variables for every process.
        listener: called with each line of the log.

    Raises:
        FindingsError: it cannot start; each finding says why and what to do.
    """
    options = Options(
        database=database, port=port, folder=folder, environment=dict(environment or {})
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


def running(
    project: Project, topology: str = "", folder: Path | None = None
) -> list[dict[str, Any]]:
    """The systems of a project that run now, each as :meth:`System.describe` tells it."""
    if folder is not None:
        folders = [folder]
    elif topology:
        folders = [default_folder(project, topology)]
    else:
        folders = sorted(default_folder(project, "").glob("*"))
    return [state for one in folders if is_taken(one) and (state := read_state(one))]
