"""The baseline: the debt that is known, so that only what is new fails a check."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, Self

import msgspec

from banyan.boundaries.rules import LAWS, Rule
from banyan.boundaries.violations import Violation
from banyan.conf.writing import quoted

SCHEMA: Final = "banyan.baseline/1"
OUTSIDE: Final = "*"
"""What stands for the owner of what no module owns."""
TAKEN: Final = "schema"
"""A key of the file itself, so that no table is called so."""
UNKNOWN: Final = "*"
"""What stands for a target that isn't told, as of a call to a host that is computed."""

ARROW: Final = " -> "
_BARE: Final = re.compile(r"^[A-Za-z0-9_-]+$")
# They are between two modules as wholes, so that the ends name the modules.
OF_WHOLES: Final = frozenset({Rule.USE, Rule.CYCLE})
_HEADER: Final = f"""\
# What broke a rule before the rules were there: each line may stay, and none may be added by hand.
# `banyan check` fails for what is new; `banyan check --update` removes what has been fixed.
schema = "{SCHEMA}"
"""


class Entry(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """One line of a baseline: a violation, wherever it stands."""

    owner: str
    consumer: str
    rule: Rule
    source: str
    target: str

    @classmethod
    def of(cls, violation: Violation) -> Self:
        """The line that a violation is."""
        return cls(
            owner=violation.owner,
            consumer=violation.consumer,
            rule=violation.rule,
            source=violation.source,
            target=violation.target,
        )

    @property
    def text(self) -> str:
        """As ``orders.Order.user -> users.User``."""
        if self.rule in OF_WHOLES:
            return f"{self.consumer}{ARROW}{self.owner}"
        return f"{self.source}{ARROW}{self.target or UNKNOWN}"


class Baseline(msgspec.Struct, frozen=True):
    """The debt that is known.

    Attributes:
        entries: each with the line at which it was read; 0 where it was not read.
        file: where it was read from; None where it was not.
    """

    entries: Mapping[Entry, int] = {}
    file: Path | None = None


class Moved(msgspec.Struct, frozen=True, kw_only=True):
    """Known debt of which one end has another name now.

    Attributes:
        before: as the baseline has it.
        violation: as it is now.
    """

    before: Entry
    violation: Violation


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """What is there beside what was known; each sorted."""

    new: tuple[Violation, ...] = ()
    known: tuple[Violation, ...] = ()
    fixed: tuple[Entry, ...] = ()
    moved: tuple[Moved, ...] = ()


def baseline_of(violations: Iterable[Violation]) -> Baseline:
    """A baseline of all that is there."""
    return Baseline(dict.fromkeys(sorted(map(Entry.of, violations)), 0))


def compare(violations: Iterable[Violation], baseline: Baseline | None) -> Comparison:
    """What is new, what was known, what has gone, and what only has another name now.

    Where an entry's source has gone, and the same consumer does the same to the same target
    elsewhere, the one is taken for the other: the names that are most alike first. So is what
    the same source does to a target that kept its own name, in another file of its module.
    """
    entries: Mapping[Entry, int] = baseline.entries if baseline else {}
    ordered = [(one, Entry.of(one)) for one in sorted(violations)]
    unknown = [one for one, entry in ordered if entry not in entries]
    present = {entry for _, entry in ordered}
    gone = sorted(one for one in entries if one not in present)
    moved = list(_moves(unknown, gone))
    arrived = {one.violation.identity for one in moved}
    left = {one.before for one in moved}
    return Comparison(
        new=tuple(one for one in unknown if one.identity not in arrived),
        known=tuple(one for one, entry in ordered if entry in entries),
        fixed=tuple(one for one in gone if one not in left),
        moved=tuple(moved),
    )


def updated(baseline: Baseline, comparison: Comparison) -> Baseline:
    """The baseline without what was fixed, and with the new names of what was moved."""
    names = {one.before: Entry.of(one.violation) for one in comparison.moved}
    gone = frozenset(comparison.fixed)
    kept = sorted(names.get(one, one) for one in baseline.entries if one not in gone)
    return Baseline(dict.fromkeys(kept, 0), baseline.file)


def render(baseline: Baseline) -> str:
    """The file: sorted, one violation a line, the same for the same violations."""
    tables: defaultdict[tuple[str, str], defaultdict[Rule, list[str]]]
    tables = defaultdict(lambda: defaultdict(list))
    for entry in sorted(baseline.entries):
        tables[_key_of(entry.owner), entry.consumer][entry.rule].append(entry.text)
    parts = [_HEADER]
    for (owner, consumer), rules in sorted(tables.items()):
        parts.append(f"\n[{_key(owner)}.{_key(consumer)}]\n")
        for rule, texts in sorted(rules.items()):
            listed = "".join(f"    {quoted(text)},\n" for text in sorted(texts))
            parts.append(f"{rule} = [\n{listed}]\n")
    return "".join(parts)


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a baseline's values, for editors and other programs."""
    entry = {"type": "string", "pattern": "^.* -> .+$"}
    listed = {"type": "array", "items": entry, "uniqueItems": True}
    rules = {
        "type": "object",
        "description": "What one module does to another; the rules by name, each with its "
        "violations as `source -> target`.",
        "properties": {
            str(rule): {"description": f"{law.id}: {law.title}.", **listed}
            for rule, law in LAWS.items()
        },
        "additionalProperties": False,
    }
    owner = {
        "type": "object",
        "description": f'A module that is held on to, or "{OUTSIDE}" for what no module owns; in '
        "it, those that hold on.",
        "additionalProperties": rules,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": SCHEMA,
        "description": "What broke a rule before the rules were there; a list is sorted, and has "
        "one violation a line.",
        "type": "object",
        "properties": {"schema": {"const": SCHEMA}},
        "required": ["schema"],
        "additionalProperties": owner,
    }


def _moves(unknown: Iterable[Violation], gone: Iterable[Entry]) -> Iterator[Moved]:
    def what(one: Violation | Entry) -> tuple[str, str, Rule, str]:
        return one.owner, one.consumer, one.rule, one.target

    waiting: defaultdict[tuple[str, str, Rule, str], list[Violation]] = defaultdict(list)
    for violation in unknown:
        waiting[what(violation)].append(violation)
    left: list[Entry] = []
    found: list[Moved] = []
    # What kept its own name, in another file or class, is surely the same.
    for entry in gone:
        here = waiting[what(entry)]
        same = [one for one in here if _last(one.source) == _last(entry.source)]
        if same:
            found.append(Moved(before=entry, violation=same[0]))
            here.remove(same[0])
        else:
            left.append(entry)
    for entry in left:
        if here := waiting[what(entry)]:
            nearest = max(here, key=lambda one: _shared(one.source, entry.source))
            found.append(Moved(before=entry, violation=nearest))
            here.remove(nearest)
    found += _of_targets(left, found, waiting.values())
    yield from sorted(found, key=lambda one: one.before)


def _of_targets(
    gone: Iterable[Entry], found: Iterable[Moved], waiting: Iterable[Iterable[Violation]]
) -> Iterator[Moved]:
    """The same source, and a target of the same name in another file, as when one is renamed."""

    def what(one: Violation | Entry) -> tuple[str, str, Rule, str, str]:
        return one.owner, one.consumer, one.rule, one.source, _last(one.target)

    left: defaultdict[tuple[str, str, Rule, str, str], list[Violation]] = defaultdict(list)
    for violation in sorted(one for several in waiting for one in several):
        left[what(violation)].append(violation)
    taken = {one.before for one in found}
    for entry in gone:
        if entry not in taken and entry.target and (here := left[what(entry)]):
            yield Moved(before=entry, violation=here.pop(0))


def _last(name: str) -> str:
    return name.rpartition(".")[2]


def _shared(one: str, other: str) -> int:
    """How many parts two dotted names have in common at their beginning."""
    number = 0
    for mine, theirs in zip(one.split("."), other.split("."), strict=False):
        if mine != theirs:
            break
        number += 1
    return number


def _key_of(owner: str) -> str:
    """What a table is called after: the file itself has a key of the name ``schema``."""
    return f"*{owner}" if owner == TAKEN else owner or OUTSIDE


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else quoted(name)
