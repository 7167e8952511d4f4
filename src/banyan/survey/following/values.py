"""What an expression can stand for, as far as it matters for data: rows, queries, classes…

A value is a tuple of alternatives; the empty tuple is a value of which nothing is known.
"""

from collections.abc import Iterable
from typing import Final, TypeAlias

import msgspec

from banyan.survey.meanings import ClassRef, FunctionRef, PythonModule
from banyan.survey.modelgraph import Field, Model
from banyan.survey.syntax import Lambda

# How many alternatives are kept; a thing that may be more is anything.
MOST: Final = 12
MOST_TEXTS: Final = 60


class Atom(msgspec.Struct, frozen=True, gc=False):
    """One thing that an expression can stand for."""


class Row(Atom, frozen=True, gc=False):
    """An instance of a model.

    Attributes:
        is_new: whether it was made here and is in no table yet.
    """

    model: Model
    is_new: bool = False


class Rows(Atom, frozen=True, gc=False):
    """A manager of a model or a query on it.

    Attributes:
        classes: of which custom methods come, the nearest first.
        via: the relation by which it was reached, within one chain.
        is_reverse: whether that relation belongs to the rows and not to what they hang on.
        is_manager: whether it is not yet a query.
        has_values: whether it gives dictionaries, tuples or single values instead of rows.
        is_annotated: whether lookups may name what the query has made.
        is_run: whether it is a variable's and was gone through before, so that it has its rows.
        is_open: whether a library's class may have methods that nobody here knows.
        loads: the models that ``select_related`` and ``prefetch_related`` load along.
        loaded_in: the file that says so.
    """

    model: Model
    classes: tuple[ClassRef, ...] = ()
    via: Field | None = None
    is_reverse: bool = False
    is_manager: bool = False
    has_values: bool = False
    is_annotated: bool = False
    is_run: bool = False
    is_open: bool = False
    loads: tuple[Model, ...] = ()
    loaded_in: str = ""


class ClassValue(Atom, frozen=True, gc=False):
    """A first-party class itself."""

    ref: ClassRef


class Object(Atom, frozen=True, gc=False):
    """An instance of a first-party class that is no model."""

    ref: ClassRef


class Super(Atom, frozen=True, gc=False):
    """``super()``: what comes after a class in the lineage of what ``self`` is."""

    owner: "Atom"
    after: ClassRef


class FunctionValue(Atom, frozen=True, gc=False):
    """A first-party function, bound to what it was taken from."""

    ref: FunctionRef
    owner: Atom | None = None


class Method(Atom, frozen=True, gc=False):
    """A method of Django's, taken from a manager, query or row and not called yet."""

    owner: Atom
    name: str


class Inner(Atom, frozen=True, gc=False):
    """A function made inside another one, by what it returns."""

    returns: tuple["Item", ...] = ()


class Closure(msgspec.Struct, frozen=True, gc=False, eq=False):
    """A lambda, with the names around it."""

    node: Lambda
    names: dict[str, "Value"]


class ModuleValue(Atom, frozen=True, gc=False):
    """A first-party module."""

    module: PythonModule


class Outside(Atom, frozen=True, gc=False):
    """Something of a library, by its dotted name; a call of it is the same with ``()`` added."""

    name: str


class Descriptor(Atom, frozen=True, gc=False):
    """A many-to-many relation as an attribute of its model's class."""

    field: Field


class Managing(Atom, frozen=True, gc=False):
    """A manager of no model yet, or the class of one.

    Attributes:
        classes: of which custom methods come, the nearest first.
        is_class: whether it has to be called to be a manager.
    """

    classes: tuple[ClassRef, ...] = ()
    is_class: bool = False


class FormOf(Atom, frozen=True, gc=False):
    """A form that Django makes for a model by itself."""

    model: Model


class Cleaned(Atom, frozen=True, gc=False):
    """What a form or serializer of a class has checked: a dictionary by field."""

    ref: ClassRef


class Request(Atom, frozen=True, gc=False):
    """An HTTP request."""


class Many(Atom, frozen=True, gc=False):
    """A list, set, iterator… of such items."""

    items: tuple["Item", ...] = ()


class Several(Atom, frozen=True, gc=False):
    """A tuple or list of which each part is known."""

    parts: tuple[tuple["Item", ...], ...]


