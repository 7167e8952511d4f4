"""Keeps one part alive: starts it, watches it, starts it again when it dies, and stops it."""

import asyncio
import contextlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from banyan.workbench.log import SUPERVISOR, Log
from banyan.workbench.parts import AliveProbe, HttpProbe, LineProbe, Part, TcpProbe
from banyan.workbench.ports import Launcher, Prober, Running
from banyan.workbench.states import STEADY_AFTER, State, Status, describe_exit, pause


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the keeper waits between two looks, in seconds.

    Attributes:
        starting: while a part is starting.
        watching: while it runs.
        misses: how many bad looks in a row make it unready.
        pause: after so many deaths in a row.
    """

    starting: float = 0.05
    watching: float = 1.0
    misses: int = 2
    pause: Callable[[int], float] = pause


class Keeper:
    """Looks after one part.

    Attributes:
        begun: set once the part has become ready, is done, or has failed to.
    """

    def __init__(  # noqa: PLR0917
        self,
        part: Part,
        before: Iterable["Keeper"],
        launcher: Launcher,
        prober: Prober,
        log: Log,
        gate: asyncio.Semaphore,
        changed: Callable[[str, Status], None],
        patience: Patience,
    ) -> None:
        self.part = part
        self.status = Status()
        self.begun = asyncio.Event()
        self._before = tuple(before)
        self._launcher = launcher
        self._prober = prober
        self._log = log
        self._gate = gate
        self._changed = changed
        self._patience = patience
        self._running: Running | None = None
        self._keeping: asyncio.Task[None] | None = None
        self._said: asyncio.Event = asyncio.Event()
        self._unwanted = asyncio.Event()

    def start(self) -> None:
        """Begin to look after the part; nothing happens if that goes on already."""
        if self._keeping is None or self._keeping.done():
            self._unwanted.clear()
            self.begun.clear()
            self._become(State.WAITING, pid=None, reason="")
            self._keeping = asyncio.create_task(self._keep(), name=self.part.name)

    async def stop(self, *, kill: bool = False) -> None:
        """Stop the part, by force when asking was of no use."""
        self._unwanted.set()
        if self._running is not None:
            self._become(State.STOPPING)
            if kill:
                self._running.kill()
            else:
                self._running.terminate()
        if self._keeping is None:
            return
        _, late = await asyncio.wait([self._keeping], timeout=self.part.stop_within)
        if late and self._running is not None:
            self._say(f"{self.part.name} did not stop in {self.part.stop_within:g} s; killed")
            self._running.kill()
        await self._keeping

    def kill(self) -> None:
        """End the process by force."""
        if self._running is not None:
            self._running.kill()
            if not self._unwanted.is_set():
                # Said before its end is seen, so that nobody takes it for ready meanwhile.
                self._become(State.RESTARTING, reason="was killed")

    async def _keep(self) -> None:
        """The part's life, from waiting for others to its end."""
        deaths_in_a_row = 0
        if not await self._others_have_begun():
            self._finish(State.STOPPED)
            return
        while not self._unwanted.is_set():
            ready_for, code = await self._live()
            if self._unwanted.is_set():
                break
            if self.status.state is State.FAILED:
                self.begun.set()
                return
            if self.part.once and code == 0:
                self._finish(State.DONE)
                return
            why = describe_exit(code)
            if self.part.once or not self.begun.is_set():
                self._finish(State.FAILED, reason=f"ended with {why}")
                return
            deaths_in_a_row = 1 if ready_for >= STEADY_AFTER else deaths_in_a_row + 1
            seconds = self._patience.pause(deaths_in_a_row)
            self._say(f"{self.part.name} died ({why}); it is started again in {seconds:g} s")
            self._become(
                State.RESTARTING,
                pid=None,
                deaths=self.status.deaths + 1,
                reason=f"died ({why}); starts again in {seconds:g} s",
            )
            await self._unwanted_within(seconds)
        self._finish(State.STOPPED)

    async def _others_have_begun(self) -> bool:
        """Whether all that must come first has, before this part became unwanted."""
        for keeper in self._before:
            begun = asyncio.create_task(keeper.begun.wait())
            unwanted = asyncio.create_task(self._unwanted.wait())
            await asyncio.wait([begun, unwanted], return_when=asyncio.FIRST_COMPLETED)
            begun.cancel()
            unwanted.cancel()
            if self._unwanted.is_set() or keeper.status.state is State.FAILED:
                return False
        return True

    async def _live(self) -> tuple[float, int]:
        """One life of the process: the seconds for which it was ready, and its exit code."""
        clock = asyncio.get_running_loop().time
        self._said = asyncio.Event()
        ready_at: float | None = None
        async with contextlib.AsyncExitStack() as stack:
            await stack.enter_async_context(self._gate)
            if self._unwanted.is_set():
                return 0.0, 0
            try:
                running = await self._launcher.launch(self.part, self._heard)
            except OSError as error:
                self._become(State.FAILED, reason=f"cannot be started: {error.strerror or error}")
                return 0.0, 1
            self._running = running
            if self._unwanted.is_set():
                running.terminate()
            self._become(State.STARTING, pid=running.pid, reason="")
            ended = asyncio.create_task(running.wait())
            try:
                if await self._becomes_ready(ended):
                    # Others may start now.
                    await stack.aclose()
                    ready_at = clock()
                    self._become(State.READY, reason="")
                    self.begun.set()
                    await self._watch(ended)
                elif not ended.done() and not self._unwanted.is_set() and not self.begun.is_set():
                    running.kill()
                    self._become(State.FAILED, reason=self._lateness())
                code = await ended
            finally:
                self._running = None
        return (clock() - ready_at if ready_at is not None else 0.0), code

    async def _becomes_ready(self, ended: asyncio.Task[int]) -> bool:
        """Whether the part is ready before it ends or its time to start is over."""
        if self.part.once:
            await asyncio.wait([ended], timeout=self.part.start_within)
            return False
        try:
            async with asyncio.timeout(self.part.start_within if not self.begun.is_set() else None):
                return await self._looks_ready(ended)
        except TimeoutError:
            return False

    async def _looks_ready(self, ended: asyncio.Task[int]) -> bool:
        match self.part.probe:
            case LineProbe():
                said = asyncio.create_task(self._said.wait())
                await asyncio.wait([said, ended], return_when=asyncio.FIRST_COMPLETED)
                said.cancel()
                return not ended.done()
            case AliveProbe(seconds):
                await asyncio.wait([ended], timeout=seconds)
                return not ended.done()
            case HttpProbe() | TcpProbe() as probe:
                while not ended.done():
                    reason = await self._prober.look(probe)
                    if reason is None:
                        return not ended.done()
                    self._become(self.status.state, reason=reason)
                    await asyncio.wait([ended], timeout=self._patience.starting)
                return False

    async def _watch(self, ended: asyncio.Task[int]) -> None:
        """Look at a ready part again and again until it ends."""
        probe = self.part.probe
        if not isinstance(probe, HttpProbe | TcpProbe):
            await asyncio.wait([ended])
            return
        misses = 0
        while not ended.done():
            await asyncio.wait([ended], timeout=self._patience.watching)
            if ended.done() or self._unwanted.is_set():
                await asyncio.wait([ended])
                return
            reason = await self._prober.look(probe)
            misses = 0 if reason is None else misses + 1
            if ended.done() or self._unwanted.is_set():
                continue
            if reason is None and self.status.state is State.UNREADY:
                self._say(f"{self.part.name} is ready again")
                self._become(State.READY, reason="")
            elif reason is not None and misses == self._patience.misses:
                self._say(f"{self.part.name} is not ready: {reason}")
                self._become(State.UNREADY, reason=reason)

    async def _unwanted_within(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._unwanted.wait()

    def _lateness(self) -> str:
        last = f" ({self.status.reason})" if self.status.reason else ""
        what = "done" if self.part.once else "ready"
        return f"was not {what} within {self.part.start_within:g} s{last}"

    def _finish(self, state: State, reason: str = "") -> None:
        self._become(state, pid=None, reason=reason)
        self.begun.set()

    def _heard(self, text: str) -> None:
        self._log.write(self.part.name, text)
        if isinstance(self.part.probe, LineProbe) and self.part.probe.words in text:
            self._said.set()

    def _become(self, state: State, **changes: object) -> None:
        status = replace(self.status, state=state, **changes)  # type: ignore[arg-type]
        if status != self.status:
            self.status = status
            self._changed(self.part.name, status)

    def _say(self, text: str) -> None:
        self._log.write(SUPERVISOR, text)
