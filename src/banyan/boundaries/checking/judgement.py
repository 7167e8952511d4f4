"""A judgement: what a check says of a project, for each report to show in its own way."""

from collections.abc import Mapping

import msgspec

from banyan.boundaries.checking.baseline import Baseline, Entry, Moved
from banyan.boundaries.rules import Rule
from banyan.boundaries.violations import Violation
from banyan.findings import Finding, Level
from banyan.survey.facts import Allowance, Problem


class Allowed(msgspec.Struct, frozen=True, kw_only=True):
    """A violation that comments in the code allow, at each of its places.

    Attributes:
        reasons: as the comments give them, each once.
    """

    violation: Violation
    allowances: tuple[Allowance, ...]
    reasons: tuple[str, ...]


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """How many violations of a rule there are, of each sort."""

    new: int = 0
    known: int = 0
    fixed: int = 0
    moved: int = 0
    allowed: int = 0


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """All that a check found; sorted, so that two judgements of the same tree are equal.

    Rules whose level is ``off`` are in none of it.

    Attributes:
        new: what the baseline doesn't have, and no comment allows.
        known: what the baseline has.
        fixed: what the baseline has, and is no more.
        moved: what the baseline has with another source, or another name of the target.
        allowed: what comments in the code allow.
        findings: what is to be told, with its level: of what is new one for each violation, at
            the first of its places; then of allowances and of the baseline. Files are relative to
            the project's root.
        levels: how much each rule weighs in this project; what is off is not in it.
        counts: of each rule that has any.
        baseline: the one that was compared with; None where there was none.
        expected: the file in which a baseline is looked for, in the project's folder; "" where
            nothing says so.
        problems: files that could not be read whole; what is in them is not judged.
        project: the project's name.
        is_described: whether the project has a ``banyan.toml``.
    """

    project: str
    is_described: bool
    new: tuple[Violation, ...] = ()
    known: tuple[Violation, ...] = ()
    fixed: tuple[Entry, ...] = ()
    moved: tuple[Moved, ...] = ()
    allowed: tuple[Allowed, ...] = ()
    findings: tuple[Finding, ...] = ()
    levels: Mapping[Rule, Level] = {}
    counts: Mapping[Rule, Count] = {}
    baseline: Baseline | None = None
    expected: str = ""
    problems: tuple[Problem, ...] = ()

    @property
    def fails(self) -> bool:
        """Whether anything found is an error."""
        return any(one.level is Level.ERROR for one in self.findings)
