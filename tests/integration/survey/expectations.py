"""Reads what a project of the truth set expects of its survey, and compares the two.

The words are explained in tests/assets/projects/survey/README.md.
"""

import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import Final

from banyan.survey.facts import DATA, Coupling, Kind, Problem, SharedCode, Unresolved

ANY: Final = "*"
SUFFIXES: Final = {".py", ".html", ".txt", ".toml", ".cfg", ".sql", ".jinja"}
# A word in capitals opens what it says of the line, up to the next such word.
MARK = re.compile(
    r"(?:#\s*|;\s*|\{#\s*|<!--\s*|--\s*)(EXPECT-NONE|EXPECT|GAP|MAY|UNRESOLVED|PROBLEM|MODULES|SHARED)\b:?"
)
CLOSING = re.compile(r"\s*(?:#\}|-->)\s*$")
COMPLETE = re.compile(r"^(?:#|\{#|<!--)\s*ALL EXPECTED(, code too)?\b", re.MULTILINE)
EDGE = re.compile(r"(?P<kind>\w+) (?P<from_>[\w*.-]*)->(?P<to>[\w*.-]*)(?P<details>(?: \w+=\S*)*)")
CODE: Final = frozenset(Kind) - DATA
IMPORTS: Final = frozenset({Kind.IMPORT, Kind.MODEL_IMPORT})


class UnreadableExpectation(ValueError):
    """A line that opens as an expectation and is none: a typing error must not pass as truth."""


@dataclass(frozen=True)
class Expectation:
    """A coupling that must (or may) be reported on a line."""

    kind: Kind
    from_: str
    to: str
    file: str
    line: int
    details: Mapping[str, str] = field(default_factory=dict)
    required: bool = True

    def covers(self, coupling: Coupling) -> bool:
        """Whether the coupling is of this kind, on this line, between these two."""
        return (
            (coupling.kind, coupling.file, coupling.line) == (self.kind, self.file, self.line)
            and self.from_ in (ANY, coupling.from_)
            and self.to in (ANY, coupling.to)
        )

    def is_met_by(self, coupling: Coupling) -> bool:
        """Whether the coupling also says all the details that were written down."""
        return self.covers(coupling) and all(
            said(coupling, name) == value for name, value in self.details.items()
        )

    def __str__(self) -> str:
        details = "".join(f" {name}={value}" for name, value in self.details.items())
        return f"{self.file}:{self.line}: {self.kind} {self.from_}->{self.to}{details}"


@dataclass(frozen=True)
class Note:
    """A word that must be said of a place: where following ended, or what could not be read."""

    file: str
    line: int
    words: tuple[str, ...]

    def is_met_by(self, told: Unresolved | Problem) -> bool:
        """Whether the place is told, with one of the words.

        A file that could not be read whole is told once, wherever its first error is.
        """
        if isinstance(told, Problem):
            return told.file == self.file and self.is_said_in(told.message)
        return (told.file, told.line) == (self.file, self.line) and self.is_said_in(told.reason)

    def is_said_in(self, text: str) -> bool:
        return any(word == ANY or word in text.lower() for word in self.words)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {' or '.join(self.words)}"


@dataclass
class Case:
    """What a project of the truth set expects."""

    name: str
    expected: list[Expectation] = field(default_factory=list)
    gaps: list[Expectation] = field(default_factory=list)
    unresolved: list[Note] = field(default_factory=list)
    problems: list[Note] = field(default_factory=list)
    modules: set[str] = field(default_factory=set)
    shared: dict[str, dict[str, str]] = field(default_factory=dict)
    silent: set[tuple[str, int]] = field(default_factory=set)
    complete: dict[str, frozenset[Kind]] = field(default_factory=dict)

    @property
    def kinds(self) -> list[Kind]:
        """The kinds of which something must be reported."""
        return sorted({expectation.kind for expectation in self.expected if expectation.required})


def said(fact: Coupling | SharedCode, name: str) -> str:
    """A detail of a fact as it is written in an expectation."""
    match getattr(fact, name):
        case bool() | None as value:
            return str(value)
        case tuple() as values:
            return ",".join(sorted(values))
        case value:
            return str(value)


def read_case(folder: Path) -> Case:
    """Reads the expectations in all files of a project."""
    case = Case(folder.name)
    for path in sorted(folder.rglob("*")):
        if path.suffix in SUFFIXES and path.is_file():
            content = path.read_bytes().removeprefix(BOM_UTF8).decode("latin-1")
            read_text(content, path.relative_to(folder).as_posix(), case)
    return case


