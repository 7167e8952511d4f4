"""Tells whether a file has only come to say more than it did, and what more."""

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import Final

import msgspec

from banyan.survey.namespaces import namespace
from banyan.survey.syntax import Class, Function, Statement

_SIZE: Final = 8

_encode: Final = msgspec.msgpack.Encoder().encode


def parts(body: Iterable[Statement]) -> list[bytes]:
    """What tells each statement, and the lines that it stands on, from any other."""
    return [blake2b(_encode(statement), digest_size=_SIZE).digest() for statement in body]


def added(
    before: Sequence[bytes], now: Sequence[bytes], body: Sequence[Statement]
) -> set[str] | None:
    """The names of the classes and functions that were added to the end of a file.

    Args:
        before: the parts that it had.
        now: those that it has.
        body: what it has now.

    Returns:
        None where anything else is different, or a name that it had means something else.
    """
    end = len(before)
    if end > len(now) or list(now[:end]) != list(before):
        return None
    more: set[str] = set()
    for statement in body[end:]:
        if not isinstance(statement, Class | Function):
            return None
        more.add(statement.name)
    had = namespace(body[:end]).bindings.keys()
    return None if more & had else more
