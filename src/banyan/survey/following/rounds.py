"""Carries on what functions are given, round after round, until nobody knows more by it.

What was gathered in an earlier run is taken where all stands as it did that it was gathered from,
in the round that it was gathered in. So the outcome is that of a run that knows of no earlier one.
"""

import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias

import msgspec

from banyan.survey.consulted import Changed
from banyan.survey.following.flows import FlowKey, Flows, name_of
from banyan.survey.following.parcels import Parcel, Parcels

# How often what functions are given is carried on to the functions that these call.
ROUNDS: Final = 12


class Gathered(msgspec.Struct, array_like=True, gc=False):
    """What a file gives in a round.

    Attributes:
        keys: the functions that are given something.
        data: what they are given, packed.
        marks: of what was looked at for it.
    """

    keys: tuple[FlowKey, ...]
    data: bytes
    marks: bytes


class History(msgspec.Struct, array_like=True):
    """What was gathered in each round.

    Attributes:
        changed: of which functions more was known after each round.
    """

    rounds: list[dict[str, Gathered]]
    changed: list[list[FlowKey]]


Gathering: TypeAlias = Callable[[int, Sequence[str]], Iterable[tuple[str, Gathered]]]
"""Gathers from files in a round."""

Taking: TypeAlias = Callable[[Sequence[Gathered], Sequence[FlowKey]], None]
"""Is told what was gathered in a round, and of which functions more is known by it."""


class Stale:
    """Tells what no longer stands as it did in an earlier run.

    Args:
        changed: what is in files, and is other than in that run.
    """

    def __init__(self, changed: Changed) -> None:
        self._changed = self._stale = changed

    def differ(self, keys: Iterable[FlowKey]) -> None:
        """These functions, and no others, are given something else than before by now."""
        self._stale = Changed(map(name_of, keys), self._changed)

    def has(self, marks: bytes) -> bool:
        """Whether anything is stale that is marked."""
        return self._stale.has(marks)


class Rounds:
    """One run through the rounds.

    Args:
        flows: what functions are given, empty at first.
        earlier: what was gathered in an earlier run.
    """

    def __init__(
        self, flows: Flows, parcels: Parcels, before: Flows, earlier: History, stale: Stale
    ) -> None:
        self._flows = flows
        self._parcels = parcels
        self._before = before
        self._earlier = earlier
        self._stale = stale
        self._touched: dict[FlowKey, None] = {}
        # Of which it can't be told any more what they were given.
        self._lost: set[FlowKey] = set()
        self.history = History([], [])

    def run(self, paths: Sequence[str], gather: Gathering, take: Taking) -> None:
        """Gather from all files, and again from those that have asked for what has changed."""
        waiting: Sequence[str] = sorted(paths)
        everything = waiting
        last: dict[str, Gathered] = {}
        last_known: dict[str, Gathered] = {}
        for number in range(ROUNDS):
            known = _at(self._earlier.rounds, number)
            taken = {
                path: known[path]
                for path in waiting
                if path in known and not self._stale.has(known[path].marks)
            }
            missing = [path for path in waiting if path not in taken]
            found = dict(gather(number, missing)) if missing else {}
            here = {path: taken.get(path) or found[path] for path in waiting}
            last.update(here)
            last_known.update(known)
            changed = self._enter(number, here, known)
            take([one for one in here.values() if one.keys], changed)
            if not changed:
                break
            more = Changed(map(name_of, changed))
            # Where both are as they were, it is known from the earlier run who asked for it.
            again = _at(self._earlier.rounds, number + 1)
            is_known = set(changed) == set(*self._earlier.changed[number : number + 1])
            waiting = [
                path
                for path in everything
                if (
                    path in again
                    if is_known and last[path] is last_known.get(path)
                    else more.has(last[path].marks)
                )
            ]
            if not waiting:
                break
        self._close()

    def _close(self) -> None:
        """Compare with what functions were given in the end of the earlier run."""
        for known in self._earlier.rounds[len(self.history.rounds) :]:
            for key in self._changes({}, known):
                self._touched[key] = None
            for one in known.values():
                if one.keys:
                    self._before.enter(self._parcel(one))
        self._stale.differ(key for key in self._touched if self._differs(key))

    def _enter(
        self, number: int, here: Mapping[str, Gathered], known: Mapping[str, Gathered]
    ) -> list[FlowKey]:
        """Enter what was gathered in a round; tells of which functions more is known now."""
        flows, before = self._flows, self._before
        for key in self._changes(here, known):
            self._touched[key] = None
        touched = list(self._touched)
        earlier = {key: flows.joined(key) for key in touched}
        for one in here.values():
            if one.keys:
                flows.enter(self._parcel(one))
        for one in known.values():
            if one.keys:
                before.enter(self._parcel(one))
        before_now = self._earlier.changed[number : number + 1]
        changed = [key for keys in before_now for key in keys if key not in self._touched]
        changed += [key for key in touched if flows.joined(key) != earlier[key]]
        self._stale.differ(key for key in touched if self._differs(key))
        self.history.rounds.append(dict(here))
        self.history.changed.append(changed)
        return changed

    def _parcel(self, one: Gathered) -> Parcel:
        return Parcel(self._parcels, one.keys, one.data)

    def _changes(
        self, here: Mapping[str, Gathered], known: Mapping[str, Gathered]
    ) -> Iterator[FlowKey]:
        for path in {**here, **known}:
            mine, theirs = here.get(path), known.get(path)
            if mine is theirs:
                continue
            if mine is None or theirs is None or mine.data != theirs.data:
                yield from mine.keys if mine is not None else ()
                yield from theirs.keys if theirs is not None else ()

    def _differs(self, key: FlowKey) -> bool:
        mine = self._flows.joined(key)
        if key not in self._lost:
            try:
                return mine != self._before.joined(key)
            except (pickle.UnpicklingError, KeyError):
                self._lost.add(key)
        return True


def _at(rows: Sequence[Mapping[str, Gathered]], number: int) -> Mapping[str, Gathered]:
    return rows[number] if number < len(rows) else {}
