"""Encoding and decoding functions for records: messages, declared errors, arguments."""

from collections.abc import Callable, Sequence
from enum import Enum
from operator import attrgetter
from threading import RLock
from typing import Any, NamedTuple

from banyan.contracts.declared import DeclaredError
from banyan.contracts.messages import Message
from banyan.contracts.naming import json_name
from banyan.contracts.problems import DecodeError, EncodeError, WireError
from banyan.contracts.scalars import SCALARS, Convert, shown
from banyan.contracts.shapes import (
    ABSENT,
    Enumeration,
    Field,
    Keyed,
    Nested,
    OneOf,
    Repeated,
    Scalar,
    Shape,
    fields_of,
)

Record = type[Message] | type[DeclaredError]


class Form(NamedTuple):
    """How a shape is written to plain JSON values, and read back."""

    encode: Convert
    decode: Convert


class RecordForms:
    """Makes the functions of each record once; a message may contain its own kind."""

    def __init__(self) -> None:
        self._made: dict[Record, Form] = {}
        self._making = RLock()

    def of(self, record: Record) -> Form:
        """The form of a message or a declared error."""
        with self._making:
            return self._of(record)

    def of_fields(self, fields: Sequence[Field]) -> Form:
        """The form of a dict with these fields."""
        with self._making:
            forms = [self._of_shape(field.shape) for field in fields]
        names = [field.name for field in fields]
        write = _writer(fields, forms)

        def encode(values: dict[str, Any]) -> dict[str, Any]:
            return write([values[name] for name in names])

        return Form(encode, _decode_record(dict, fields, forms))

    def _of(self, record: Record) -> Form:
        if made := self._made.get(record):
            return made
        # Until this one is made, what it contains refers to it by name.
        self._made[record] = Form(
            lambda value: self._made[record].encode(value),  # noqa: PLW0108 - looked up late
            lambda data: self._made[record].decode(data),  # noqa: PLW0108
        )
        try:
            fields = fields_of(record)
            forms = [self._of_shape(field.shape) for field in fields]
        except BaseException:
            del self._made[record]
            raise
        self._made[record] = Form(
            _encode_record(record, fields, forms), _decode_record(record, fields, forms)
        )
        return self._made[record]

    def _of_shape(self, shape: Shape) -> Form:
        match shape:
            case Scalar():
                return Form(*SCALARS[shape])
            case Enumeration(enum):
                return _enumeration(enum)
            case Repeated(item, python):
                return _repeated(self._of_shape(item), python)
            case Keyed(key, value):
                return _keyed(key, self._of_shape(value))
            case Nested(message):
                return self._of(message)
            case OneOf(members):
                return _one_of([(name, kind, self._of(kind)) for name, kind in members])


def _encode_record(record: Record, fields: Sequence[Field], forms: Sequence[Form]) -> Convert:
    names = [field.name for field in fields]
    write = _writer(fields, forms)
    values_of: Callable[[Any], Sequence[Any]]
    if len(names) > 1:
        values_of = attrgetter(*names)
    else:

        def values_of(value: Any) -> Sequence[Any]:
            return [getattr(value, name) for name in names]

    def encode(value: Any) -> dict[str, Any]:
        if type(value) is not record:
            raise EncodeError(
                f"expected {record.__qualname__}, got {type(value).__qualname__}"
                + (", whose own fields would be lost" if isinstance(value, record) else "")
            )
        return write(values_of(value))

    return encode


def _writer(
    fields: Sequence[Field], forms: Sequence[Form]
) -> Callable[[Sequence[Any]], dict[str, Any]]:
    steps = [
        (field.name, field.json, field.optional, form.encode)
        for field, form in zip(fields, forms, strict=True)
    ]

    def write(values: Sequence[Any]) -> dict[str, Any]:
        plain: dict[str, Any] = {}
        for (name, json, optional, encode), value in zip(steps, values, strict=True):
            if value is None and optional:
                continue
            try:
                plain[json] = encode(value)
            except EncodeError as error:
                raise error.inside(name) from None
        return plain

    return write


