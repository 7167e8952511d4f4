"""Makes the forms of records: messages, declared errors, the arguments of a call."""

from collections.abc import Callable, Sequence
from threading import RLock
from typing import Any, NamedTuple

from banyan.contracts.forms import (
    Form,
    Record,
    enumeration,
    keyed,
    one_of,
    repeated,
    scalar_form,
)
from banyan.contracts.shapes import (
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


class Style(NamedTuple):
    """A way to write and read the fields of a record."""

    record: Callable[[Record, Sequence[Field], Sequence[Form]], Form]
    arguments: Callable[[Sequence[Field], Sequence[Form]], Form]


class RecordForms:
    """Makes the form of each record once, in one style; a message may contain its own kind."""

    def __init__(self, style: Style) -> None:
        self._style = style
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
        return self._style.arguments(fields, forms)

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
        self._made[record] = self._style.record(record, fields, forms)
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