def read_text(text: str, file: str, case: Case) -> None:
    """Adds what one file expects; `file` is relative to the project's root."""
    if complete := COMPLETE.search(text):
        case.complete[file] = frozenset(Kind) if complete[1] else DATA
    # Not `splitlines`: a form feed ends no line for Python, nor for an editor.
    for line, content in enumerate(text.split("\n"), start=1):
        for word, rest in marks(content):
            read_mark(word, rest, file, line, case)


def marks(content: str) -> Iterator[tuple[str, str]]:
    """The words of a line, each with what follows it."""
    found = list(MARK.finditer(content))
    for mark, after in zip_longest(found, found[1:]):
        end = after.start() if after else len(content)
        yield mark[1], CLOSING.sub("", content[mark.end() : end]).strip()


def read_mark(word: str, rest: str, file: str, line: int, case: Case) -> None:
    place = f"{file}:{line}"
    match word:
        case "EXPECT" | "MAY":
            for edge in rest.split(";"):
                case.expected.append(expectation(edge, file, line, required=word == "EXPECT"))
        case "GAP":
            case.gaps += [expectation(edge, file, line, required=True) for edge in rest.split(";")]
        case "UNRESOLVED" | "PROBLEM":
            if not rest:
                raise UnreadableExpectation(f"{place}: {word} says no word of the reason")
            notes = case.unresolved if word == "UNRESOLVED" else case.problems
            notes.append(Note(file, line, tuple(rest.lower().split("|"))))
        case "MODULES":
            case.modules |= set(rest.split())
        case "SHARED":
            case.shared[file] = dict(pair.split("=", 1) for pair in rest.split())
        case _:
            case.silent.add((file, line))


def expectation(text: str, file: str, line: int, *, required: bool) -> Expectation:
    """`kind from->to name=value …` as a value.

    Raises:
        UnreadableExpectation: the text is not of this form, or names no kind or detail there is.
    """
    edge = EDGE.fullmatch(text.strip())
    if edge is None or edge["kind"] not in set(Kind):
        raise UnreadableExpectation(f"{file}:{line}: {text.strip()!r} is no `kind from->to`")
    details = dict(pair.split("=", 1) for pair in edge["details"].split())
    if unknown := details.keys() - set(Coupling.__struct_fields__):
        raise UnreadableExpectation(f"{file}:{line}: a coupling has no {', '.join(unknown)}")
    return Expectation(
        Kind(edge["kind"]), edge["from_"], edge["to"], file, line, details, required=required
    )


def missed(case: Case, kind: Kind, couplings: Iterable[Coupling]) -> list[str]:
    """What is expected of a kind and was not reported, each with what was reported instead."""
    reported = [coupling for coupling in couplings if coupling.kind == kind]
    lines = []
    for wanted in case.expected:
        if (wanted.kind != kind or not wanted.required) or any(map(wanted.is_met_by, reported)):
            continue
        near = [shown(coupling) for coupling in reported if wanted.covers(coupling)] or [
            shown(coupling)
            for coupling in reported
            if (coupling.file, coupling.from_, coupling.to)
            == (wanted.file, wanted.from_, wanted.to)
        ]
        lines.append(f"missed {wanted}" + "".join(f"\n    beside {text}" for text in near[:3]))
    return lines


def mended(case: Case, couplings: Iterable[Coupling]) -> list[str]:
    """The known gaps that are none any more."""
    reported = list(couplings)
    return [f"found  {gap}" for gap in case.gaps if any(map(gap.is_met_by, reported))]


def extra(case: Case, kinds: Iterable[Kind], couplings: Iterable[Coupling]) -> list[str]:
    """What was reported of some kinds where a file or a line says that nothing more is there."""
    wanted_kinds = set(kinds)
    return [
        f"extra  {shown(coupling)}"
        for coupling in couplings
        if coupling.kind in wanted_kinds
        and is_told_complete(case, coupling)
        and not any(wanted.covers(coupling) for wanted in case.expected)
    ]


def is_told_complete(case: Case, coupling: Coupling) -> bool:
    if (coupling.file, coupling.line) in case.silent and coupling.kind not in IMPORTS:
        return True
    return coupling.kind in case.complete.get(coupling.file, frozenset())


def shown(coupling: Coupling) -> str:
    ends = f"{coupling.from_}->{coupling.to} source={coupling.source} target={coupling.target}"
    details = "".join(f" {name}={said(coupling, name)}" for name in coupling.details)
    return f"{coupling.file}:{coupling.line}: {coupling.kind} {ends}{details}"
