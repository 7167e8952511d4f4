"""The check: what breaks the rules, beside what is known and what is allowed."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

import msgspec

from banyan.boundaries.checking.adapters.files import read_baseline, write_baseline
from banyan.boundaries.checking.allowances import sift
from banyan.boundaries.checking.baseline import (
    Baseline,
    Comparison,
    Entry,
    Moved,
    baseline_of,
    compare,
    updated,
)
from banyan.boundaries.checking.judgement import Count, Judgement
from banyan.boundaries.checking.judging import violations
from banyan.boundaries.rules import (
    BAD_ALLOWANCE,
    FIXED,
    LAWS,
    STRICT,
    UNMATCHED_ALLOWANCE,
    Rule,
)
from banyan.boundaries.violations import Violation
from banyan.conf import FILE_NAME, read_document
from banyan.errors import ConfigurationError
from banyan.findings import Finding, FindingsError, Level, Location
from banyan.modules import Project, project_in
from banyan.modules.project import Strictness
from banyan.survey.facts import Survey

_OFF: Final = "off"
_BOOKKEEPING: Final = (UNMATCHED_ALLOWANCE, BAD_ALLOWANCE, FIXED, STRICT)
_UPDATE: Final = "Run `banyan check --update`, and commit the baseline with the change."


def check(root: Path, survey: Survey) -> Judgement:
    """Judge a project that was surveyed, by the ``banyan.toml`` and the baseline in its folder.

    Raises:
        FindingsError: one of these files can't be understood.
    """
    project = project_in(root)
    known: Baseline | None = None
    if project is not None:
        known = read_baseline(root / project.check.baseline)
        if known is not None:
            known = msgspec.structs.replace(known, file=Path(project.check.baseline))
    judged = judge(survey, project, known)
    if project is None:
        return judged
    return msgspec.structs.replace(judged, expected=project.check.baseline)


def judge(
    survey: Survey, project: Project | None = None, baseline: Baseline | None = None
) -> Judgement:
    """Judge what was surveyed. Nothing is read or written.

    Raises:
        FindingsError: ``banyan.toml`` gives a level to a rule that there isn't.
    """
    given: Mapping[str, Strictness] = project.check.levels if project is not None else {}
    _refuse_unknown(given, project)
    levels = {
        rule: Level(level)
        for rule, law in LAWS.items()
        if (level := given.get(law.id.removeprefix("banyan."), law.level)) != _OFF
    }
    sifted = sift(violations(survey, project), survey.allowances)
    compared = compare(
        (one for one in sifted.left if one.rule in levels), _judged(baseline, levels)
    )
    allowed = tuple(one for one in sifted.allowed if one.violation.rule in levels)
    modules = project.modules.values() if project is not None else ()
    strict = {one.name for one in modules if one.strict}
    findings = [
        *(_new(one, levels[one.rule]) for one in compared.new),
        *_weighed(sifted.findings, given),
        *_weighed(_of_baseline(compared, baseline), given),
        *_weighed(_strict(compared.known, strict, baseline), given),
    ]
    return Judgement(
        project=project.name if project is not None else survey.project.name,
        is_described=project is not None,
        new=compared.new,
        known=compared.known,
        fixed=compared.fixed,
        moved=compared.moved,
        allowed=allowed,
        findings=tuple(findings),
        levels=levels,
        counts=_counts(compared, [one.violation for one in allowed]),
        baseline=baseline,
        problems=survey.problems,
    )


def update(root: Path, judgement: Judgement) -> Baseline:
    """Take out of a project's baseline what was fixed, and rename in it what was moved.

    Raises:
        ConfigurationError: there is no baseline, or it can't be written.
    """
    known = judgement.baseline
    if known is None or known.file is None:
        raise ConfigurationError(
            f"There is no baseline to update: {judgement.expected or 'banyan.toml'} is not there.",
            hint="`banyan init` writes one; without debt that is known none is needed.",
        )
    compared = Comparison(fixed=judgement.fixed, moved=judgement.moved)
    shrunk = updated(known, compared)
    if judgement.fixed or judgement.moved:
        write_baseline(root / known.file, shrunk)
    return shrunk


def first_baseline(judgement: Judgement) -> Baseline:
    """A baseline of all that is there and not allowed, to begin with."""
    moved = (one.violation for one in judgement.moved)
    return baseline_of((*judgement.new, *judgement.known, *moved))


def _refuse_unknown(given: Mapping[str, Strictness], project: Project | None) -> None:
    ids = [*(law.id for law in LAWS.values()), *_BOOKKEEPING]
    known = dict.fromkeys(one.removeprefix("banyan.") for one in ids)
    wrong = [id for id in given if id not in known]
    if wrong:
        file = project.file if project is not None else None
        document = read_document(file) if file is not None else None
        raise FindingsError(
            Finding(
                "banyan.E003",
                f"check.levels.{id} in {FILE_NAME}: there is no such rule",
                f"The rules are: {', '.join(sorted(known))}.",
                document.locate("check", "levels", id) if document is not None else None,
            )
            for id in wrong
        )


def _judged(baseline: Baseline | None, levels: Mapping[Rule, Level]) -> Baseline | None:
    """The baseline without rules that are off: they are neither broken nor fixed."""
    if baseline is None:
        return None
    entries = {one: line for one, line in baseline.entries.items() if one.rule in levels}
    return msgspec.structs.replace(baseline, entries=entries)


def _new(one: Violation, level: Level) -> Finding:
    spot = one.spots[0]
    more = len(one.spots) - 1
    places = f" ({more:,} more {'place' if more == 1 else 'places'})" if more else ""
    location = Location(Path(spot.file), spot.line)
    return Finding(one.law.id, f"{one.message}{places}", one.law.hint, location, level)


def _weighed(findings: Iterable[Finding], given: Mapping[str, Strictness]) -> Iterator[Finding]:
    for one in findings:
        level = given.get(one.id.removeprefix("banyan."), one.level)
        if level != _OFF:
            yield Finding(one.id, one.message, one.hint, one.location, Level(level))


def _of_baseline(compared: Comparison, baseline: Baseline | None) -> Iterator[Finding]:
    for entry in compared.fixed:
        yield Finding(
            FIXED,
            f"fixed: {entry.rule} {entry.text} is not there any more, and still in the baseline",
            _UPDATE,
            _place(entry, baseline),
        )
    for moved in compared.moved:
        yield Finding(
            FIXED,
            f"moved: {moved.before.rule} {moved.before.text} is now {_end(moved)}",
            _UPDATE,
            _place(moved.before, baseline),
        )


def _end(moved: Moved) -> str:
    """The name that is another now."""
    if moved.before.source != moved.violation.source:
        return f"of {moved.violation.source}"
    return f"to {moved.violation.target}"


def _strict(
    known: Iterable[Violation], strict: set[str], baseline: Baseline | None
) -> Iterator[Finding]:
    for one in known:
        if one.consumer in strict:
            entry = Entry.of(one)
            yield Finding(
                STRICT,
                f"{one.consumer} is strict, and the baseline has of it: {one.rule} {entry.text}",
                one.law.hint,
                _place(entry, baseline),
            )


def _place(entry: Entry, baseline: Baseline | None) -> Location | None:
    if baseline is None or baseline.file is None:
        return None
    return Location(baseline.file, baseline.entries.get(entry, 0))


def _counts(compared: Comparison, allowed: Iterable[Violation]) -> dict[Rule, Count]:
    new = Counter(one.rule for one in compared.new)
    known = Counter(one.rule for one in compared.known)
    fixed = Counter(one.rule for one in compared.fixed)
    moved = Counter(one.violation.rule for one in compared.moved)
    permitted = Counter(one.rule for one in allowed)
    return {
        rule: count
        for rule in Rule
        if (
            count := Count(
                new=new[rule],
                known=known[rule],
                fixed=fixed[rule],
                moved=moved[rule],
                allowed=permitted[rule],
            )
        )
        != Count()
    }
