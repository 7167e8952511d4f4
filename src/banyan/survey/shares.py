"""Divides the looking at a project's files into shares, each with a memory of its own."""

import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, Final, TypeAlias

import msgspec

from banyan.survey.facts import Coupling, Place, Unresolved
from banyan.survey.following import ROUNDS, Parcels
from banyan.survey.groundwork import Groundwork
from banyan.survey.inspection import inspect
from banyan.survey.ports import Crew, Done

Found: TypeAlias = list[Coupling | Unresolved]

# What it takes to look at a line, beside a line of ordinary code; of a test, only imports are seen.
_WEIGHTS: Final[Mapping[Place | None, float]] = {Place.TEST: 0.05, Place.MIGRATION: 0.3}
_HEAVIEST: Final = 0.05
"""Of the whole, how much stays together in any case only as far as it is one folder's."""


class Looked(msgspec.Struct, array_like=True, gc=False):
    """What files tell."""

    couplings: list[Coupling]
    unresolved: list[Unresolved]

    @staticmethod
    def of(found: Iterable[Coupling | Unresolved]) -> "Looked":
        """Both, each by itself."""
        every = list(found)
        return Looked(
            [one for one in every if isinstance(one, Coupling)],
            [one for one in every if isinstance(one, Unresolved)],
        )

    @property
    def found(self) -> Found:
        """Both, one after the other."""
        return [*self.couplings, *self.unresolved]


_encode: Final = msgspec.msgpack.Encoder().encode
_decode: Final = msgspec.msgpack.Decoder(Looked).decode


class Share:
    """Some of the files, gone through in a process of their own.

    What functions are given is gathered from all files, so that shares tell each other.
    """

    def __init__(self, ground: Groundwork, paths: Iterable[str]) -> None:
        self._ground = ground
        self._follower = ground.follower
        self._parcels = Parcels(ground.follower.world)
        self._paths = sorted(paths)

    def __call__(self, request: tuple[Any, ...], tell: Done) -> bytes:
        """Answer a request of :func:`looked_at`."""
        match request:
            case ("gather",):
                return self._gathered(self._paths, tell, declared=True)
            case ("take", parcels, is_last):
                waiting = self._taken(parcels)
                if is_last or not waiting:
                    return b""
                # What classes declare stays as it was.
                return self._gathered(waiting, tell, declared=False)
            case _:
                return self._inspected(tell)

    def _gathered(self, paths: Iterable[str], tell: Done, *, declared: bool) -> bytes:
        found: list[tuple[str, object]] = []
        for path in paths:
            if given := self._follower.gather(path, declared=declared):
                found.append((path, given))
            tell(1)
        return self._parcels.packed(found) if found else b""

    def _taken(self, parcels: Sequence[bytes]) -> list[str]:
        """Take what all files give; these files of the share are to be gathered again."""
        given: list[Any] = list(chain(*(self._parcels.unpacked(one) for one in parcels if one)))
        given.sort(key=lambda one: one[0])
        changed = self._follower.take(each for _, each in given)
        return [path for path in self._paths if path in changed]

    def _inspected(self, tell: Done) -> bytes:
        found: Found = []
        for path in self._paths:
            found.extend(inspect(self._ground, path))
            tell(1)
        return _encode(Looked.of(found))


def looked_at(crew: Crew, gathering: Done, inspecting: Done) -> Iterator[Coupling | Unresolved]:
    """What the files of all shares tell.

    Raises:
        Lost: a share did not come to its end.
    """
    parcels = crew.ask(("gather",), gathering)
    for rounds in range(1, ROUNDS + 1):
        if not any(parcels):
            break
        parcels = crew.ask(("take", parcels, rounds == ROUNDS), _ignored)
    for answer in crew.ask(("inspect",), inspecting):
        yield from _decode(answer).found


def looked_at_alone(
    ground: Groundwork, paths: Iterable[str], gathering: Done, inspecting: Done
) -> Iterator[Coupling | Unresolved]:
    """What files tell, without a crew."""
    paths = sorted(paths)
    ground.follower.prepare(paths, gathering)
    for path in paths:
        yield from inspect(ground, path)
        inspecting(1)


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
