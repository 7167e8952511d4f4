"""What a call takes along from around it: its idempotency key and the command it is in."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from banyan.errors import Misuse

# What may stand in a header without quoting, and in an indexed column of any database.
_KEY = re.compile(r"[\x21-\x7e]{1,200}")

key_of_caller: ContextVar[str | None] = ContextVar("banyan_idempotency_key", default=None)
command_around: ContextVar[str | None] = ContextVar("banyan_command", default=None)


@contextmanager
def idempotency_key(key: str) -> Iterator[None]:
    """Give the commands called in a block a key: a command runs once for each key.

    A repeat with the same key and the same arguments gets the remembered outcome. The key counts
    for each method by itself, and not for what the called commands call in their turn.

    Raises:
        Misuse: the key is not 1 to 200 visible ASCII characters.
    """
    if not _KEY.fullmatch(key):
        raise Misuse(
            f"{key[:50]!r} cannot be an idempotency key.",
            hint="Use 1 to 200 visible ASCII characters, as in idempotency_key('checkout-17').",
            code="banyan.call.key_invalid",
        )
    token = key_of_caller.set(key)
    try:
        yield
    finally:
        key_of_caller.reset(token)


def is_key(text: str) -> bool:
    """Whether a text that came from outside can be an idempotency key."""
    return _KEY.fullmatch(text) is not None
