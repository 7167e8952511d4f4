"""Looks at the files of a project that may tell something else than in an earlier run."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Protocol

import msgspec

from banyan.survey.consulted import Book, Changed
from banyan.survey.following import FlowKey, Flows, Gathered, History, Parcels, Rounds, Stale
from banyan.survey.groundwork import Groundwork
from banyan.survey.inspection import Inspected
from banyan.survey.ports import Done


class Followed(msgspec.Struct, array_like=True):
    """What was found out of each file in a run, and on what it stands.

    Attributes:
        ground: what tells the groundwork from any other.
        contents: what tells each file's content from any that says something else.
        entered: under which names the classes and methods in each are known to all files.
        books: what the bits mean that mark one name each.
    """

    ground: bytes
    contents: dict[str, bytes]
    entered: dict[str, list[str]]
    books: list[list[str]]
    history: History
    inspected: dict[str, Inspected]


NOTHING = Followed(b"", {}, {}, [], History([], []), {})


class Lookers(Protocol):
    """One process or several that look at files."""

    def books(self, earlier: Sequence[list[str]]) -> list[list[str]]:
        """The books of an earlier run and of this one, as results give their numbers."""
        ...

    def gather(self, number: int, paths: Sequence[str], tell: Done) -> list[tuple[str, Gathered]]:
        """What files give in a round."""
        ...

    def take(self, entered: Sequence[Gathered], changed: Sequence[FlowKey]) -> None:
        """Be told what all gathered in a round."""
        ...

    def inspect(self, paths: Sequence[str], tell: Done) -> list[tuple[str, Inspected]]:
        """What files tell."""
        ...


class Run:
    """One run over a project's files, beside what is known of an earlier one.

    Args:
        contents: what tells each file's content from any that says something else.
        earlier: of the same groundwork; :data:`NOTHING` where there is none.
    """

    def __init__(
        self,
        ground: Groundwork,
        contents: Mapping[str, bytes],
        earlier: Followed,
    ) -> None:
        self._ground = ground
        self._earlier = earlier
        self._contents = dict(contents)
        ground.follower.know()
        self._entered = ground.follower.world.directory.names()
        self._books: dict[tuple[int, int], Book] = {}
        before = {path: earlier.contents.get(path) for path in contents}
        names = set(ground.changes.since(before))
        for path in contents:
            was = Counter(earlier.entered.get(path, ()))
            has = Counter(self._entered.get(path, ()))
            if was != has:
                names |= {name.rpartition(" ")[0] for name in (was - has) + (has - was)}
        self._stale = Stale(self._opened(earlier.books), Changed(names))

    @property
    def stale(self) -> list[str]:
        """The files that stand on one that has changed; others may come to be, in a few cases."""
        inspected = self._earlier.inspected
        return [
            path
            for path in self._contents
            if path not in inspected or self._stale.has(inspected[path].marks, inspected[path].book)
        ]

    def _opened(self, books: Sequence[list[str]]) -> list[Book]:
        """Books to look marks up in; one to which names were added is another one."""
        found: list[Book] = []
        for number, names in enumerate(books):
            key = number, len(names)
            if key not in self._books:
                self._books[key] = Book(names)
            found.append(self._books[key])
        return found

    @property
    def giving(self) -> list[str]:
        """The files from which it is gathered what functions are given.

        What shared code gives to functions is not what a module does.
        """
        ground = self._ground
        return [
            path
            for path in self._contents
            if ground.codebase.at(path).place is None
            and ground.territory.module_at(path) is not None
        ]

    def go(self, lookers: Lookers, gathering: Done, inspecting: Done) -> Followed:
        """Look at what is stale, as long as there is something.

        Args:
            gathering: is told of each of the files that give something, once.
            inspecting: is told of each file.
        """
        ground, earlier = self._ground, self._earlier
        world = ground.follower.world
        before = Flows(ground.codebase.consulted)
        rounds = Rounds(world.flows, Parcels(world), before, earlier.history, self._stale)
        giving = self.giving
        left = len(giving)

        def gather(number: int, paths: Sequence[str]) -> list[tuple[str, Gathered]]:
            nonlocal left
            if number:
                return lookers.gather(number, paths, _ignored)
            gathering(left - len(paths))
            left = 0
            return lookers.gather(number, paths, gathering)

        def books() -> list[Book]:
            return self._opened(lookers.books(earlier.books))

        rounds.run(giving, gather, lookers.take, books)
        gathering(left)
        stale = self.stale
        inspected = {path: one for path, one in earlier.inspected.items() if path in self._contents}
        inspecting(len(self._contents) - len(stale))
        if stale:
            inspected |= dict(lookers.inspect(stale, inspecting))
        found = Followed(
            ground.standing,
            self._contents,
            self._entered,
            lookers.books(earlier.books),
            rounds.history,
            inspected,
        )
        return _bound(found)


def _ignored(_pieces: int) -> None:
    pass


def _bound(found: Followed) -> Followed:
    """The same with no other books than those that are used."""
    marked: list[Gathered | Inspected] = list(found.inspected.values())
    for each in found.history.rounds:
        marked += each.values()
    used = sorted({one.book for one in marked})
    numbers = {book: number for number, book in enumerate(used)}
    for one in marked:
        one.book = numbers[one.book]
    return msgspec.structs.replace(found, books=[found.books[book] for book in used])
