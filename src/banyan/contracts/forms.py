"""How the parts of a record are written to plain JSON values and read back: all but scalars."""

from collections.abc import Callable, Sequence
from enum import Enum
from typing import Any, NamedTuple

from banyan.contracts.declared import DeclaredError
from banyan.contracts.messages import Message
from banyan.contracts.naming import json_name
from banyan.contracts.problems import DecodeError, EncodeError
from banyan.contracts.scalars import SCALARS, shown
from banyan.contracts.shapes import Scalar

Convert = Callable[[Any], Any]
Record = type[Message] | type[DeclaredError]


class Form(NamedTuple):
    """A way to the wire and back.

    Attributes:
        as_is: values of this very type are the same on both sides.
    """

    encode: Convert
    decode: Convert
    as_is: type | None = None


def scalar_form(scalar: Scalar) -> Form:
    """One JSON value."""
    is_plain = scalar in (Scalar.STR, Scalar.BOOL)
    return Form(*SCALARS[scalar], scalar.value if is_plain else None)


def enumeration(enum: type[Enum]) -> Form:
    """A member, by its name."""
    members = enum.__members__

    def encode(value: Any) -> Any:
        if not isinstance(value, enum):
            raise EncodeError(f"expected {enum.__qualname__}, got {type(value).__qualname__}")
        return value.name

    def decode(data: Any) -> Any:
        if type(data) is str and data in members:
            return members[data]
        raise DecodeError(f"expected one of {', '.join(members)}, got {shown(data)}")

    return Form(encode, decode)


def repeated(item: Form, python: type[list[Any]] | type[tuple[Any, ...]]) -> Form:
    """A JSON array."""
    encode_item, decode_item = item.encode, item.decode

    def encode(value: Any) -> Any:
        items: Sequence[Any] = value
        if not isinstance(items, python):
            raise EncodeError(f"expected {python.__name__}, got {type(value).__qualname__}")
        plain: list[Any] = []
        try:
            for one in items:
                plain.append(encode_item(one))  # noqa: PERF401 - its length says where it failed
        except EncodeError as error:
            raise error.inside(f"[{len(plain)}]") from None
        return plain

    def decode(data: Any) -> Any:
        items: list[Any] = data
        if type(items) is not list:
            raise DecodeError(f"expected a list, got {shown(data)}")
        read: list[Any] = []
        try:
            for one in items:
                read.append(decode_item(one))  # noqa: PERF401
        except DecodeError as error:
            raise error.inside(f"[{len(read)}]") from None
        return read if python is list else python(read)

    return Form(encode, decode)


def keyed(key: type[str] | type[int], value: Form) -> Form:
    """A JSON object whose keys are data."""
    write_key, read_key = SCALARS[Scalar(key)]

    def encode(values: Any) -> Any:
        given: dict[Any, Any] = values
        if not isinstance(values, dict):
            raise EncodeError(f"expected dict, got {type(values).__qualname__}")
        plain: dict[str, Any] = {}
        for name, one in given.items():
            try:
                plain[str(write_key(name))] = value.encode(one)
            except EncodeError as error:
                raise error.inside(f"[{shown(name)}]") from None
        return plain

    def decode(data: Any) -> Any:
        given: dict[str, Any] = data
        if type(given) is not dict:
            raise DecodeError(f"expected an object, got {shown(data)}")
        values: dict[Any, Any] = {}
        for name, one in given.items():
            try:
                values[read_key(name)] = value.decode(one)
            except DecodeError as error:
                raise error.inside(f"[{shown(name)}]") from None
        if len(values) != len(given):
            raise DecodeError("two keys of the object are the same number")
        return values

    return Form(encode, decode)


def one_of(members: Sequence[tuple[str, type[Message], Form]]) -> Form:
    """A JSON object with one key, which says what kind of message it holds."""
    by_type = {kind: (json_name(name), form.encode) for name, kind, form in members}
    by_name = {name: form.decode for name, _, form in members}
    by_name |= {json_name(name): form.decode for name, _, form in members}
    choices = ", ".join(json for json, _ in by_type.values())

    def encode(value: Any) -> Any:
        if type(value) not in by_type:
            names = " or ".join(kind.__qualname__ for kind in by_type)
            raise EncodeError(f"expected {names}, got {type(value).__qualname__}")
        name, write = by_type[type(value)]
        try:
            return {name: write(value)}
        except EncodeError as error:
            raise error.inside(name) from None

    def decode(data: Any) -> Any:
        given: dict[str, Any] = data
        if type(given) is not dict:
            raise DecodeError(f"expected an object, got {shown(data)}")
        found = [name for name, inner in given.items() if name in by_name and inner is not None]
        if len(found) != 1:
            raise DecodeError(f"expected exactly one of {choices}; got {len(found)} of them")
        try:
            return by_name[found[0]](given[found[0]])
        except DecodeError as error:
            raise error.inside(found[0]) from None

    return Form(encode, decode)
