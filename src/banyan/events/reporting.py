"""What the running parts tell: counters, and one line when something goes or comes back."""

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable

logger = logging.getLogger("banyan.events")


class Counters:
    """Plain integers, counted by several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: Counter[str] = Counter()

    def add(self, name: str, amount: int = 1) -> None:
        with self._lock:
            self._counts[name] += amount

    def read(self) -> dict[str, int]:
        """All counts since the start, by name."""
        with self._lock:
            return dict(sorted(self._counts.items()))


class Outage:
    """Says once that something is away, and once that it is back.

    Args:
        part: who says it, for the log.
        clock: seconds, as :func:`time.monotonic`.
    """

    def __init__(self, part: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._part = part
        self._clock = clock
        self._since: float | None = None
        self._failures = 0
        self._told = ""

    def begin_or_continue(self, error: BaseException, *, is_expected: bool) -> float:
        """Note a failure; returns the seconds to wait: doubling from 0.1 to 5.

        Args:
            is_expected: True for a server that is away; anything else gets its traceback.
        """
        if self._since is None:
            self._since = self._clock()
        kind = type(error).__name__
        if kind != self._told:
            self._told = kind
            logger.error(
                "%s: %s. Nothing is lost; it goes on by itself when this is over.",
                self._part,
                " ".join(str(error).split()) or kind,
                exc_info=None if is_expected else error,
            )
        self._failures += 1
        return float(min(5.0, 0.1 * 2 ** min(self._failures - 1, 10)))

    def end(self) -> None:
        """Note a success."""
        if self._since is not None:
            logger.warning("%s: works again after %.1f s.", self._part, self._clock() - self._since)
            self._since = None
            self._failures = 0
            self._told = ""
