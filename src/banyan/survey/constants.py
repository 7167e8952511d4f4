"""Values that can be told without running anything, and what operators and methods make of them."""

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, cast

from banyan.survey.entry_points import EntryPoint
from banyan.survey.meanings import (
    ClassRef,
    External,
    FunctionRef,
    ModuleRef,
    Unknown,
    ValueRef,
)

_MOST_ALTERNATIVES: Final = 16
# A value that grows beyond this, in characters or items, is not one of a setting.
_LONGEST: Final = 100_000
_TOO_LONG: Final = Unknown("a value that grows too long")
_WIDE: Final = re.compile(r"\d{4,}")


@dataclass(frozen=True, slots=True, eq=False)
class Either:
    """One of several values, the likeliest first; at most one of them is a list."""

    values: tuple["Value", ...]


Scalar: TypeAlias = str | int | float | bool | None
# Tuples and sets are lists here; a path is a string, relative to the root of the project.
Value: TypeAlias = (
    str
    | int
    | float
    | bool
    | list["Value"]
    | dict[Scalar, "Value"]
    | Either
    | Unknown
    | ClassRef
    | FunctionRef
    | ModuleRef
    | External
    | ValueRef
    | EntryPoint
    | None
)


def either(values: Iterable[Value]) -> Value:
    """One value for several possible ones.

    Lists become one list of all that may be in it, since branches most often add to it;
    dictionaries become one with the values of both.
    """
    flat: list[Value] = []
    for value in values:
        flat.extend(value.values if isinstance(value, Either) else (value,))
    lists = [value for value in flat if isinstance(value, list)]
    if lists:
        lists = [lists[0], *(other for other in lists[1:] if other != lists[0])]
        unknown = [value for value in flat if isinstance(value, Unknown)]
        return _distinct(item for part in (*lists, unknown) for item in part)
    kept: list[Value] = []
    for value in flat:
        if isinstance(value, dict) and kept and isinstance(kept[0], dict):
            kept[0] = _merged(kept[0], value)
        elif not any(_same(value, other) for other in kept):
            kept.append(value)
    kept.sort(key=lambda one: isinstance(one, Unknown))
    return kept[0] if len(kept) == 1 else Either(tuple(kept[:_MOST_ALTERNATIVES]))


def alternatives(value: Value) -> tuple[Value, ...]:
    """All that a value may be."""
    return value.values if isinstance(value, Either) else (value,)


def texts(value: Value) -> Iterator[str]:
    """All strings that a value is or may be, or that a list of it has."""
    for each in alternatives(value):
        if isinstance(each, str):
            yield each
        elif isinstance(each, list):
            for item in each:
                yield from texts(item)


def unknowns(value: Value) -> Iterator[Unknown]:
    """Why parts of a value are not known."""
    for each in alternatives(value):
        if isinstance(each, Unknown):
            yield each
        elif isinstance(each, list):
            for item in each:
                yield from unknowns(item)


def first_text(value: Value) -> str:
    """The likeliest string that a value is; "" where it is none."""
    return next((each for each in alternatives(value) if isinstance(each, str)), "")


def copied(value: Value) -> Value:
    """The value with lists and dictionaries of its own, so that a branch may change them."""
    if not isinstance(value, list | dict):
        return value
    left = [_LONGEST]
    made = _copied(value, left)
    return made if left[0] >= 0 else _TOO_LONG


def _copied(value: Value, left: list[int]) -> Value:
    if isinstance(value, list | dict):
        left[0] -= len(value) + 1
        if left[0] < 0:
            return _TOO_LONG
        if isinstance(value, dict):
            return {
                key: _copied(item, left) if isinstance(item, list | dict) else item
                for key, item in value.items()
            }
        return [_copied(item, left) if isinstance(item, list | dict) else item for item in value]
    return value


def joined(left: Mapping[str, Value], right: Mapping[str, Value]) -> dict[str, Value]:
    """The names after two branches of which either may have run."""
    names = dict(left)
    for name, value in right.items():
        if name not in names:
            names[name] = value
        elif names[name] is not value and not _same(names[name], value):
            names[name] = either((names[name], value))
    return names


