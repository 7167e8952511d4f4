"""Brings facts into evidence: those of one process, of many, and of other evidence."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, cast

import msgspec

from banyan.survey.recording.evidence import (
    FORMAT,
    App,
    Evidence,
    Join,
    Line,
    Request,
    Signal,
    Statement,
    Table,
    Task,
    kind_of,
)

# The attribute of a line that each kind of fact goes to, and what it is made of.
_OF_A_LINE: dict[str, tuple[str, type[msgspec.Struct]]] = {
    "access": ("statements", Statement),
    "join": ("joins", Join),
    "signal": ("signals", Signal),
    "task": ("tasks", Task),
    "http": ("requests", Request),
}


@dataclass(frozen=True)
class Recording:
    """What the processes of one run have written down.

    Attributes:
        evidence: what they saw.
        djangos: the versions of Django that they ran, as ``5.2``; none when there was no Django.
        statements: how many statements ran; a process that was killed tells up to 1,023 too few.
        unattributed: how many of them no line of the project's own called for.
        failures: where the recorder itself failed: the class of the error, and the line.
    """

    evidence: Evidence
    djangos: tuple[str, ...]
    statements: int
    unattributed: int
    failures: tuple[str, ...]


def recording_of(lines: Iterable[bytes]) -> Recording:
    """Bring together what the recorder wrote, line by line, in any order."""
    facts: list[tuple[Any, ...]] = []
    djangos: set[str] = set()
    failures: set[str] = set()
    statements = unattributed = 0
    for line in lines:
        try:
            kind, *values = json.loads(line)
        except ValueError:
            failures.add("a fact was cut off while it was written")
            continue
        match kind, values:
            case "count", [int(some), int(nobodys)]:
                statements += some
                unattributed += nobodys
            case "django", [str(version)]:
                djangos.add(version)
            case "problem", [name, number]:
                failures.add(f"{name} in line {number}")
            case _:
                facts.append((kind, *values))
    return Recording(
        evidence_of(facts),
        tuple(sorted(djangos)),
        statements,
        unattributed,
        tuple(sorted(failures)),
    )


def merge(evidence: Iterable[Evidence]) -> Evidence:
    """All that any of them saw, in whatever order they come."""
    return evidence_of(fact for one in evidence for fact in _facts_of(one))


def evidence_of(facts: Iterable[tuple[Any, ...]]) -> Evidence:
    """Sort facts by the lines that they are of; each is kept once."""
    apps: set[App] = set()
    tables: set[Table] = set()
    lines: dict[tuple[str, int, str], dict[str, set[Any]]] = defaultdict(lambda: defaultdict(set))
    for kind, *values in facts:
        if kind == "app":
            apps.add(App(*values))
        elif kind == "table":
            tables.add(Table(*values))
        else:
            file, number, function, *rest = values
            seen = lines[file, number, function]
            if kind == "transaction":
                seen["transactions"].add(tuple(rest[0]))
            else:
                attribute, make = _OF_A_LINE[kind]
                seen[attribute].add(make(*rest))
    return Evidence(
        cast(Any, FORMAT),
        tuple(sorted(apps)),
        tuple(sorted(tables)),
        tuple(_line(place, seen) for place, seen in sorted(lines.items())),
    )


def _line(place: tuple[str, int, str], seen: dict[str, set[Any]]) -> Line:
    file, number, function = place
    things: dict[str, Any] = {name: tuple(sorted(some)) for name, some in seen.items()}
    return Line(file, number, function, kind_of(file), **things)


def _facts_of(evidence: Evidence) -> Iterator[tuple[Any, ...]]:
    for app in evidence.apps:
        yield "app", *msgspec.structs.astuple(app)
    for table in evidence.tables:
        yield "table", *msgspec.structs.astuple(table)
    for line in evidence.lines:
        place = line.file, line.line, line.function
        for tables in line.transactions:
            yield "transaction", *place, tables
        for kind, (attribute, _) in _OF_A_LINE.items():
            for one in getattr(line, attribute):
                yield kind, *place, *msgspec.structs.astuple(one)