class Entries(Atom, frozen=True, gc=False):
    """A dictionary: its values by key, where the key is written, and all others."""

    known: tuple[tuple["Written", tuple["Item", ...]], ...] = ()
    others: tuple["Item", ...] = ()


class Written(Atom, frozen=True, gc=False):
    """A text, and where it is written; of an f-string, the part before its first expression."""

    text: str
    path: str
    line: int
    is_whole: bool = True


class Truth(Atom, frozen=True, gc=False):
    """A constant that a call gives to a parameter by which the function decides what to do."""

    holds: bool


class Paths(Atom, frozen=True, gc=False):
    """``Q``, ``F``, ``Count``…: what names paths of a model that the query will tell."""

    paths: tuple[Written, ...] = ()


Item: TypeAlias = Atom | Closure
Value: TypeAlias = tuple[Item, ...]

NOTHING: Final[Value] = ()
REQUEST: Final[Value] = (Request(),)


def joined(one: Value, other: Value) -> Value:
    """What may be either."""
    if not other or one is other:
        return one
    if not one:
        return other
    if one == other:
        return one
    result = list(one)
    for item in other:
        if item not in result:
            result.append(item)
    if len(result) > MOST:
        texts = [item for item in result if isinstance(item, Written)]
        rest = [item for item in result if not isinstance(item, Written)]
        return (*texts[:MOST_TEXTS], *rest[:MOST])
    return tuple(result)


def combined(left: Value, right: Value) -> Value:
    """What is made of two values: conditions of both, items of both."""
    if left and right and isinstance(left[0], Paths) and isinstance(right[0], Paths):
        return (Paths(tuple(dict.fromkeys((*left[0].paths, *right[0].paths)))),)
    return joined(left, right)


def all_joined(values: Iterable[Value]) -> Value:
    """What may be any of them."""
    result: Value = NOTHING
    for value in values:
        if value:
            result = joined(result, value)
    return result


def kept(value: Value) -> Value:
    """A value as a variable keeps it: by which relation it was reached is forgotten."""
    for item in value:
        if isinstance(item, Rows) and item.via is not None:
            return tuple(
                msgspec.structs.replace(each, via=None, is_reverse=False)
                if isinstance(each, Rows) and each.via is not None
                else each
                for each in value
            )
    return value


def fresh(value: Value) -> Value:
    """A value as another function knows it: whether a query was run is forgotten."""
    return tuple(
        msgspec.structs.replace(item, is_run=False)
        if isinstance(item, Rows) and item.is_run
        else item
        for item in value
    )


def elements(value: Value) -> Value:
    """What a loop over it gives."""
    result: Value = NOTHING
    for item in value:
        match item:
            case Rows():
                if not item.has_values:
                    result = joined(result, (Row(item.model),))
            case Many(items=items):
                result = joined(result, items)
            case Several(parts=parts):
                result = joined(result, all_joined(parts))
            case Entries(known=known):
                result = joined(result, tuple(key for key, _ in known))
            case _:
                pass
    return result


def entries(value: Value) -> Value:
    """The values of a dictionary, whatever the key."""
    result: Value = NOTHING
    for item in value:
        if isinstance(item, Entries):
            result = joined(result, item.others)
            for _, each in item.known:
                result = joined(result, each)
    return result


def entry(value: Value, key: str) -> Value:
    """What a dictionary has under a key."""
    result: Value = NOTHING
    for item in value:
        if isinstance(item, Entries):
            for written, each in item.known:
                if written.text == key and written.is_whole:
                    result = joined(result, each)
            result = joined(result, item.others)
    return result


def part(value: Value, index: int) -> Value:
    """What unpacking gives at a place, or an index."""
    result: Value = NOTHING
    for item in value:
        if isinstance(item, Several):
            if -len(item.parts) <= index < len(item.parts):
                result = joined(result, item.parts[index])
        else:
            result = joined(result, elements((item,)))
    return result


def texts(value: Value) -> list[Written]:
    """All texts in a value, in tuples, lists and keys too."""
    found: list[Written] = []
    for item in value:
        match item:
            case Written():
                found.append(item)
            case Several(parts=parts):
                for each in parts:
                    found.extend(texts(each))
            case Many(items=items):
                found.extend(texts(items))
            case Entries(known=known):
                found.extend(key for key, _ in known)
            case _:
                pass
    return found
