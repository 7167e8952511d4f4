"""Writes and reads records field by field, and says of what cannot travel where it stands."""

from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import Any

from banyan.contracts.forms import Convert, Form, Record
from banyan.contracts.problems import DecodeError, EncodeError
from banyan.contracts.scalars import shown
from banyan.contracts.shapes import ABSENT, Field, Keyed, Repeated


def record(kind: Record, fields: Sequence[Field], forms: Sequence[Form]) -> Form:
    """The form of a message or a declared error."""
    return Form(
        _record_writer(kind, fields, forms), _reader(kind, fields, forms, fill_defaults=False)
    )


def arguments(fields: Sequence[Field], forms: Sequence[Form]) -> Form:
    """The form of a dict with these fields."""
    names = [field.name for field in fields]
    write = _writer(fields, forms)

    def encode(values: dict[str, Any]) -> dict[str, Any]:
        return write([values[name] for name in names])

    return Form(encode, _reader(dict, fields, forms, fill_defaults=True))


def _record_writer(kind: Record, fields: Sequence[Field], forms: Sequence[Form]) -> Convert:
    write = _writer(fields, forms)
    values_of = _values_getter([field.name for field in fields])

    def encode(value: Any) -> dict[str, Any]:
        if type(value) is not kind:
            lost = ", whose own fields would be lost" if isinstance(value, kind) else ""
            raise EncodeError(f"expected {kind.__qualname__}, got {type(value).__qualname__}{lost}")
        return write(values_of(value))

    return encode


def _values_getter(names: list[str]) -> Callable[[Any], Iterable[Any]]:
    if len(names) > 1:
        return attrgetter(*names)  # gives a tuple, but only for two or more
    return lambda value: [getattr(value, name) for name in names]


def _writer(
    fields: Sequence[Field], forms: Sequence[Form]
) -> Callable[[Iterable[Any]], dict[str, Any]]:
    steps = [
        (field.name, field.json, field.optional, form.as_is, form.encode)
        for field, form in zip(fields, forms, strict=True)
    ]

    def write(values: Iterable[Any]) -> dict[str, Any]:
        plain: dict[str, Any] = {}
        name = ""
        try:
            for step, value in zip(steps, values, strict=True):
                name, json, optional, as_is, encode = step
                if type(value) is as_is:
                    plain[json] = value
                elif value is not None or not optional:
                    plain[json] = encode(value)
        except EncodeError as error:
            raise error.inside(name) from None
        return plain

    return write


def _reader(
    make: Callable[..., Any],
    fields: Sequence[Field],
    forms: Sequence[Form],
    *,
    fill_defaults: bool,
) -> Convert:
    steps = [
        (field.name, field.json, field.json != field.name, form.as_is, form.decode)
        for field, form in zip(fields, forms, strict=True)
    ]
    absences = {field.name: _when_absent(field, fill_defaults=fill_defaults) for field in fields}

    def decode(data: Any) -> Any:
        given: dict[str, Any] = data
        if type(given) is not dict:
            raise DecodeError(f"expected an object, got {shown(data)}")
        values: dict[str, Any] = {}
        name = ""
        try:
            for name, json, has_two_names, as_is, read in steps:
                plain = given.get(json)
                if has_two_names and name in given:
                    if json in given:
                        raise DecodeError(f"{json!r} and {name!r} are the same field")
                    plain = given[name]
                if type(plain) is as_is:
                    values[name] = plain
                elif plain is not None:
                    values[name] = read(plain)
                else:
                    absences[name](values)
        except DecodeError as error:
            raise error.inside(name) from None
        return make(**values)

    return decode


def _when_absent(field: Field, *, fill_defaults: bool) -> Callable[[dict[str, Any]], None]:
    """What an absent field leaves in the values; null says the same as absence."""
    name = field.name

    def leave_to_the_class(_values: dict[str, Any]) -> None:
        pass

    def refuse(_values: dict[str, Any]) -> None:
        raise DecodeError("is required")

    def fill(make: Callable[[], object]) -> Callable[[dict[str, Any]], None]:
        def absent(values: dict[str, Any]) -> None:
            values[name] = make()

        return absent

    if field.default is not ABSENT:
        return fill(lambda: field.default) if fill_defaults else leave_to_the_class
    if field.optional:
        return fill(lambda: None)
    match field.shape:
        case Repeated(_, python):
            return fill(python)
        case Keyed():
            return fill(dict)
        case _:
            return refuse
