"""The threads that keep events moving, and how they stop."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from banyan.events.reporting import Outage, logger
from banyan.leases import Ring


@dataclass(frozen=True)
class Duty:
    """Something to do again and again.

    Attributes:
        name: for the log and the thread.
        step: does one batch; returns how much there was to do.
        ring: rings when there may be more.
        idle: at most so many seconds between two looks.
        finish: called once at the end, in the same thread.
        prepare: called before the first step after a failure; raises while it makes no sense.
    """

    name: str
    step: Callable[[], int]
    ring: Ring
    idle: float = 1.0
    finish: Callable[[], None] = lambda: None
    prepare: Callable[[], None] = lambda: None


class Crew:
    """Runs each duty in a thread of its own, until it is told to stop.

    Args:
        is_expected: True for the error of a server that is away.
        let_go: closes the calling thread's database connections.
    """

    def __init__(
        self,
        duties: Sequence[Duty],
        *,
        is_expected: Callable[[BaseException], bool],
        let_go: Callable[[], None],
    ) -> None:
        self._duties = duties
        self._is_expected = is_expected
        self._let_go = let_go
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []

    @property
    def is_stopping(self) -> bool:
        return self._stop.is_set()

    def start(self) -> None:
        for duty in self._duties:
            thread = threading.Thread(
                target=self._work, args=(duty,), name=f"banyan-{duty.name}", daemon=True
            )
            self._threads.append(thread)
            thread.start()

    def stop(self, seconds: float) -> bool:
        """Ask all threads to end, and wait; False when one is still busy after so long."""
        self._stop.set()
        for duty in self._duties:
            duty.ring.ring()
        ends = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.0, ends - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def _work(self, duty: Duty) -> None:
        outage = Outage(f"Events, {duty.name}")
        failed = False
        while not self._stop.is_set():
            try:
                if failed:
                    duty.prepare()
                done = duty.step()
                failed = False
                outage.end()
            except Exception as error:
                failed = True
                self._let_go()
                self._stop.wait(
                    outage.begin_or_continue(error, is_expected=self._is_expected(error))
                )
                continue
            if not done:
                duty.ring.wait(duty.idle)
        try:
            duty.finish()
        except Exception as error:
            logger.warning("Events, %s: could not finish cleanly: %s", duty.name, error)
        finally:
            self._let_go()
