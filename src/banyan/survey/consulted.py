"""What is looked at while something is worked out, so that it holds while that stays as it is.

Whatever keeps a result keeps with it what was looked at for it, and whoever takes the result has
looked at the same. So in the end it is known of each file's results on which files they stand,
and on what in them.
"""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import blake2b
from typing import Final, TypeAlias, TypeVar, TypeVarTuple

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
# And that it was asked which files there are in a folder.
WITHIN: Final = "within "

Fact: TypeAlias = tuple[str, object]
"""Something that is known of a project as a whole: the name under which it is marked that it was
asked for, and what it was. Of what is not there no more than the name can be marked."""

_HIDDEN: Final = 1
"""The bit of what was asked for while nothing was told."""


def number(name: str) -> int:
    """The number of a name, of 64 bits, the same in any run and any process."""
    return int.from_bytes(_hashed(name))


class Marks:
    """What was looked at for one result.

    Attributes:
        names: the numbers of the names that were looked at for it alone.
        taken: the marks of the results that were taken for it.
        given: a bit for each function that was asked for what it is given, by the results that
            were taken too: it is asked again and again who knows of one.
    """

    __slots__ = ("given", "names", "taken")

    def __init__(
        self, names: tuple[int, ...] = (), taken: "tuple[Marks, ...]" = (), given: int = 0
    ) -> None:
        self.names = names
        self.taken = taken
        self.given = given

    def packed(self) -> bytes:
        """The numbers of all names that were looked at, in their order."""
        names: set[int] = set()
        known: set[Marks] = {self}
        left: list[Marks] = [self]
        while left:
            one = left.pop()
            names.update(one.names)
            for each in one.taken:
                if each not in known:
                    known.add(each)
                    left.append(each)
        return array("Q", sorted(names)).tobytes()


UNMARKED: Final = Marks()

_MANY: Final = 16
"""How many names are sooner asked for by each name of a result than looked up among these."""


class Changed:
    """Tells what stands on something that has changed.

    Args:
        names: of all that has.
        beside: what else has.
    """

    def __init__(self, names: Iterable[str], beside: "Changed | None" = None) -> None:
        self._numbers = {number(name) for name in names}
        if beside is not None:
            self._numbers |= beside._numbers

    def has(self, marks: bytes) -> bool:
        """Whether anything that is marked has changed."""
        if not marks:
            return False
        names = memoryview(marks).cast("Q")
        if len(self._numbers) > _MANY:
            return not self._numbers.isdisjoint(names)
        last = len(names) - 1
        return any(names[min(bisect_left(names, one), last)] == one for one in self._numbers)


_FEW: Final = 32
"""How many names of a result that took no other are as soon marked again as linked to."""

V = TypeVar("V")
Key = TypeVarTuple("Key")

Begun: TypeAlias = tuple[set[int], set[Marks], int]
"""What was looked at for a result that waits for another one."""


class Consulted:
    """Marks what is looked at, for one result after the other, some on the way to others."""

    __slots__ = ("_bits", "_given", "_names", "_numbers", "_taken")

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._bits: dict[str, int] = {}
        self._names: set[int] = set()
        self._taken: set[Marks] = set()
        self._given = 0

    def begin(self) -> Begun:
        """Start to mark for one result; what it gives is to be given back to :meth:`end`."""
        outer = self._names, self._taken, self._given
        self._names, self._taken, self._given = set(), set(), 0
        return outer

    def end(self, outer: Begun) -> Marks:
        """The marks of the result; what it was worked out for has taken it."""
        marks = self.leave(outer)
        self.take(marks)
        return marks

    def leave(self, outer: Begun) -> Marks:
        """The marks of the result; what was begun before has nothing to do with it."""
        marks = self.marks
        self._names, self._taken, self._given = outer
        return marks

    def remembered(
        self, known: dict[tuple[*Key], tuple[V, Marks]], find: Callable[[*Key], V], *key: *Key
    ) -> V:
        """What is found out by a key, when it is first asked for; whoever asks has taken it.

        Args:
            known: what was found out before.
        """
        held = known.get(key)
        if held is None:
            outer = self.begin()
            held = known[key] = find(*key), self.end(outer)
        else:
            self.take(held[1])
        return held[0]

    @property
    def marks(self) -> Marks:
        """What was looked at since the last :meth:`begin`."""
        if not self._names and len(self._taken) < 2:
            for only in self._taken:
                if only.given == self._given:
                    return only
            if not self._given:
                return UNMARKED
        return Marks(tuple(self._names), tuple(self._taken), self._given)

    def look(self, name: str) -> None:
        """Mark a name."""
        known = self._numbers.get(name)
        if known is None:
            known = self._numbers[name] = number(name)
        self._names.add(known)

    def take(self, marks: Marks) -> None:
        """Mark that a result was taken."""
        if marks.taken or len(marks.names) > _FEW:
            self._taken.add(marks)
        else:
            self._names.update(marks.names)
        self._given |= marks.given

    def ask(self, name: str) -> None:
        """Mark that a function was asked for what it is given."""
        self.look(name)
        self._given |= self.bits([name])

    def ask_in_vain(self) -> None:
        """Mark that some function was asked for what it is given while nothing was told."""
        self._given |= _HIDDEN

    def bits(self, names: Iterable[str]) -> int:
        """The bits of functions that are asked for what they are given."""
        found = 0
        for name in names:
            bit = self._bits.get(name)
            if bit is None:
                bit = self._bits[name] = _HIDDEN << (1 + len(self._bits))
            found |= bit
        return found


def digest(parts: object) -> bytes:
    """What tells something from anything that is written in another way."""
    return _hashed(repr(parts))


def _hashed(text: str) -> bytes:
    return blake2b(text.encode(errors="surrogateescape"), digest_size=8).digest()


def digests(facts: Iterable[Fact]) -> dict[str, bytes]:
    """What is known of a project, by names; of a name that has several, all of them in order."""
    rows: dict[str, list[object]] = {}
    for name, row in facts:
        rows.setdefault(name, []).append(row)
    return {name: digest(each) for name, each in rows.items()}


def differing(before: Mapping[str, bytes], now: Mapping[str, bytes]) -> Iterator[str]:
    """The names of what is known now and was another thing before, or of which only one knows."""
    for name in before.keys() | now.keys():
        if before.get(name) != now.get(name):
            yield name