def _decode_record(
    make: Callable[..., Any], fields: Sequence[Field], forms: Sequence[Form]
) -> Convert:
    steps = [
        (field.name, field.json, field.json != field.name, form.decode)
        for field, form in zip(fields, forms, strict=True)
    ]
    fills_defaults = make is dict
    absences = {field.name: _when_absent(field, fills_defaults) for field in fields}

    def decode(data: Any) -> Any:
        if type(data) is not dict:
            raise DecodeError(f"expected an object, got {shown(data)}")
        values: dict[str, Any] = {}
        for name, json, has_two_names, read in steps:
            plain = data.get(json)
            if has_two_names and name in data:
                if json in data:
                    raise DecodeError(f"{json!r} and {name!r} are the same field", path=name)
                plain = data[name]
            if plain is None:
                absences[name](values)
                continue
            try:
                values[name] = read(plain)
            except DecodeError as error:
                raise error.inside(name) from None
        return make(**values)

    return decode


def _when_absent(field: Field, fills_defaults: bool) -> Callable[[dict[str, Any]], None]:
    """What an absent field (or null, which says the same) leaves in the values."""
    name = field.name

    def keep_default(_values: dict[str, Any]) -> None:
        pass

    def fill(make: Callable[[], object]) -> Callable[[dict[str, Any]], None]:
        def absent(values: dict[str, Any]) -> None:
            values[name] = make()

        return absent

    def refuse(_values: dict[str, Any]) -> None:
        raise DecodeError("is required", path=name)

    if field.default is not ABSENT:
        return fill(lambda: field.default) if fills_defaults else keep_default
    if field.optional:
        return fill(lambda: None)
    match field.shape:
        case Repeated(_, python):
            return fill(python)
        case Keyed():
            return fill(dict)
        case _:
            return refuse


def _enumeration(enum: type[Enum]) -> Form:
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


def _repeated(item: Form, python: type[list[Any]] | type[tuple[Any, ...]]) -> Form:
    encode_item, decode_item = item

    def encode(value: Any) -> Any:
        if not isinstance(value, python):
            raise EncodeError(f"expected {python.__name__}, got {type(value).__qualname__}")
        try:
            return [encode_item(one) for one in value]
        except EncodeError:
            raise _first_problem(encode_item, value) from None

    def decode(data: Any) -> Any:
        if type(data) is not list:
            raise DecodeError(f"expected a list, got {shown(data)}")
        try:
            items = [decode_item(one) for one in data]
        except DecodeError:
            raise _first_problem(decode_item, data) from None
        return items if python is list else python(items)

    return Form(encode, decode)


def _first_problem(convert: Convert, items: Sequence[Any]) -> WireError:
    """Which item it was: found again only when there is something to tell."""
    for position, item in enumerate(items):
        try:
            convert(item)
        except WireError as error:
            return error.inside(f"[{position}]")
    raise AssertionError("an item that could not be converted now can")


def _keyed(key: type[str] | type[int], value: Form) -> Form:
    write_key, read_key = SCALARS[Scalar(key)]

    def encode(values: Any) -> Any:
        if not isinstance(values, dict):
            raise EncodeError(f"expected dict, got {type(values).__qualname__}")
        plain = {}
        for name, one in values.items():
            try:
                plain[str(write_key(name))] = value.encode(one)
            except EncodeError as error:
                raise error.inside(f"[{shown(name)}]") from None
        return plain

    def decode(data: Any) -> Any:
        if type(data) is not dict:
            raise DecodeError(f"expected an object, got {shown(data)}")
        values = {}
        for name, one in data.items():
            try:
                values[read_key(name)] = value.decode(one)
            except DecodeError as error:
                raise error.inside(f"[{shown(name)}]") from None
        if len(values) != len(data):
            raise DecodeError("two keys of the object are the same number")
        return values

    return Form(encode, decode)


def _one_of(members: Sequence[tuple[str, type[Message], Form]]) -> Form:
    by_type = {kind: (json_name(name), form.encode) for name, kind, form in members}
    by_name = {name: form.decode for name, _, form in members}
    by_name |= {json_name(name): form.decode for name, _, form in members}
    choices = ", ".join(json for json, _ in by_type.values())

    def encode(value: Any) -> Any:
        if type(value) not in by_type:
            names = " or ".join(kind.__qualname__ for kind in by_type)
            raise EncodeError(f"expected {names}, got {type(value).__qualname__}")
        name, write = by_type[type(value)]
        return {name: write(value)}

    def decode(data: Any) -> Any:
        if type(data) is not dict:
            raise DecodeError(f"expected an object, got {shown(data)}")
        found = [name for name, inner in data.items() if name in by_name and inner is not None]
        if len(found) != 1:
            raise DecodeError(f"expected exactly one of {choices}, got {len(found)}")
        try:
            return by_name[found[0]](data[found[0]])
        except DecodeError as error:
            raise error.inside(found[0]) from None

    return Form(encode, decode)
