"""What functions are given by those who call them, gathered over a whole project."""

from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias

from banyan.survey.following.values import (
    NOTHING,
    ClassValue,
    Entries,
    Many,
    Row,
    Rows,
    Several,
    Value,
    joined,
)

# A function: its file and its name within. Values that are put on requests, and those that
# signals carry, are kept under keys of their own.
FlowKey: TypeAlias = tuple[str, str]
Given: TypeAlias = Mapping[FlowKey, Mapping[str, Value]]

REQUESTS: Final = ("", "request")
SIGNALS: Final = "signal"

# What is given rows of more models than this serves any model: it is not of those.
MOST_MODELS: Final = 3
# An object is made with one model, its class with many: which of them it is cannot be told.
_MOST_AT_MAKING: Final = 1


class Flows:
    """Values by function and parameter, joined over all calls.

    Attributes:
        asked: the keys that were asked for, whether or not anything was known, so that who asked
            can know what the answer depends on.
    """

    def __init__(self) -> None:
        self._all: dict[FlowKey, dict[str, Value]] = {}
        self._told: dict[FlowKey, dict[str, Value]] = {}
        self.asked: set[FlowKey] = set()

    def add(self, given: Given) -> set[FlowKey]:
        """Join what one file gives; tells of which functions more is known now."""
        changed: set[FlowKey] = set()
        for key, values in given.items():
            into = self._all.setdefault(key, {})
            for name, value in values.items():
                before = into.get(name, NOTHING)
                after = joined(before, value)
                if after is not before and after != before:
                    into[name] = after
                    changed.add(key)
        for key in changed:
            told = {name: value for name, value in self._all[key].items() if is_telling(key, value)}
            if told == self._told.get(key, {}):
                changed = changed - {key}
            self._told[key] = told
        return changed

    def of(self, key: FlowKey) -> Mapping[str, Value] | None:
        """What a function is given; None where nothing is known of it."""
        self.asked.add(key)
        return self._told.get(key) or None


def is_telling(key: FlowKey, value: Value) -> bool:
    """Whether it can be said of a parameter what it is, and not only what it may be."""
    found = set(_models(value))
    is_making = key[1].endswith("__init__")
    return len(found) <= (_MOST_AT_MAKING if is_making else MOST_MODELS)


def _models(value: Value) -> Iterator[object]:
    for item in value:
        match item:
            case Row(model=model) | Rows(model=model):
                yield model.ref
            case ClassValue(ref=ref):
                yield ref
            case Many(items=items):
                yield from _models(items)
            case Several(parts=parts):
                for part in parts:
                    yield from _models(part)
            case Entries(others=others):
                yield from _models(others)
            case _:
                pass