def operated(operator: str, left: Value, right: Value) -> Value:
    """What an operator gives."""
    if operator == "or":
        kept = [one for one in alternatives(left) if not _is_false(one)]
        is_certain = len(kept) == len(alternatives(left)) and not _has_unknown(kept)
        return left if is_certain else either([*kept, right])
    if operator == "and":
        return either((right, left)) if not _is_false(left) else left
    found = [
        _operated(operator, one, other)
        for one in alternatives(left)
        for other in alternatives(right)
    ]
    return either(found)


def _operated(operator: str, left: Value, right: Value) -> Value:
    sizes = [len(one) for one in (left, right) if isinstance(one, str | list | dict)]
    if sum(sizes) > _LONGEST:
        return _TOO_LONG
    if operator in ("+", "|") and (isinstance(left, list) or isinstance(right, list)):
        parts = [one if isinstance(one, list) else [one] for one in (left, right)]
        # An empty string from the environment is split into nothing.
        parts = [[] if part == [""] else part for part in parts]
        is_list_like = all(one == "" or isinstance(one, list | Unknown) for one in (left, right))
        return [*parts[0], *parts[1]] if is_list_like else _unable(operator, left, right)
    if isinstance(left, list) and isinstance(right, list) and operator in ("-", "&"):
        shared = [item for item in left if any(_same(item, other) for other in right)]
        return shared if operator == "&" else [item for item in left if item not in shared]
    if isinstance(left, dict) and isinstance(right, dict) and operator == "|":
        return {**left, **right}
    if isinstance(left, str):
        return _operated_text(operator, left, right)
    if isinstance(left, int | float) and isinstance(right, int | float) and operator in "+-*":
        return {"+": left + right, "-": left - right, "*": left * right}[operator]
    return _unable(operator, left, right)


def _operated_text(operator: str, left: str, right: Value) -> Value:
    if operator == "%":
        return _percent(left, right)
    if isinstance(right, str) and operator == "+":
        return left + right
    if isinstance(right, str) and operator == "/":
        return path_joined([left, right])
    if isinstance(right, int) and operator == "-":
        # A path of django-environ: so many folders up.
        for _ in range(right):
            left = posixpath.dirname(left)
        return left
    return _unable(operator, left, right)


def _unable(operator: str, left: Value, right: Value) -> Unknown:
    for one in (left, right):
        if isinstance(one, Unknown):
            return one
    return Unknown(f"the operator {operator} on values that are not known")


def path_joined(parts: Sequence[str]) -> str:
    """``os.path.join``, within the project."""
    joined_path = posixpath.normpath(posixpath.join(*parts)) if parts else ""
    return "" if joined_path == "." else joined_path


def formatted(parts: Iterable[Value]) -> Value:
    """What an f-string gives."""
    texts_so_far: list[str] = [""]
    for part in parts:
        pieces = [_shown(one) for one in alternatives(part)]
        known = [piece for piece in pieces if piece is not None]
        if not known:
            return Unknown("a part of the text is not known")
        texts_so_far = [text + piece for text in texts_so_far for piece in known]
        if any(len(text) > _LONGEST for text in texts_so_far):
            return _TOO_LONG
        del texts_so_far[_MOST_ALTERNATIVES:]
    return either(texts_so_far)


def method(
    of: Value, name: str, arguments: Sequence[Value], keywords: Mapping[str, Value]
) -> Value:
    """What a method of a string, list or dictionary gives."""
    unknown = Unknown(f"the result of .{name}()")
    if isinstance(of, Either):
        return either(method(one, name, arguments, keywords) for one in of.values)
    if isinstance(of, str):
        return _of_text(of, name, arguments, keywords) or unknown
    if isinstance(of, list):
        if name == "select":
            return selected(of, keywords)
        if name == "names":
            return [one.name if isinstance(one, EntryPoint) else one for one in of]
        return list(of) if name in ("copy", "union", "difference") else unknown
    if isinstance(of, dict):
        match name, arguments:
            case "get", [(str() | int() | None) as key, *default]:
                return of.get(key, default[0] if default else None)
            case "keys", []:
                return list(of)
            case "values", []:
                return list(of.values())
            case "items", []:
                return [[key, value] for key, value in of.items()]
            case "copy", []:
                return dict(of)
            case _:
                return unknown
    return of if isinstance(of, Unknown) else unknown


def selected(items: Iterable[Value], wanted: Mapping[str, Value]) -> list[Value]:
    """A list without the entry points that differ from what is wanted of them."""
    texts_wanted = {key: value for key, value in wanted.items() if isinstance(value, str)}
    return [
        one
        for one in items
        if not isinstance(one, EntryPoint)
        or all(one.said(key) in (None, value) for key, value in texts_wanted.items())
    ]


