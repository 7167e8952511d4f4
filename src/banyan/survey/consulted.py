"""What is looked at while something is worked out, so that it holds while that stays as it is.

Whatever keeps a result keeps with it what was looked at for it, and whoever takes the result has
looked at the same. So in the end it is known of each file's results on which files they stand,
and on what in them.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import Final

# What names begin with by which it is marked what of a file was looked at: anything at all; more
# than some of its names; what a name is bound to in it, or in a class of it (of a class, its bases
# and whatever else stands around its body; of a function, its signature); that a file, or a class,
# was asked for a name that it has not.
FILE: Final = "file "
WHOLE: Final = "whole "
NAME: Final = "name "
MISSING: Final = "missing "
# And those by which it is marked that the body of a function was looked at; all that a class has
# in its body; which attributes its methods assign.
BODY: Final = "body "
CONTENTS: Final = "contents "
METHODS_OF: Final = "methods of "

_WIDTH: Final = 1 << 15
"""How many bits all names share. Of 2,100 results of a project with 250,000 lines, which look at
200 names each, and at 4,500 at most, a name that changes takes one along by mistake at times."""

_EACH: Final = 3
"""How many of the bits mark a name."""

_MOST_KEPT: Final = 4096


@lru_cache(maxsize=_MOST_KEPT)
def mark(name: str) -> int:
    """The mark of a name, the same in any run: a few bits of many, as in a Bloom filter.

    Two names seldom have all their bits in common with others that were looked at. Where they
    have, something is worked out anew that need not be.
    """
    found, digest = 0, blake2b(name.encode(errors="surrogateescape"), digest_size=8).digest()
    number = int.from_bytes(digest)
    for _ in range(_EACH):
        number, place = divmod(number, _WIDTH)
        found |= 1 << place
    return found


class Changed:
    """Tells what stands on something that has changed.

    Args:
        names: of all that has.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._marks = [mark(name) for name in names]

    def has(self, marks: int) -> bool:
        """Whether anything that is marked has changed."""
        return any(each & marks == each for each in self._marks)


class Consulted:
    """Marks what is looked at: names, of all that is in files, and what functions are given.

    A mark is some bits, and several of them are a number: to join what two results stand on is one
    operation. What functions are given has bits of its own, beyond those that names share, as it
    is asked again and again who knows of it.

    Attributes:
        marks: what was looked at since the last :meth:`begin`.
        names: of what has bits of its own, in their order.
    """

    __slots__ = ("_places", "marks", "names")

    def __init__(self) -> None:
        self._places: dict[str, int] = {}
        self.names: list[str] = []
        self.marks = 0

    def begin(self) -> int:
        """Start to mark for one result; what it gives is to be given back to :meth:`end`."""
        outer, self.marks = self.marks, 0
        return outer

    def end(self, outer: int) -> int:
        """All marks of the result; they are marks of what it was worked out for, too."""
        marks = self.marks
        self.marks = outer | marks
        return marks

    def look(self, name: str) -> None:
        """Mark a name."""
        self.marks |= mark(name)

    def bit(self, name: str) -> int:
        """A bit that marks this and nothing else."""
        place = self._places.get(name)
        if place is None:
            place = self._places[name] = len(self.names)
            self.names.append(name)
        return 1 << (_WIDTH + place)

    def adopt(self, names: Iterable[str]) -> None:
        """Give the names that an earlier run has marked the bits that they had there."""
        for name in names:
            self.bit(name)


class Book:
    """What the bits of one run mean that mark one name each.

    Args:
        names: in the order of their bits.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self._places = {name: place for place, name in enumerate(names)}

    def marks(self, names: Iterable[str]) -> int:
        """The marks of some names; one that was never looked at has none."""
        found = 0
        for name in names:
            place = self._places.get(name)
            if place is not None:
                found |= 1 << (_WIDTH + place)
        return found


def packed(marks: int) -> bytes:
    """Marks as bytes."""
    return marks.to_bytes((marks.bit_length() + 7) // 8, "little")


def unpacked(data: bytes) -> int:
    """Marks from bytes."""
    return int.from_bytes(data, "little")
