"""The instant by which the running work must be done, for all that it calls."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

# An instant of time.monotonic(), so that a clock that is set does not move it.
_ends: ContextVar[float | None] = ContextVar("banyan_deadline", default=None)


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Give a block at most so many seconds; within an earlier deadline the earlier one holds.

    The block is not interrupted: what it calls (a contract's method, for one) asks
    :func:`remaining` and gives up in time.
    """
    ends = time.monotonic() + seconds
    current = _ends.get()
    token = _ends.set(ends if current is None else min(ends, current))
    try:
        yield
    finally:
        _ends.reset(token)


def remaining() -> float | None:
    """Seconds until the deadline, at or below 0 once it has passed; None without a deadline."""
    ends = _ends.get()
    return None if ends is None else ends - time.monotonic()
