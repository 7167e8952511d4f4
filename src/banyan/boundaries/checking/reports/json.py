"""The check for programs: ``banyan.findings/1``, and the JSON Schema that describes it."""

import posixpath
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, Final

import msgspec

from banyan.boundaries.checking.judgement import Count, Judgement
from banyan.boundaries.checking.reports.telling import file_of, page
from banyan.boundaries.rules import LAWS, Rule
from banyan.boundaries.violations import Spot, Violation
from banyan.findings import Finding, Level
from banyan.survey.reports.json import schema_of

SCHEMA: Final = "banyan.findings/1"


class State(StrEnum):
    """What is known of a violation."""

    NEW = "new"
    KNOWN = "known"
    MOVED = "moved"
    ALLOWED = "allowed"
    FIXED = "fixed"


class Told(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that is to be done something about.

    Attributes:
        id: stable; it has a page.
        level: only an error fails the check.
        message: what is wrong, in one sentence.
        hint: what to do about it.
        file: relative to the project's folder, with forward slashes; "" where it is in none.
        line: counted from 1; 0 for the file as a whole.
        url: the page that explains it.
    """

    id: str
    level: Level
    message: str
    url: str
    hint: str = ""
    file: str = ""
    line: int = 0


class Tie(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that a module does to another against a rule.

    Attributes:
        state: whether it is new, known debt, known under another name, allowed by a comment, or
            fixed and still in the baseline.
        owner: the module that is held on to; "" where none is.
        consumer: the module that holds on; of shared code, its dotted name.
        source: what holds on; "" for the module as a whole.
        target: what is held on to; "" for the module as a whole.
        spots: where it stands; none where it is fixed.
    """

    state: State
    rule: Rule
    id: str
    owner: str
    consumer: str
    source: str = ""
    target: str = ""
    spots: tuple[Spot, ...] = ()


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """All that a check found.

    Attributes:
        fails: whether any of it is an error.
        counts: of each rule that is broken, or was.
    """

    project: str
    fails: bool
    findings: tuple[Told, ...] = ()
    violations: tuple[Tie, ...] = ()
    counts: Mapping[Rule, Count] = {}
    schema: str = SCHEMA


def render(judgement: Judgement, within: str = "") -> str:
    """The judgement as JSON, indented, the same for the same judgement.

    Args:
        within: the project's folder, where files are told relative to another one.
    """
    made = Report(
        project=judgement.project,
        fails=judgement.fails,
        findings=tuple(_told(one, within) for one in judgement.findings),
        violations=tuple(_ties(judgement, within)),
        counts=judgement.counts,
    )
    return msgspec.json.format(msgspec.json.encode(made), indent=1).decode() + "\n"


def json_schema() -> dict[str, Any]:
    """The schema of what :func:`render` gives, made from the structures themselves."""
    return schema_of(Report, SCHEMA)


def _told(one: Finding, within: str) -> Told:
    return Told(
        id=one.id,
        level=one.level,
        message=one.message,
        hint=one.hint,
        file=file_of(one.location, within),
        line=one.location.line if one.location else 0,
        url=page(one.id),
    )


def _ties(judgement: Judgement, within: str) -> Iterator[Tie]:
    for one in judgement.new:
        yield _tie(State.NEW, one, within)
    for one in judgement.known:
        yield _tie(State.KNOWN, one, within)
    for moved in judgement.moved:
        yield _tie(State.MOVED, moved.violation, within)
    for allowed in judgement.allowed:
        yield _tie(State.ALLOWED, allowed.violation, within)
    for entry in judgement.fixed:
        yield Tie(
            state=State.FIXED,
            rule=entry.rule,
            id=LAWS[entry.rule].id,
            owner=entry.owner,
            consumer=entry.consumer,
            source=entry.source,
            target=entry.target,
        )


def _tie(state: State, one: Violation, within: str) -> Tie:
    return Tie(
        state=state,
        rule=one.rule,
        id=one.law.id,
        owner=one.owner,
        consumer=one.consumer,
        source=one.source,
        target=one.target,
        spots=tuple(Spot(posixpath.join(within, at.file), at.line) for at in one.spots),
    )
