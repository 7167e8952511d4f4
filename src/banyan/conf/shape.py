"""Compares given values with the typed structures that say what may be given."""

import re
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from types import UnionType
from typing import Annotated, Any, Literal, Union, cast, get_args, get_origin

import msgspec
from msgspec import Meta, Struct

from banyan.findings import Finding, Location

Path_ = tuple[str | int, ...]
Locate = Callable[..., Location | None]
"""Gives the place of a path, where there is a file to look into."""

_ITEM = re.compile(r" - at `\$((?:\[\d+\])*)[^`]*`$")
_LEAST = re.compile(r"^Expected `(?:int|float)` >= (?P<least>[\d.]+)$")
_EXPECTED = re.compile(r"^Expected `(?P<wanted>[^`]*)`, got `(?P<given>[^`]*)`$")
_WORDS = {
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "a table",
    "null": "nothing",
}


def mistakes(
    value: object, shape: Any, *, source: str, locate: Locate, path: Path_ = ()
) -> Iterator[Finding]:
    """Each key that is unknown or missing, and each value of the wrong type.

    Args:
        shape: a msgspec structure, or any type that msgspec can convert to.
        source: what people call the whole, as ``banyan.toml``.
    """
    struct = _struct(shape)
    if isinstance(value, Mapping) and struct:
        table = cast("Mapping[str, object]", value)
        fields = {entry.name: entry for entry in msgspec.structs.fields(struct)}
        name = f"[{dotted(path)}] of {source}" if path else source
        for key in (key for key in table if key not in fields):
            yield Finding(
                "banyan.E002",
                f"unknown key {key!r} in {name}",
                nearest(key, fields, f"It takes: {', '.join(fields)}."),
                locate(*path, key),
            )
        for key, entry in fields.items():
            if key in table:
                yield from mistakes(
                    table[key], entry.type, source=source, locate=locate, path=(*path, key)
                )
            elif entry.required:
                yield Finding(
                    "banyan.E004",
                    f"{key!r} is missing in {name}",
                    "docs/topology.md has an example of a whole file.",
                    locate(*path),
                )
    elif isinstance(value, Mapping) and get_origin(shape) is dict:
        key_shape, value_shape = get_args(shape)
        for key, inner in cast("Mapping[str, object]", value).items():
            yield from _type_error(key, key_shape, source, locate, (*path, key))
            yield from mistakes(inner, value_shape, source=source, locate=locate, path=(*path, key))
    else:
        yield from _type_error(value, shape, source, locate, path)  # pyright: ignore[reportUnknownArgumentType]


def nearest(name: str, known: Mapping[str, object], otherwise: str) -> str:
    """A hint with the known name that is most like another one, if any is."""
    near = get_close_matches(name, known, 1)
    return f"Did you mean {near[0]!r}?" if near else otherwise


def dotted(path: Path_) -> str:
    """A path as people write it: ``modules.orders.apps[0]``."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return "".join(parts).removeprefix(".")


def _type_error(
    value: object, shape: Any, source: str, locate: Locate, path: Path_
) -> Iterator[Finding]:
    try:
        msgspec.convert(value, shape)
    except msgspec.ValidationError as error:
        message = str(error)
        if item := _ITEM.search(message):
            path = (*path, *(int(index) for index in re.findall(r"\d+", item[1])))
            message = message[: item.start()]
        yield Finding(
            "banyan.E003",
            f"{dotted(path)} in {source}: {_in_words(message, value)}",
            _advice(value, shape),
            locate(*path),
        )


def _in_words(message: str, value: object) -> str:
    if found := _EXPECTED.match(message):
        # That it may be left out is nothing that somebody who gives it could write.
        kinds = [one for one in found["wanted"].split(" | ") if one != "null"]
        wanted = " or ".join(_WORDS.get(one, one) for one in kinds)
        return f"should be {wanted}, but is {_WORDS.get(found['given'], found['given'])}"
    if found := _LEAST.match(message):
        return f"should be at least {float(found['least']):g}, but is {value}"
    if "matching regex" in message or message.startswith("Invalid enum value"):
        return f"cannot be {value!r}"
    return message[:1].lower() + message[1:]


def _advice(value: object, shape: Any) -> str:
    """What the type itself says of its values: the choices, or its description."""
    choices = {str(one): one for one in _choices(shape)}
    if choices:
        return nearest(str(value), choices, f"It is one of: {', '.join(choices)}.")
    for one in _alternatives(shape):
        for meta in get_args(one) if get_origin(one) is Annotated else ():
            if isinstance(meta, Meta) and meta.description:
                return meta.description
    return "`banyan topology schema` prints every key and its type."


def _choices(shape: Any) -> Iterator[object]:
    for one in _alternatives(shape):
        if get_origin(one) is Literal:
            yield from get_args(one)


def _struct(shape: Any) -> type[Struct] | None:
    """The table among what a value may be: ``str | RouteTable`` is RouteTable."""
    for one in _alternatives(shape):
        if isinstance(one, type) and issubclass(one, Struct):
            return one
    return None


def _alternatives(shape: Any) -> tuple[Any, ...]:
    # `Literal[…] | None` is the older kind of union, `str | Table` the newer.
    return get_args(shape) if get_origin(shape) in (Union, UnionType) else (shape,)
