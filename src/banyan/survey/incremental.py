"""Looks at the files of a project that may tell something else than in an earlier run."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

import msgspec

from banyan.survey.consulted import Changed, differing
from banyan.survey.following import FlowKey, Flows, Gathered, History, Parcels, Rounds, Stale
from banyan.survey.groundwork import Groundwork
from banyan.survey.inspection import Inspected
from banyan.survey.ports import Done


class Followed(msgspec.Struct, array_like=True):
    """What was found out of each file in a run, and on what it stands.

    Attributes:
        standing: what tells all that each file stands on from anything else, but for what follows.
        facts: what tells each thing that is known of the project as a whole from anything else.
        contents: what tells each file's content from any that says something else.
        entered: under which names the classes and methods in each are known to all files.
    """

    standing: bytes
    facts: dict[str, bytes]
    contents: dict[str, bytes]
    entered: dict[str, list[str]]
    history: History
    inspected: dict[str, Inspected]


NOTHING = Followed(b"", {}, {}, {}, History([], []), {})


class Lookers(Protocol):
    """One process or several that look at files."""

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
        earlier: of the same standing; :data:`NOTHING` where there is none.
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
        names = self._changed() if earlier is not NOTHING else ()
        self._stale = Stale(Changed(names))

    def _changed(self) -> Iterator[str]:
        """The names by which it is marked what is other than in the earlier run."""
        ground, earlier = self._ground, self._earlier
        yield from ground.changes.since(earlier.contents)
        yield from differing(earlier.facts, ground.facts)
        for path in earlier.entered.keys() | self._entered.keys():
            was, has = (_by_name(one.get(path, ())) for one in (earlier.entered, self._entered))
            yield from (name for name in was.keys() | has.keys() if was.get(name) != has.get(name))

    @property
    def stale(self) -> list[str]:
        """The files that stand on one that has changed; others may come to be, in a few cases."""
        inspected = self._earlier.inspected
        return [
            path
            for path in self._contents
            if path not in inspected or self._stale.has(inspected[path].marks)
        ]

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

        rounds.run(giving, gather, lookers.take)
        gathering(left)
        stale = self.stale
        inspected = {path: one for path, one in earlier.inspected.items() if path in self._contents}
        inspecting(len(self._contents) - len(stale))
        if stale:
            inspected |= dict(lookers.inspect(stale, inspecting))
        return Followed(
            ground.declared.standing,
            dict(ground.facts),
            ground.declared.contents,
            self._entered,
            rounds.history,
            inspected,
        )


def _by_name(rows: Iterable[str]) -> dict[str, list[str]]:
    """What stands for each name in a file, in the order of the file."""
    found: dict[str, list[str]] = {}
    for row in rows:
        name, _, each = row.rpartition(" ")
        found.setdefault(name, []).append(each)
    return found


def _ignored(_pieces: int) -> None:
    pass
