"""Starts the parts in their order, starts again what dies, and stops all in reverse."""

import asyncio
from collections.abc import Callable, Iterable, Mapping

from banyan.workbench.keeper import Keeper, Patience
from banyan.workbench.log import SUPERVISOR, Log
from banyan.workbench.parts import Part, stages
from banyan.workbench.ports import Launcher, Prober
from banyan.workbench.states import State, Status


class StartFailed(Exception):
    """A part did not start.

    Attributes:
        part: which.
        reason: why, as far as the supervisor knows.
        last_lines: what the part said last.
    """

    def __init__(self, part: Part, reason: str, last_lines: Iterable[str]) -> None:
        self.part = part
        self.reason = reason
        self.last_lines = tuple(last_lines)
        super().__init__(f"{part.name} {reason}")


class Supervisor:
    """Looks after the parts of one system. Use it within one event loop.

    Args:
        at_once: how many parts may be starting at the same time.
        changed: called whenever a part's status has changed.
    """

    def __init__(
        self,
        parts: Iterable[Part],
        launcher: Launcher,
        prober: Prober,
        log: Log,
        *,
        at_once: int = 4,
        changed: Callable[[str, Status], None] = lambda _part, _status: None,
        patience: Patience = Patience(),  # noqa: B008 - a frozen value
    ) -> None:
        self._stages = stages(parts)
        self._log = log
        gate = asyncio.Semaphore(at_once)
        self._keepers: dict[str, Keeper] = {}
        for stage in self._stages:
            for part in stage:
                before = [self._keepers[name] for name in part.after]
                self._keepers[part.name] = Keeper(
                    part, before, launcher, prober, log, gate, changed, patience
                )

    @property
    def statuses(self) -> Mapping[str, Status]:
        """The status of each part, in the order of their start."""
        return {name: keeper.status for name, keeper in self._keepers.items()}

    async def start(self) -> None:
        """Start every part and return when all are ready, or done.

        Raises:
            StartFailed: one could not be started. The others go on; call :meth:`stop`.
        """
        for keeper in self._keepers.values():
            keeper.start()
        waiting = {
            asyncio.create_task(keeper.begun.wait()): keeper for keeper in self._keepers.values()
        }
        try:
            pending = set(waiting)
            while pending:
                finished, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
                for keeper in (waiting[task] for task in finished):
                    if keeper.status.state is State.FAILED:
                        raise self._failure(keeper)
        finally:
            for task in waiting:
                task.cancel()

    async def stop(self) -> None:
        """Stop every part, those that were started last first."""
        for stage in reversed(self._stages):
            await self.stop_parts(part.name for part in stage)

    async def stop_parts(self, names: Iterable[str], *, kill: bool = False) -> None:
        """Stop some parts, and do not start them again."""
        await asyncio.gather(*(self._keepers[name].stop(kill=kill) for name in names))

    async def start_parts(self, names: Iterable[str]) -> None:
        """Start some parts that were stopped, and return when they are ready."""
        wanted = [self._keepers[name] for name in names]
        for keeper in wanted:
            keeper.start()
        await asyncio.gather(*(keeper.begun.wait() for keeper in wanted))
        for keeper in wanted:
            if keeper.status.state is State.FAILED:
                raise self._failure(keeper)

    def kill(self, names: Iterable[str] | None = None) -> None:
        """End some parts, or all, by force; what is wanted is started again."""
        for name in self._keepers if names is None else names:
            self._keepers[name].kill()

    def say(self, text: str) -> None:
        """Write a line of the supervisor's own."""
        self._log.write(SUPERVISOR, text)

    def _failure(self, keeper: Keeper) -> StartFailed:
        lines = [line.text for line in self._log.lines(keeper.part.name)][-12:]
        return StartFailed(keeper.part, keeper.status.reason, lines)
