"""Comments in the code that allow what breaks a rule: ``# banyan: allow[E104] reason``."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import msgspec

from banyan.boundaries.checking.judgement import Allowed
from banyan.boundaries.rules import BAD_ALLOWANCE, LAWS, UNMATCHED_ALLOWANCE, Rule
from banyan.boundaries.violations import Violation
from banyan.findings import Finding, Location
from banyan.survey.facts import Allowance

_FORM: Final = re.compile(r"allow\s*\[(?P<ids>[^\]]*)\]\s*(?P<reason>.*)", re.DOTALL)
_PREFIX: Final = "banyan."
_RULES: Final = {law.id.removeprefix(_PREFIX): rule for rule, law in LAWS.items()}
_FORM_HINT: Final = "Write `# banyan: allow[E104] why`, with the rule's id and a reason."


class Permission(msgspec.Struct, frozen=True):
    """A comment that was understood.

    Attributes:
        allowance: the comment.
        rules: what it allows.
        reason: why.
        line: of the code that it is about.
    """

    allowance: Allowance
    rules: frozenset[Rule]
    reason: str
    line: int


class Sifted(msgspec.Struct, frozen=True):
    """Violations, divided by what comments say of them.

    Attributes:
        left: what no comment allows, with the places that none allows.
        allowed: what comments allow, at each place.
        findings: comments that are wrong, or allow what isn't there.
    """

    left: tuple[Violation, ...]
    allowed: tuple[Allowed, ...]
    findings: tuple[Finding, ...]


def sift(violations: Iterable[Violation], allowances: Iterable[Allowance]) -> Sifted:
    """Take out what comments allow.

    A comment allows what stands on its own line or, where it stands alone, on the next line that
    is no such comment.
    """
    permissions, findings = _read(allowances)
    if not permissions:
        return Sifted(tuple(violations), (), tuple(findings))
    at: defaultdict[tuple[str, int], list[Permission]] = defaultdict(list)
    for one in permissions:
        at[one.allowance.file, one.line].append(one)
    matched: set[tuple[Allowance, Rule]] = set()
    left: list[Violation] = []
    allowed: list[Allowed] = []
    for violation in violations:
        fitting = {
            spot: [one for one in at[spot.file, spot.line] if violation.rule in one.rules]
            for spot in violation.spots
            if (spot.file, spot.line) in at
        }
        used = [one for several in fitting.values() for one in several]
        matched.update((one.allowance, violation.rule) for one in used)
        open_spots = tuple(spot for spot in violation.spots if not fitting.get(spot))
        if open_spots:
            left.append(msgspec.structs.replace(violation, spots=open_spots))
        else:
            allowed.append(
                Allowed(
                    violation=violation,
                    allowances=tuple(sorted({one.allowance for one in used})),
                    reasons=tuple(sorted({one.reason for one in used})),
                )
            )
    findings += [each for one in permissions for each in _unmatched(one, matched)]
    return Sifted(tuple(left), tuple(allowed), tuple(findings))


def _read(allowances: Iterable[Allowance]) -> tuple[list[Permission], list[Finding]]:
    ordered = sorted(allowances)
    alone = {(one.file, one.line) for one in ordered if one.is_alone}
    permissions: list[Permission] = []
    findings: list[Finding] = []
    for one in ordered:
        wrong = list(_mistakes(one))
        findings += wrong
        found = _FORM.fullmatch(one.text)
        if found is None or wrong:
            continue
        rules = frozenset(_RULES[id] for id in _ids(found["ids"]))
        line = one.line
        if one.is_alone:
            while (one.file, line) in alone:
                line += 1
        permissions.append(Permission(one, rules, found["reason"].strip(), line))
    return permissions, findings


def _mistakes(one: Allowance) -> Iterator[Finding]:
    found = _FORM.fullmatch(one.text)
    ids = _ids(found["ids"]) if found else []
    if found is None or not ids:
        yield _bad(one, f"the comment `{one.text}` names no rule", _FORM_HINT)
        return
    for id in ids:
        if id not in _RULES:
            yield _bad(
                one,
                f"{id} is no rule that a comment can allow",
                f"Those are: {', '.join(sorted(_RULES))}.",
            )
    if not found["reason"].strip():
        hint = f"Say why, behind the bracket: `# banyan: allow[{', '.join(ids)}] why`."
        yield _bad(one, f"the comment `{one.text}` gives no reason", hint)


def _ids(text: str) -> list[str]:
    return [one.strip().removeprefix(_PREFIX) for one in text.split(",") if one.strip()]


def _unmatched(permission: Permission, matched: set[tuple[Allowance, Rule]]) -> Iterator[Finding]:
    one = permission.allowance
    for rule in sorted(permission.rules, key=lambda rule: LAWS[rule].id):
        if (one, rule) not in matched:
            id = LAWS[rule].id.removeprefix(_PREFIX)
            yield Finding(
                UNMATCHED_ALLOWANCE,
                f"the comment allows {id}, and nothing on line {permission.line} breaks that rule",
                "Remove the comment, or the id from it.",
                Location(Path(one.file), one.line),
            )


def _bad(one: Allowance, message: str, hint: str) -> Finding:
    return Finding(BAD_ALLOWANCE, message, hint, Location(Path(one.file), one.line))
