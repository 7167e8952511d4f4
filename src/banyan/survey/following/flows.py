"""What functions are given by those who call them, gathered over a whole project."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Final, Protocol, TypeAlias

from banyan.survey.consulted import UNMARKED, Consulted, Marks
from banyan.survey.following.values import (
    NOTHING,
    ClassValue,
    Descriptor,
    Entries,
    FormOf,
    FunctionValue,
    Inner,
    Item,
    Many,
    Method,
    Object,
    Row,
    Rows,
    Several,
    Super,
    Value,
    joined,
)

# A function: its file and its name within. Values that are put on requests, and those that
# signals carry, are kept under keys of their own.
FlowKey: TypeAlias = tuple[str, str]
Given: TypeAlias = Mapping[FlowKey, Mapping[str, Value]]

SIGNALS: Final = "signal"

# What is given rows of more models than this serves any model: it is not of those.
MOST_MODELS: Final = 3
# An object is made with one model, its class with many: which of them it is cannot be told.
_MOST_AT_MAKING: Final = 1
_NOTHING_GIVEN: Final[tuple[Mapping[str, Value], Marks]] = ({}, UNMARKED)


class Source(Protocol):
    """What one file gives to functions, which need not be known until it is asked for."""

    @property
    def keys(self) -> Sequence[FlowKey]:
        """The functions that it gives something to."""
        ...

    def given(self) -> Given:
        """What it gives them."""
        ...


class Flows:
    """Values by function and parameter, joined over all calls.

    Args:
        consulted: is told of the functions that were asked for, whether or not anything was known.

    Attributes:
        is_hidden: whether nothing is told at the moment, so that what is worked out for the whole
            project is the same whenever it is.
    """

    def __init__(self, consulted: Consulted) -> None:
        self._consulted = consulted
        self.is_hidden = False
        self._entered: dict[FlowKey, list[Source]] = {}
        self._all: dict[FlowKey, dict[str, Value]] = {}
        self._told: dict[FlowKey, tuple[Mapping[str, Value], Marks]] = {}

    def enter(self, source: Source) -> None:
        """Add what one file gives; it is joined when it is asked for."""
        for key in source.keys:
            self._entered.setdefault(key, []).append(source)

    def joined(self, key: FlowKey) -> Mapping[str, Value]:
        """What can be said of a function's parameters, by all that was added until now."""
        return self._joined(key)[0]

    def _joined(self, key: FlowKey) -> tuple[Mapping[str, Value], Marks]:
        sources = self._entered.pop(key, None)
        if sources is not None:
            into = self._all.setdefault(key, {})
            for source in sources:
                for name, value in source.given()[key].items():
                    into[name] = joined(into.get(name, NOTHING), value)
            told = {name: value for name, value in into.items() if is_telling(key, value)}
            self._told[key] = told, Marks((), tuple(set(_marks(chain(*told.values())))))
        return self._told.get(key, _NOTHING_GIVEN)

    def of(self, key: FlowKey) -> Mapping[str, Value] | None:
        """What a function is given; None where nothing is known of it."""
        if self.is_hidden:
            self._consulted.ask_in_vain()
            return None
        told, marks = self._joined(key)
        self._consulted.ask(name_of(key))
        self._consulted.take(marks)
        return told or None

    def hide(self) -> bool:
        """Tell nothing from now on; gives what to set :attr:`is_hidden` to in the end."""
        was_hidden, self.is_hidden = self.is_hidden, True
        return was_hidden

    def bits(self, keys: Iterable[FlowKey]) -> int:
        """The bits by which it is known who has asked for any of these functions."""
        return self._consulted.bits(map(name_of, keys))


def on_requests(name: str) -> FlowKey:
    """Under which key it is kept what is put on requests by a name."""
    return "", f"request.{name}"


def name_of(key: FlowKey) -> str:
    """The name under which it is marked that a function was asked for."""
    return f"given {key[0]} {key[1]}"


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


def _marks(items: Iterable[Item]) -> Iterator[Marks]:
    """The marks of the classes, functions, models and fields in a value."""
    for item in items:
        match item:
            case ClassValue(ref=ref) | Object(ref=ref):
                yield ref.marks
            case FunctionValue(ref=ref, owner=owner):
                yield ref.marks
                if owner is not None:
                    yield from _marks((owner,))
            case Row(model=model) | FormOf(model=model):
                yield model.marks
            case Rows(model=model, classes=classes, via=via, loads=loads):
                yield model.marks
                for each in classes:
                    yield each.marks
                for one in loads:
                    yield one.marks
                if via is not None:
                    yield via.marks
            case Descriptor(field=field):
                yield field.marks
            case Method(owner=owner) | Super(owner=owner):
                yield from _marks((owner,))
            case Many(items=inner) | Inner(returns=inner):
                yield from _marks(inner)
            case Several(parts=parts):
                yield from _marks(chain(*parts))
            case Entries(known=known, others=others):
                yield from _marks(chain(others, *(value for _, value in known)))
            case _:
                pass
