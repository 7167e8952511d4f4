"""What a reader of files could not make sense of, or had too much of."""

from typing import Final

import msgspec

LEFT_OUT: Final = "left out: "
"""How the reason of a damage begins where the source is sound, but too much."""


class Damage(msgspec.Struct, array_like=True, frozen=True, tag=60, gc=False):
    """A place that the reader could not make sense of."""

    line: int
    reason: str
