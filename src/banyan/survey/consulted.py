"""What is looked at while something is worked out, so that it holds while that stays as it is.

Whatever keeps a result keeps with it what was looked at for it, and whoever takes the result has
looked at the same. So in the end it is known of each file's results on which files they stand.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

# What names begin with by which it is marked what of a file was looked at: more than some of its
# names; what a name is bound to in it, or in a class of it (of a class, its bases and whatever
# else stands around its body; of a function, its signature); that a file, or a class, was asked
# for a name that it has not.
WHOLE: Final = "whole "
NAME: Final = "name "
MISSING: Final = "missing "
# And those by which it is marked that the body of a function was looked at; all that a class has
# in its body; which attributes its methods assign.
BODY: Final = "body "
CONTENTS: Final = "contents "
METHODS_OF: Final = "methods of "


class Consulted:
    """Marks what is looked at: files, and names under which things are kept for all files.

    A mark is a bit, and several of them are a number: to join what two results stand on is one
    operation. Files have the lowest bits, in the order in which they are given.

    Attributes:
        marks: what was looked at since the last :meth:`begin`.
        names: of the marks beyond those of files, in the order of their bits.
    """

    __slots__ = ("_bits", "_first", "marks", "names")

    def __init__(self, files: int = 0) -> None:
        self._first = files
        self._bits: dict[str, int] = {}
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
        self.marks |= self.bit(name)

    def bit(self, name: str) -> int:
        """The mark of a name."""
        found = self._bits.get(name)
        if found is None:
            found = self._bits[name] = 1 << (self._first + len(self.names))
            self.names.append(name)
        return found

    def adopt(self, names: Iterable[str]) -> None:
        """Give the names that an earlier run has marked the bits that they had there."""
        for name in names:
            self.bit(name)


class Book:
    """What the marks of one run mean.

    Args:
        files: the mark of each file; they are the lowest.
        names: those beyond, in the order of their bits.
    """

    def __init__(self, files: Mapping[str, int], names: Sequence[str]) -> None:
        self._files = files
        first = len(files)
        self._names = {name: 1 << (first + index) for index, name in enumerate(names)}

    def marks(self, files: Iterable[str], names: Iterable[str]) -> int:
        """The marks of some files and names; one that was never looked at has none."""
        found = 0
        for path in files:
            found |= self._files.get(path, 0)
        for name in names:
            found |= self._names.get(name, 0)
        return found


def packed(marks: int) -> bytes:
    """Marks as bytes."""
    return marks.to_bytes((marks.bit_length() + 7) // 8, "little")


def unpacked(data: bytes) -> int:
    """Marks from bytes."""
    return int.from_bytes(data, "little")
