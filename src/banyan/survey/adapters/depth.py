"""Room for recursion: what the reader makes may be deeper than an interpreter goes by default."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_DEEP: Final = 10_000


@contextmanager
def deep() -> Iterator[None]:
    """Let the deepest tree that the reader makes be encoded, decoded and walked by recursion."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, _DEEP))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)
