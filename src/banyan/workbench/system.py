"""A running system, for a program to look at and to play with."""

import asyncio
import os
import threading
import time
from collections.abc import Callable, Coroutine, Iterable, Mapping
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass
from typing import Any, TypeVar

from banyan.workbench.adapters.folder import Folder
from banyan.workbench.adapters.probing import NetworkProber
from banyan.workbench.adapters.processes import Guardian, SubprocessLauncher
from banyan.workbench.failures import failed_part
from banyan.workbench.log import Log
from banyan.workbench.parts import Part
from banyan.workbench.plan import plan
from banyan.workbench.premises import Premises
from banyan.workbench.preparing import (
    pending_setup,
)
from banyan.workbench.states import PartState, State, Status, SystemState
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
        self._system.kill_parts([self.name])

    def stop(self) -> None:
        """Stop it, and leave it stopped."""
        self._system.stop_parts([self.name])

    def start(self) -> None:
        """Start it again, and wait until it is ready."""
        self._system.start_parts([self.name])


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
        self.stop_parts(self._processes_of(name), kill=kill)

    def start_service(self, name: str) -> None:
        """Start a service again, and wait until it is ready.

        Raises:
            FindingsError: it did not start.
        """
        self.start_parts(self._processes_of(name))

    def stop_parts(self, names: Iterable[str], *, kill: bool = False) -> None:
        """Stop some parts, and leave them stopped."""
        self._run(self._supervisor.stop_parts(names, kill=kill))

    def start_parts(self, names: Iterable[str]) -> None:
        """Start some parts that were stopped, and wait until they are ready.

        Raises:
            FindingsError: one did not start.
        """
        self._attempt(self._supervisor.start_parts(names))

    def kill_parts(self, names: Iterable[str]) -> None:
        """End some parts by force; they are started again, and not ready until then."""
        self._run(self._kill(list(names)))

    def stop(self) -> None:
        """Stop every part in reverse order, and see that nothing is left."""
        if self._loop.is_closed():
            return
        try:
            self._run(self._supervisor.stop())
        finally:
            # Whatever went wrong, the guardian ends what is left.
            self._guardian.dismiss()
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
            self._loop.close()
            self._prober.close()
            self._folder.close()

    def kill(self) -> None:
        """End every part by force, now; :meth:`stop` then has nothing to wait for."""
        self._loop.call_soon_threadsafe(self._supervisor.kill)

    async def _kill(self, names: list[str]) -> None:
        self._supervisor.kill(names)

    def _processes_of(self, service: str) -> list[str]:
        return [
            part.name for part in self._parts.values() if part.service == service and not part.once
        ]

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

    def describe(self) -> SystemState:
        """How it stands."""
        return SystemState(
            pid=os.getpid(),
            project=self.premises.project.name,
            topology=self.premises.topology.name,
            url=self.url,
            started_at=self.started_at,
            parts=[
                PartState(
                    name=name,
                    state=status.state,
                    pid=status.pid,
                    address=self._parts[name].address,
                    deaths=status.deaths,
                    reason=status.reason,
                    once=self._parts[name].once,
                )
                for name, status in self.statuses.items()
            ],
        )

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()
