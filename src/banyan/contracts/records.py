"""How records are written and read: messages, declared errors, the arguments of a call."""

from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from threading import RLock
from typing import Any

from banyan.contracts.declared import DeclaredError
from banyan.contracts.forms import (
    Convert,
    Form,
    enumeration,
    keyed,
    one_of,
    repeated,
    scalar_form,
)
from banyan.contracts.messages import Message
from banyan.contracts.problems import DecodeError, EncodeError
from banyan.contracts.scalars import shown
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


class RecordForms:
    """Makes the form of each record once; a message may contain its own kind."""

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

        return Form(encode, _reader(dict, fields, forms, fill_defaults=True))

    def _of(self, record: Record) -> Form:
        if made := self._made.get(record):
            return made

        # Until this one is made, what it contains refers to it by name.
        def encode_later(value: Any) -> Any:
            return self._made[record].encode(value)

        def decode_later(data: Any) -> Any:
            return self._made[record].decode(data)

        self._made[record] = Form(encode_later, decode_later)
        try:
            fields = fields_of(record)
            forms = [self._of_shape(field.shape) for field in fields]
        except BaseException:
            del self._made[record]
            raise
        self._made[record] = Form(
            _record_writer(record, fields, forms),
            _reader(record, fields, forms, fill_defaults=False),
        )
        return self._made[record]

    def _of_shape(self, shape: Shape) -> Form:
        match shape:
            case Scalar():
                return scalar_form(shape)
            case Enumeration(enum):
                return enumeration(enum)
            case Repeated(item, python):
                return repeated(self._of_shape(item), python)
            case Keyed(key, value):
                return keyed(key, self._of_shape(value))
            case Nested(message):
                return self._of(message)
            case OneOf(members):
                return one_of([(name, kind, self._of(kind)) for name, kind in members])


def _record_writer(record: Record, fields: Sequence[Field], forms: Sequence[Form]) -> Convert:
    write = _writer(fields, forms)
    values_of = _values_getter([field.name for field in fields])

    def encode(value: Any) -> dict[str, Any]:
        if type(value) is not record:
            lost = ", whose own fields would be lost" if isinstance(value, record) else ""
            raise EncodeError(
                f"expected {record.__qualname__}, got {type(value).__qualname__}{lost}"
            )
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
