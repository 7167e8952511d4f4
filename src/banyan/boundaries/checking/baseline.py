"""The baseline: the debt that is known, so that only what is new fails a check."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, Self, cast

import msgspec

from banyan.boundaries.rules import BAD_BASELINE, LAWS, Rule
from banyan.boundaries.violations import Violation
from banyan.conf.document import Document, parse_document
from banyan.conf.writing import quoted
from banyan.findings import Finding, FindingsError, Location

SCHEMA: Final = "banyan.baseline/1"
OUTSIDE: Final = "*"
"""What stands for the owner of what no module owns."""
_TAKEN: Final = "schema"
UNKNOWN: Final = "*"
"""What stands for a target that isn't told, as of a call to a host that is computed."""

_ARROW: Final = " -> "
_MARKS: Final = re.compile(r"^(<{7} |={7}$|>{7} |\|{7} )", re.MULTILINE)
# A string that JSON and TOML read alike, as `render` writes them.
_STRING: Final = r'"[^"\\\x00-\x1f\x7f]*(?:\\(?:["\\bfnrt]|u00[0-9a-f]{2})[^"\\\x00-\x1f\x7f]*)*"'
_ENTRY_LINE: Final = re.compile(rf"^    ({_STRING}),$")
_RULE_LINE: Final = re.compile(r"^([a-z_]+) = \[$")
_TABLE_LINE: Final = re.compile(rf"^\[([A-Za-z0-9_-]+|{_STRING})\.([A-Za-z0-9_-]+|{_STRING})\]$")
_RULES: Final = frozenset(map(str, Rule))
_BARE: Final = re.compile(r"^[A-Za-z0-9_-]+$")
# They are between two modules as wholes, so that the ends name the modules.
_OF_WHOLES: Final = frozenset({Rule.USE, Rule.CYCLE})
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
        if self.rule in _OF_WHOLES:
            return f"{self.consumer}{_ARROW}{self.owner}"
        return f"{self.source}{_ARROW}{self.target or UNKNOWN}"


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


def parse(source: bytes, file: Path) -> Baseline:
    """Read a baseline.

    Args:
        file: where it is from, for what is said of it.

    Raises:
        FindingsError: one finding, of the first thing that is wrong with it.
    """
    text = source.decode(errors="replace")
    if (entries := _as_rendered(text)) is not None:
        return Baseline(entries, file)
    if mark := _MARKS.search(text):
        line = text.count("\n", 0, mark.start()) + 1
        raise _refusal(
            f"{file.name} has the marks of a merge that was not finished",
            "Keep the lines of both sides, remove the marks, and run `banyan check --update`, "
            "which drops what isn't there any more.",
            Location(file, line),
        )
    document = parse_document(source, file, id=BAD_BASELINE)
    if document.values.get("schema") != SCHEMA:
        raise _refusal(
            f'{file.name} does not say schema = "{SCHEMA}"',
            "It is no baseline, or one of another version of Banyan.",
            document.locate("schema"),
        )
    return Baseline(dict(_entries(document)), file)


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


def _as_rendered(text: str) -> dict[Entry, int] | None:
    """The entries of a file that is as :func:`render` writes it; None for any other.

    A reader of all TOML takes half a second for ten thousand lines, and this one a tenth of that.
    """
    entries: dict[Entry, int] = {}
    begun: set[tuple[str, str] | tuple[str, str, Rule]] = set()
    table: tuple[str, str] | None = None
    rule: Rule | None = None
    is_ours = False
    for number, line in enumerate(text.split("\n"), 1):
        if table is not None and rule is not None and (found := _ENTRY_LINE.match(line)):
            owner, consumer = _owner_of(table[0]), table[1]
            source, arrow, target = _text(found[1]).partition(_ARROW)
            if not arrow or (rule in _OF_WHOLES and (source, target) != (consumer, owner)):
                return None
            entries[_made(owner, consumer, rule, source, target)] = number
        elif line == "]" and rule is not None:
            rule = None
        elif rule is not None:
            return None
        elif table is not None and (found := _RULE_LINE.match(line)) and found[1] in _RULES:
            rule = Rule(found[1])
            if (*table, rule) in begun:
                return None
            begun.add((*table, rule))
        elif found := _TABLE_LINE.match(line):
            table = _name(found[1]), _name(found[2])
            if table in begun:
                return None
            begun.add(table)
        elif line == f'schema = "{SCHEMA}"' and table is None and not is_ours:
            is_ours = True
        elif line and not line.startswith("#"):
            return None
    return entries if is_ours and rule is None else None


def _name(key: str) -> str:
    return _text(key) if key.startswith('"') else key


def _text(string: str) -> str:
    """What stands in a string that is written as :data:`_STRING` has it."""
    return str(json.loads(string)) if "\\" in string else string[1:-1]


def _made(owner: str, consumer: str, rule: Rule, source: str, target: str) -> Entry:
    if rule in _OF_WHOLES:
        source = target = ""
    return Entry(
        owner=owner,
        consumer=consumer,
        rule=rule,
        source=source,
        target="" if target == UNKNOWN else target,
    )


def _entries(document: Document) -> Iterator[tuple[Entry, int]]:
    for owner, consumers in document.values.items():
        if owner == _TAKEN:
            continue
        for consumer, rules in _table(document, consumers, owner).items():
            for rule, texts in _table(document, rules, owner, consumer).items():
                path = (owner, consumer, rule)
                if rule not in set(Rule):
                    raise _refusal(
                        f"{rule!r} in {document.file.name} is no rule",
                        f"The rules are: {', '.join(Rule)}.",
                        document.locate(*path),
                    )
                if not isinstance(texts, list):
                    raise _refusal(
                        f"{rule} of {owner}.{consumer} in {document.file.name} is no list",
                        "Write one violation a line, in brackets.",
                        document.locate(*path),
                    )
                for number, text in enumerate(cast("list[object]", texts)):
                    place = document.locate(*path, number)
                    entry = _entry(_owner_of(owner), consumer, Rule(rule), text, place)
                    yield entry, place.line


def _table(document: Document, value: object, *path: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise _refusal(
            f"{'.'.join(path)!r} in {document.file.name} is no table",
            "A table is called [owner.consumer], and has a list for each rule.",
            document.locate(*path),
        )
    return cast("Mapping[str, Any]", value)


def _entry(owner: str, consumer: str, rule: Rule, text: object, place: Location) -> Entry:
    source, arrow, target = text.partition(_ARROW) if isinstance(text, str) else ("", "", "")
    if not arrow:
        raise _refusal(
            f"{text!r} in {place.file.name} is no violation",
            "A violation is written as `source -> target`.",
            place,
        )
    if rule in _OF_WHOLES and (source, target) != (consumer, owner):
        raise _refusal(
            f"{text!r} in {place.file.name} stands in the table of {owner}.{consumer}",
            f"Write {consumer}{_ARROW}{owner}.",
            place,
        )
    return _made(owner, consumer, rule, source, target)


def _key_of(owner: str) -> str:
    """What a table is called after: the file itself has a key of the name ``schema``."""
    return f"*{owner}" if owner == _TAKEN else owner or OUTSIDE


def _owner_of(key: str) -> str:
    return key.removeprefix("*") if key in (OUTSIDE, f"*{_TAKEN}") else key


def _refusal(message: str, hint: str, location: Location) -> FindingsError:
    return FindingsError([Finding(BAD_BASELINE, message, hint, location)])


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else quoted(name)
