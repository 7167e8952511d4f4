"""Brings what a run has shown to what was read: told apart, and each thing once."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from msgspec.structs import replace

from banyan.survey.facts import Basis, Coupling, Kind, Survey, order
from banyan.survey.figures import cycles
from banyan.survey.recording import Evidence
from banyan.survey.sightings import Sighting, sightings

_WRITES: Final = frozenset({"create", "update"})
_ROWS: Final = frozenset({Kind.MODEL_ACCESS, Kind.REVERSE_ACCESSOR, Kind.ORM_LOOKUP, Kind.RAW_SQL})
_JOINS: Final = frozenset({Kind.ORM_LOOKUP, Kind.RAW_SQL})


def merge(survey: Survey, evidence: Evidence) -> Survey:
    """The survey, with what was seen too.

    A coupling that was read is seen when a run did the same on its line or, since SQL seldom runs
    on the line that names it, elsewhere in its function. Where several fit, those on the line
    count. What was only seen becomes a coupling of its own. To merge again changes nothing.
    """
    read = [one for one in survey.couplings if one.evidence is not Basis.SEEN]
    before = [one for one in survey.couplings if one.evidence is Basis.SEEN]
    files = _files(read, evidence)
    confirmed = {one for one in read if one.evidence is Basis.BOTH}
    left: list[Sighting] = []
    for sighting in sightings(survey, evidence):
        file = files.get(sighting.coupling.file)
        matches = file.matches(sighting) if file else []
        confirmed.update(matches)
        if not matches:
            left.append(sighting)
    seen = {*before, *_unread(left, files, confirmed)}
    merged = [replace(one, evidence=Basis.BOTH) if one in confirmed else one for one in read]
    couplings = tuple(sorted({*merged, *seen}, key=order))
    return replace(
        survey,
        couplings=couplings,
        cycles=cycles([one.name for one in survey.modules], couplings),
    )


def _unread(
    left: Iterable[Sighting], files: "dict[str, _File]", confirmed: set[Coupling]
) -> Iterator[Coupling]:
    """The sightings that nothing that was read tells of, as couplings."""
    joined: set[tuple[str, int, str]] = set()
    for sighting in left:
        one = sighting.coupling
        file = files.get(one.file)
        if sighting.is_inside or (file and file.follows(sighting, confirmed)):
            continue
        if one.kind is Kind.ORM_LOOKUP:
            joined.add((one.file, one.line, one.target))
        elif one.verb == "read" and (one.file, one.line, one.target) in joined:
            continue  # the join tells it
        yield file.named(sighting) if file else one


def _files(read: Iterable[Coupling], evidence: Evidence) -> "dict[str, _File]":
    files: dict[str, _File] = {}
    for one in read:
        file = files.setdefault(one.file, _File())
        file.read.append(one)
        file.marks.append((one.line, one.source))
    for line in evidence.lines:
        # Lambdas and the like stand inside of functions.
        if line.file in files and not line.function.startswith("<"):
            files[line.file].marks.append((line.line, f".{line.function}"))
    for file in files.values():
        file.marks.sort()
    return files


@dataclass(slots=True)
class _File:
    """What was read in a file, and which lines are known to be of which function."""

    read: list[Coupling] = field(default_factory=list[Coupling])
    marks: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])

    def matches(self, sighting: Sighting) -> list[Coupling]:
        """The couplings that tell what was seen: those on its line, else in its function.

        Rows may be there because a lookup names them, but only if nothing reads them itself.
        """
        fitting = [one for one in self.read if _tells(one, sighting)]
        if sighting.coupling.kind is Kind.MODEL_ACCESS:
            direct = [one for one in fitting if one.kind is not Kind.ORM_LOOKUP]
            return self._near(sighting, direct) or self._near(sighting, fitting)
        return self._near(sighting, fitting) or _connected(sighting, fitting)

    def follows(self, sighting: Sighting, confirmed: set[Coupling]) -> bool:
        """Whether it comes with something that was read and seen.

        Whoever writes a row or deletes it reads it too, and deletes what goes along; whoever
        reads the rows at the far end of a table of pairs joins them with it.
        """
        fitting = [one for one in self.read if one in confirmed and _brings(one, sighting)]
        return bool(self._near(sighting, fitting))

    def named(self, sighting: Sighting) -> Coupling:
        """The coupling with the whole name of the function, where another coupling has it."""
        sources = {one.source for one in self.read if self._is_inside(one, sighting)}
        if len(sources) == 1:
            return replace(sighting.coupling, source=sources.pop())
        return sighting.coupling

    def _near(self, sighting: Sighting, fitting: list[Coupling]) -> list[Coupling]:
        on_line = [one for one in fitting if one.line == sighting.coupling.line]
        return on_line or [one for one in fitting if self._is_inside(one, sighting)]

    def _is_inside(self, one: Coupling, sighting: Sighting) -> bool:
        """Whether a coupling stands in the very function of what was seen.

        Methods of several classes may share a name: then something of another function stands
        between the two, if anything is known of it.
        """
        if one.source.rpartition(".")[2] != sighting.function or "." not in one.source:
            return False
        first, last = sorted((one.line, sighting.coupling.line))
        begin = bisect_right(self.marks, (first, "\U0010ffff"))
        end = bisect_left(self.marks, (last, ""))
        return all(_may_be_inside(mark, one.source) for _, mark in self.marks[begin:end])


def _connected(sighting: Sighting, fitting: list[Coupling]) -> list[Coupling]:
    """The call of ``connect`` outside of functions that names a receiver, if it can be no other."""
    source = sighting.coupling.source
    calls = [one for one in fitting if source.startswith(f"{one.source}.")]
    is_sure = sighting.coupling.kind is Kind.SIGNAL and len(calls) == 1
    return calls if is_sure else []


def _may_be_inside(mark: str, source: str) -> bool:
    """Whether a line of that name may stand in a function: its own, of what is around or inside."""
    if mark.startswith("."):
        return source.endswith(mark)
    return mark == source or mark.startswith(f"{source}.") or source.startswith(f"{mark}.")


def _tells(one: Coupling, sighting: Sighting) -> bool:
    """Whether a coupling that was read says what was seen, wherever in the file it stands."""
    seen = sighting.coupling
    match seen.kind:
        case Kind.MODEL_ACCESS:
            is_there = one.target in sighting.targets or (
                one.line == seen.line and one.target in sighting.perhaps
            )
            return one.kind in _ROWS and is_there and _does(one, sighting)
        case Kind.ORM_LOOKUP:
            return one.kind in _JOINS and one.target in sighting.targets
        case Kind.TRANSACTION:
            is_same = one.kind is seen.kind and one.to == seen.to
            return is_same and not sighting.targets.isdisjoint(one.target.split(", "))
        case Kind.HTTP_CALL:
            return one.kind is seen.kind and (
                one.host != "hard-coded" or _host(one.target) == seen.target.lower()
            )
        case _:
            return one.kind is seen.kind and one.target in sighting.targets


def _does(one: Coupling, sighting: Sighting) -> bool:
    verb = sighting.coupling.verb
    if one.kind is Kind.ORM_LOOKUP:
        return verb == "read"
    if sighting.is_of_pairs:
        # To put a row into a relation, or to take it out, is to update it.
        return not one.verb or (one.verb == "read") == (verb == "read")
    # Whether `save` inserts or updates only a run can tell.
    return not one.verb or one.verb == verb or {one.verb, verb} <= _WRITES


def _brings(one: Coupling, sighting: Sighting) -> bool:
    """Whether what was seen goes without saying where a coupling is."""
    seen = sighting.coupling
    if one.kind not in _ROWS:
        return False
    if seen.kind is Kind.ORM_LOOKUP:
        return sighting.is_of_pairs and one.target in sighting.targets
    if seen.verb == "read" and one.target in sighting.targets:
        return True
    gone = sighting.targets if sighting.is_of_pairs else {seen.target}
    return seen.verb in ("read", "update", "delete") and not gone.isdisjoint(one.cascades)


def _host(address: str) -> str:
    """``cardgate`` of ``http://cardgate:9402``."""
    return address.rpartition("//")[2].rpartition("@")[2].partition(":")[0].lower()
