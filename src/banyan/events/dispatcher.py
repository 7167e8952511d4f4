"""The threads that deliver events inside a web process, where there is no broker."""

import atexit
import os
import threading
from collections.abc import Callable

from banyan.events.threads import Crew

# Seconds that a process which ends waits for the handler that is running.
_PATIENCE = 5.0


class Dispatcher:
    """One crew for this process, started by its first request and not before.

    A process that serves no requests (``migrate``, a shell, a test) starts nothing. After a fork
    the child has none until its own first request: threads do not survive a fork.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._crew: Crew | None = None
        os.register_at_fork(after_in_child=self._forget)

    @property
    def is_running(self) -> bool:
        return self._crew is not None

    def start(self, build: Callable[[], Crew]) -> None:
        """Start the crew unless it runs already."""
        if self._crew is not None:
            return
        with self._lock:
            if self._crew is None:
                crew = build()
                crew.start()
                atexit.register(self.stop)
                self._crew = crew

    def stop(self) -> None:
        """End the crew; what it has in hand and cannot finish is taken up when its lease ends."""
        with self._lock:
            crew, self._crew = self._crew, None
        if crew is not None:
            crew.stop(_PATIENCE)

    def _forget(self) -> None:
        self._lock = threading.Lock()
        self._crew = None
