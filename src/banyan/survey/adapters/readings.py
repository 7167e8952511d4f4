"""What is read of a project's files: the order to read one, and what came of it."""

from collections.abc import Callable
from hashlib import blake2b
from typing import NamedTuple, TypeAlias

from banyan.survey.damage import Damage

Progress: TypeAlias = Callable[[int, int], None]
"""Is told how many files are done, of how many."""


class Task(NamedTuple):
    """A file to read; of one that is not whole, the imports."""

    path: str
    size: int
    is_whole: bool


class Reading(NamedTuple):
    """What came of a file: its tree, encoded; or the error why there is none.

    Attributes:
        tree: what tells what is in the tree from anything else.
    """

    path: str
    digest: bytes = b""
    tree: bytes = b""
    blob: bytes = b""
    lines: int = 0
    damages: tuple[Damage, ...] = ()
    error: str = ""
    was_killed: bool = False


def digest_of(data: bytes) -> bytes:
    """What tells one content from another."""
    return blake2b(data, digest_size=16).digest()
