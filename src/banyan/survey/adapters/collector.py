"""The garbage collector, which has nothing to find in what a survey makes."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the garbage collector: what a survey makes is of use until the end."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            # What was made meanwhile is as good as old: else all of it is looked through at once.
            gc.freeze()
            gc.unfreeze()
            gc.enable()