_TEXT_METHODS: Final[frozenset[str]] = frozenset(
    [
        "capitalize",
        "join",
        "lower",
        "lstrip",
        "partition",
        "removeprefix",
        "removesuffix",
        "replace",
        "rpartition",
        "rsplit",
        "rstrip",
        "split",
        "splitlines",
        "strip",
        "title",
        "upper",
    ]
)
_PATH_METHODS: Final[frozenset[str]] = frozenset(["absolute", "as_posix", "resolve", "expanduser"])


def _of_text(
    of: str, name: str, arguments: Sequence[Value], keywords: Mapping[str, Value]
) -> Value | None:
    if name in _PATH_METHODS:
        return of
    if name == "joinpath":
        parts = [part for part in arguments if isinstance(part, str)]
        return path_joined([of, *parts]) if len(parts) == len(arguments) else None
    given = [_shown(one) if name == "format" else _plain(one) for one in arguments]
    named = {key: _shown(value) for key, value in keywords.items()}
    if any(value is None for value in (*given, *named.values())):
        return None
    if _grows(of, name, given):
        return _TOO_LONG
    try:
        if name == "format":
            return of.format(*given, **named)
        if name in _TEXT_METHODS:
            bound: Callable[..., Any] = getattr(of, name)
            # The partitions give a tuple.
            return list(bound(*given)) if "partition" in name else bound(*given)
    except (TypeError, ValueError, LookupError, AttributeError):
        return None
    return None


def _grows(of: str, name: str, given: Sequence[Any]) -> bool:
    """Whether a method would give a text without bounds."""
    if name == "format":
        return bool(_WIDE.search(of)) or len(of) + sum(map(len, given)) > _LONGEST
    if name == "replace" and len(given) > 1:
        return len(of) * (1 + len(str(given[1]))) > _LONGEST * 10
    if name == "join" and given and isinstance(given[0], list):
        return len(of) * len(cast("list[object]", given[0])) > _LONGEST
    return False


def _percent(text: str, right: Value) -> Value:
    given: Any = right
    if _WIDE.search(text):
        return _TOO_LONG
    if isinstance(right, list):
        shown = [_shown(item) for item in right]
        if None in shown:
            return Unknown("a part of the text is not known")
        given = tuple(shown)
    elif isinstance(right, dict):
        known = {str(key): _shown(item) for key, item in right.items()}
        given = {key: item for key, item in known.items() if item is not None}
    elif (given := _shown(right)) is None:
        return Unknown("a part of the text is not known")
    try:
        return str(text % given)
    except (TypeError, ValueError, LookupError):
        return Unknown("the text's placeholders and what fills them don't fit")


def _shown(value: Value) -> str | None:
    """The likeliest text that a format shows for a value."""
    for one in alternatives(value):
        if isinstance(one, str | int | float):
            return str(one)
    return None


def _plain(value: Value) -> Any:
    """A value as Python itself has it; None where part of it is not known."""
    if isinstance(value, Either):
        return _plain(value.values[0])
    if isinstance(value, list):
        items = [_plain(item) for item in value]
        return None if any(item is None for item in items) else items
    return value if isinstance(value, str | int | float) else None


def _merged(left: dict[Scalar, Value], right: dict[Scalar, Value]) -> dict[Scalar, Value]:
    merged = dict(left)
    for key, value in right.items():
        merged[key] = either((merged[key], value)) if key in merged else value
    return merged


def _distinct(items: Iterable[Value]) -> list[Value]:
    kept: list[Value] = []
    seen: set[object] = set()
    for item in items:
        if isinstance(item, list | dict):
            # Containers are compared with their neighbours only: lists of data can be long.
            if not any(_same(item, other) for other in kept[-_MOST_ALTERNATIVES:]):
                kept.append(item)
        elif item not in seen:
            seen.add(item)
            kept.append(item)
    return kept


def _same(left: Value, right: Value) -> bool:
    return type(left) is type(right) and left == right


def _is_false(value: Value) -> bool:
    return value is None or (isinstance(value, str | int | float | list | dict) and not value)


def _has_unknown(values: Iterable[Value]) -> bool:
    return any(isinstance(one, Unknown) for one in values)
