"""Writes and reads records as they usually are, without a loop over their fields.

For each record the source of two functions is written and compiled, as dataclasses do for
``__init__``: it takes a third of the time. What they meet and cannot do is an exception of
:data:`LEFT_TO_CARE`, and done by :mod:`banyan.contracts.careful`: a field that is left out or spelt
in Python's way, and anything wrong.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from banyan.contracts.forms import Form, Record
from banyan.contracts.problems import DecodeError, EncodeError
from banyan.contracts.shapes import Field, Scalar

LEFT_TO_CARE: Final = (KeyError, DecodeError, EncodeError)

_INT32: Final = "-0x80000000 <= v <= 0x7fffffff"
_INT64: Final = "-0x8000000000000000 <= v <= 0x7fffffffffffffff"


def record(kind: Record, fields: Sequence[Field], forms: Sequence[Form]) -> Form:
    """The form of a message or a declared error."""
    guard = "if type(value) is not kind: raise EncodeError('another type')"
    return _compiled(kind, fields, forms, guard, "value.{}")


def arguments(fields: Sequence[Field], forms: Sequence[Form]) -> Form:
    """The form of a dict with these fields."""
    return _compiled(dict, fields, forms, "", "value[{!r}]")


def _compiled(
    kind: type, fields: Sequence[Field], forms: Sequence[Form], guard: str, access: str
) -> Form:
    assignments = "\n    ".join(_assignments(fields, access))
    known: dict[str, Any] = {
        "kind": kind,
        "pythons_way": frozenset(field.name for field in fields if field.json != field.name),
        "DecodeError": DecodeError,
        "EncodeError": EncodeError,
    }
    for number, form in enumerate(forms):
        known |= {f"write_{number}": form.encode, f"read_{number}": form.decode}
    source = f"""
def write(value):
    {guard}
    plain = {{}}
    {assignments}
    return plain

def read(plain):
    if type(plain) is not dict or not pythons_way.isdisjoint(plain):
        raise DecodeError('another shape')
    return kind({", ".join(_keywords(fields))})
"""
    # What it is made of are the names of fields, which Python has taken as identifiers.
    exec(source, known)  # noqa: S102
    return Form(known["write"], known["read"])


def _assignments(fields: Sequence[Field], access: str) -> Iterator[str]:
    for number, field in enumerate(fields):
        value = access.format(field.name)
        if field.optional:
            yield f"optional = {value}"
            converted = _converted(field, f"write_{number}", "optional", _INT32)
            yield f"if optional is not None: plain[{field.json!r}] = {converted}"
        else:
            converted = _converted(field, f"write_{number}", value, _INT32)
            yield f"plain[{field.json!r}] = {converted}"


def _keywords(fields: Sequence[Field]) -> Iterator[str]:
    for number, field in enumerate(fields):
        if field.optional:
            converted = _converted(field, f"read_{number}", "optional", _INT64)
            given = f"None if (optional := plain.get({field.json!r})) is None else ({converted})"
        else:
            given = _converted(field, f"read_{number}", f"plain[{field.json!r}]", _INT64)
        yield f"{field.name}={given}"


def _converted(field: Field, convert: str, value: str, range_of_int: str) -> str:
    """An expression: the value as it is where that will do, else what the function makes of it."""
    if field.shape in (Scalar.STR, Scalar.BOOL):
        return f"v if type(v := {value}) is {field.shape.value.__name__} else {convert}(v)"
    if field.shape is Scalar.INT:
        return f"v if type(v := {value}) is int and {range_of_int} else {convert}(v)"
    return f"{convert}({value})"
