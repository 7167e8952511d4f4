"""Reads a baseline: in the form in which Banyan writes it, or in any other that TOML has."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Any, Final, NamedTuple, cast

from banyan.boundaries.checking.baseline import (
    ARROW,
    OF_WHOLES,
    OUTSIDE,
    SCHEMA,
    TAKEN,
    UNKNOWN,
    Baseline,
    Entry,
)
from banyan.boundaries.rules import BAD_BASELINE, Rule
from banyan.conf.document import Document, parse_document
from banyan.findings import Finding, FindingsError, Location

_RULES: Final[Mapping[str, Rule]] = {str(one): one for one in Rule}
_MARKS: Final = re.compile(r"^(<{7} |={7}$|>{7} |\|{7} )", re.MULTILINE)
# A string that JSON and TOML read alike, as a baseline is written.
_STRING: Final = r'"[^"\\\x00-\x1f\x7f]*(?:\\(?:["\\bfnrt]|u00[0-9a-f]{2})[^"\\\x00-\x1f\x7f]*)*"'
_KEY: Final = rf"([A-Za-z0-9_-]+|{_STRING})"
_PART: Final = re.compile(
    rf"(?:#.*)?\n|\[{_KEY}\.{_KEY}\]\n|([a-z_]+) = \[\n((?:    {_STRING},\n)*)\]\n"
)
_FIRST: Final = re.compile(rf'(?:#.*\n)*schema = "{SCHEMA}"\n')

_List = tuple[str, str, str]
"""Where a list stands: its owner, consumer and rule."""
_LinesOf = Callable[[_List], Iterator[int]]
"""The lines of a list's entries."""


class _Written(NamedTuple):
    """What stands in a file, and on which lines its entries are."""

    values: Mapping[str, Any]
    lines_of: _LinesOf


def parse(source: bytes, file: Path) -> Baseline:
    """Read a baseline.

    Args:
        file: where it is from, for what is said of it.

    Raises:
        FindingsError: one finding, of the first thing that is wrong with it.
    """
    text = source.decode(errors="replace")
    if written := _as_rendered(text):
        document, lines_of = Document(file, written.values, source), written.lines_of
    else:
        _refuse_marks(text, file)
        document = parse_document(source, file, id=BAD_BASELINE)
        lines_of = _lines_in(document)
    if document.values.get(TAKEN) != SCHEMA:
        raise _refusal(
            f'{file.name} does not say schema = "{SCHEMA}"',
            "It is no baseline, or one of another version of Banyan.",
            document.locate(TAKEN),
        )
    return Baseline(dict(_entries(document, lines_of)), file)


def _as_rendered(text: str) -> _Written | None:
    """What TOML reads in a file that stands as it was written; None of any other.

    A reader of all TOML takes ten times as long for a long one.
    """
    first = _FIRST.match(text)
    if first is None:
        return None
    values: dict[str, Any] = {TAKEN: SCHEMA}
    heads: dict[_List, int] = {}
    owner = consumer = ""
    rules: dict[str, list[str]] | None = None
    at, line = first.end(), text.count("\n", 0, first.end()) + 1
    while at < len(text):
        part = _PART.match(text, at)
        if part is None:
            return None
        if part[1]:
            owner, consumer = _name(part[1]), _name(part[2])
            consumers = values.setdefault(owner, {})
            if owner == TAKEN or consumer in consumers:
                return None
            rules = consumers[consumer] = {}
        elif part[3]:
            if rules is None or part[3] in rules:
                return None
            rules[part[3]] = json.loads(f"[{part[4][:-2]}]")
            heads[owner, consumer, part[3]] = line
        at, line = part.end(), line + part[0].count("\n")

    def lines_of(path: _List) -> Iterator[int]:
        return count(heads[path] + 1)

    return _Written(values, lines_of)


def _name(key: str) -> str:
    return str(json.loads(key)) if key.startswith('"') else key


def _lines_in(document: Document) -> _LinesOf:
    return lambda path: (document.locate(*path, number).line for number in count())


def _refuse_marks(text: str, file: Path) -> None:
    if mark := _MARKS.search(text):
        raise _refusal(
            f"{file.name} has the marks of a merge that was not finished",
            "Keep the lines of both sides, remove the marks, and run `banyan check --update`, "
            "which drops what isn't there any more.",
            Location(file, text.count("\n", 0, mark.start()) + 1),
        )


def _entries(document: Document, lines_of: _LinesOf) -> Iterator[tuple[Entry, int]]:
    for key, consumers in document.values.items():
        if key == TAKEN:
            continue
        owner = key.removeprefix("*") if key in (OUTSIDE, f"*{TAKEN}") else key
        for consumer, rules in _table(document, consumers, key).items():
            for name, texts in _table(document, rules, key, consumer).items():
                path = (key, consumer, name)
                rule = _RULES.get(name)
                if rule is None:
                    raise _refusal(
                        f"{name!r} in {document.file.name} is no rule",
                        f"The rules are: {', '.join(Rule)}.",
                        document.locate(*path),
                    )
                if not isinstance(texts, list):
                    raise _refusal(
                        f"{name} of {owner}.{consumer} in {document.file.name} is no list",
                        "Write one violation a line, in brackets.",
                        document.locate(*path),
                    )
                lines = lines_of(path)
                for number, text in enumerate(cast("list[object]", texts)):
                    entry = _entry(owner, consumer, rule, text)
                    if isinstance(entry, _Wrong):
                        raise _refusal(
                            f"{text!r} in {document.file.name} {entry.what}",
                            entry.hint,
                            document.locate(*path, number),
                        )
                    yield entry, next(lines)


def _table(document: Document, value: object, *path: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise _refusal(
            f"{'.'.join(path)!r} in {document.file.name} is no table",
            "A table is called [owner.consumer], and has a list for each rule.",
            document.locate(*path),
        )
    return cast("Mapping[str, Any]", value)


class _Wrong(NamedTuple):
    """What is wrong with the text of an entry."""

    what: str
    hint: str


def _entry(owner: str, consumer: str, rule: Rule, text: object) -> Entry | _Wrong:
    source, arrow, target = text.partition(ARROW) if isinstance(text, str) else ("", "", "")
    if not arrow:
        return _Wrong("is no violation", "A violation is written as `source -> target`.")
    if rule in OF_WHOLES:
        if (source, target) != (consumer, owner):
            where = f"stands in the table of {owner}.{consumer}"
            return _Wrong(where, f"Write {consumer}{ARROW}{owner}.")
        source = target = ""
    if target == UNKNOWN:
        target = ""
    return Entry(owner=owner, consumer=consumer, rule=rule, source=source, target=target)


def _refusal(message: str, hint: str, location: Location) -> FindingsError:
    return FindingsError([Finding(BAD_BASELINE, message, hint, location)])
