"""Divides the looking at a project's files into shares, each with a memory of its own."""

import posixpath
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any, Final, TypeVar

import msgspec

from banyan.survey.facts import Place
from banyan.survey.following import FlowKey, Gathered, Parcel, Parcels
from banyan.survey.groundwork import Groundwork
from banyan.survey.inspection import Inspected, inspect
from banyan.survey.ports import Crew, Done

_Told = TypeVar("_Told", Gathered, Inspected)

# What it takes to look at a line, beside a line of ordinary code; of a test, only imports are seen.
_WEIGHTS: Final[Mapping[Place | None, float]] = {Place.TEST: 0.05, Place.MIGRATION: 0.3}
_HEAVIEST: Final = 0.05
"""Of the whole, how much stays together in any case only as far as it is one folder's."""


class Share:
    """Some of the files, gone through in a process of their own, or all of them in this one.

    Args:
        paths: of the files that are its own.
        is_apart: whether what others gather has to be told to it.
    """

    def __init__(self, ground: Groundwork, paths: Iterable[str], *, is_apart: bool = True) -> None:
        self._ground = ground
        self._follower = ground.follower
        self._parcels = Parcels(ground.follower.world)
        self._paths = frozenset(paths)
        self._is_apart = is_apart

    def __call__(self, request: tuple[Any, ...], tell: Done) -> bytes:
        """Answer a request of a crew."""
        match request:
            case ("gather", number, paths):
                own = [path for path in paths if path in self._paths]
                return _encode(self.gathered(number, own, tell))
            case ("take", entered, changed):
                self.take([_gathered(one) for one in entered], changed)
                return b""
            case (_, paths):
                own = [path for path in paths if path in self._paths]
                return _encode(self.inspected(own, tell))
            case _:
                raise ValueError(f"{request[0]} is nothing to be asked")

    def gathered(self, number: int, paths: Iterable[str], tell: Done) -> list[tuple[str, Gathered]]:
        """What files give in a round."""
        found: list[tuple[str, Gathered]] = []
        for path in paths:
            found.append((path, self._follower.gathered(self._parcels, number, path)))
            tell(1)
        return found

    def take(self, entered: Iterable[Gathered], changed: Sequence[FlowKey]) -> None:
        """Follow from now on with what was gathered in a round."""
        flows = self._follower.world.flows
        if self._is_apart:
            for one in entered:
                flows.enter(Parcel(self._parcels, one.keys, one.data))
        self._follower.walker.forget({(path, name) for path, name in changed})

    def inspected(self, paths: Iterable[str], tell: Done) -> list[tuple[str, Inspected]]:
        """What files tell."""
        found: list[tuple[str, Inspected]] = []
        for path in paths:
            found.append((path, inspect(self._ground, path)))
            tell(1)
        return found


_encode: Final = msgspec.msgpack.Encoder().encode
_gathered: Final = msgspec.msgpack.Decoder(Gathered).decode
_all_gathered: Final = msgspec.msgpack.Decoder(list[tuple[str, Gathered]]).decode
_all_inspected: Final = msgspec.msgpack.Decoder(list[tuple[str, Inspected]]).decode


class Alone:
    """One process that looks at all files."""

    def __init__(self, ground: Groundwork, paths: Iterable[str]) -> None:
        self._share = Share(ground, paths, is_apart=False)

    def gather(self, number: int, paths: Sequence[str], tell: Done) -> list[tuple[str, Gathered]]:
        """What files give in a round."""
        return self._share.gathered(number, paths, tell)

    def take(self, entered: Sequence[Gathered], changed: Sequence[FlowKey]) -> None:
        """Follow from now on with what was gathered."""
        self._share.take(entered, changed)

    def inspect(self, paths: Sequence[str], tell: Done) -> list[tuple[str, Inspected]]:
        """What files tell."""
        return self._share.inspected(paths, tell)


class Together:
    """Several processes that look at files at the same time.

    What functions are given is gathered from all files, so that each is told what all gathered.
    """

    def __init__(self, crew: Crew) -> None:
        self._crew = crew

    def gather(self, number: int, paths: Sequence[str], tell: Done) -> list[tuple[str, Gathered]]:
        """What files give in a round."""
        answers = self._crew.ask(("gather", number, list(paths)), tell)
        return _in_order(map(_all_gathered, answers))

    def take(self, entered: Sequence[Gathered], changed: Sequence[FlowKey]) -> None:
        """Follow from now on with what was gathered."""
        self._crew.ask(("take", [_encode(one) for one in entered], list(changed)), _ignored)

    def inspect(self, paths: Sequence[str], tell: Done) -> list[tuple[str, Inspected]]:
        """What files tell."""
        answers = self._crew.ask(("inspect", list(paths)), tell)
        return _in_order(map(_all_inspected, answers))


def _in_order(answers: Iterable[list[tuple[str, _Told]]]) -> list[tuple[str, _Told]]:
    return sorted(chain(*answers), key=lambda row: row[0])


def _ignored(_pieces: int) -> None:
    pass


def divided(files: Mapping[str, tuple[Place | None, int]], shares: int) -> list[list[str]]:
    """Files by share, those of a folder together, and about as much to do for each share.

    Args:
        files: their place and how many lines they have.
    """
    weights = {
        path: 1 + lines * _WEIGHTS.get(place, 1.0) if place is not None else 1.0 + lines
        for path, (place, lines) in files.items()
    }
    most = sum(weights.values()) * _HEAVIEST
    groups: list[tuple[float, list[str]]] = []
    folder = None
    for path in sorted(files):
        # One file after the other as far as the folder goes, and never too much at once.
        above = posixpath.dirname(path)
        if above != folder or groups[-1][0] >= most:
            groups.append((0.0, []))
            folder = above
        weight, members = groups[-1]
        members.append(path)
        groups[-1] = (weight + weights[path], members)
    loads = [0.0] * shares
    found: list[list[str]] = [[] for _ in loads]
    for weight, members in sorted(groups, key=lambda one: (-one[0], one[1])):
        lightest = loads.index(min(loads))
        loads[lightest] += weight
        found[lightest] += members
    return [each for each in found if each]
