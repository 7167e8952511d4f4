"""The form a Python type has in protobuf: what can travel, and what cannot."""

import datetime
import decimal
import enum
import types
import typing
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

import msgspec

from banyan.contracts.declared import DeclaredError
from banyan.contracts.messages import Message
from banyan.contracts.naming import json_name, snake_case


class Absent:
    """The default of a field that has none."""

    def __repr__(self) -> str:
        return "(no default)"


ABSENT: Final = Absent()


class Scalar(enum.Enum):
    """A type that travels as one JSON value; its value is the type in Python."""

    BOOL = bool
    INT = int
    FLOAT = float
    STR = str
    BYTES = bytes
    DECIMAL = decimal.Decimal
    DATE = datetime.date
    TIME = datetime.time
    TIMESTAMP = datetime.datetime
    DURATION = datetime.timedelta
    UUID = uuid.UUID


@dataclass(frozen=True, slots=True)
class Enumeration:
    """An enum; its members travel by name."""

    type: type[enum.Enum]


@dataclass(frozen=True, slots=True)
class Repeated:
    """A list, or a tuple of one type and any length."""

    item: "Shape"
    python: type[list[Any]] | type[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Keyed:
    """A dict; its keys are texts or integers."""

    key: type[str] | type[int]
    value: "Shape"


@dataclass(frozen=True, slots=True)
class Nested:
    """Another message."""

    type: type[Message]


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of several messages: an object whose only key says which."""

    members: tuple[tuple[str, type[Message]], ...]


Shape: TypeAlias = Scalar | Enumeration | Repeated | Keyed | Nested | OneOf


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record.

    Attributes:
        json: its name on the wire.
        optional: None is one of its values.
        default: what the Python side declares; :data:`ABSENT` if it declares none.
    """

    name: str
    shape: Shape
    optional: bool = False
    default: object = ABSENT
    json: str = field(default="", kw_only=True)

    def __post_init__(self) -> None:
        object.__setattr__(self, "json", json_name(self.name))


class NoProtoForm(Exception):
    """A type that protobuf cannot say, at one place of a record."""

    def __init__(self, path: str, problem: str, hint: str) -> None:
        super().__init__(f"{path}: {problem}")
        self.path = path
        self.problem = problem
        self.hint = hint


def fields_of(record: type[Message] | type[DeclaredError]) -> tuple[Field, ...]:
    """The fields of a message or a declared error, in the order of their declaration.

    Raises:
        NoProtoForm: for the first field whose type cannot travel.
    """
    struct = record.wire_payload if issubclass(record, DeclaredError) else record
    owner = record.__qualname__
    hints = hints_of(owner, record)
    fields = tuple(
        field_of(owner, name, hints[name], default) for name, default in _defaults(struct)
    )
    refuse_doubles(owner, fields)
    return fields


def hints_of(owner: str, annotated: Any) -> dict[str, Any]:
    """The annotations of a class or function, with the names in them looked up.

    Raises:
        NoProtoForm: if a name cannot be found.
    """
    try:
        return typing.get_type_hints(annotated, include_extras=True)
    except (NameError, TypeError) as error:
        raise NoProtoForm(
            owner,
            f"its annotations cannot be read: {error}",
            "Import what they name at run time, not only under TYPE_CHECKING.",
        ) from None


def field_of(owner: str, name: str, hint: Any, default: object = ABSENT) -> Field:
    """A field from its annotation.

    Raises:
        NoProtoForm: if the annotation or the name cannot travel.
    """
    path = f"{owner}.{name}"
    if not name.isascii() or not json_name(name):
        raise NoProtoForm(path, "the name has no form on the wire", "Use ASCII letters.")
    hint, optional = _without_none(_plain(hint))
    if optional and default is not None and default is not ABSENT:
        raise NoProtoForm(
            path,
            "None is left out on the wire, where it would be read as the default",
            "Let the default be None, or the type not optional.",
        )
    return Field(name, shape_of(path, hint), optional, default)


def refuse_doubles(owner: str, fields: Sequence[Field]) -> None:
    """Two fields that are one on the wire are none.

    Raises:
        NoProtoForm: naming the two.
    """
    seen: dict[str, str] = {}
    for one in fields:
        if other := seen.get(one.json):
            raise NoProtoForm(
                f"{owner}.{one.name}",
                f"on the wire {one.name!r} and {other!r} are both {one.json!r}",
                "Rename one of them.",
            )
        seen[one.json] = one.name


def shape_of(path: str, hint: Any) -> Shape:
    """The form of a type that is not optional.

    Args:
        path: where the type stands, for the message.

    Raises:
        NoProtoForm: if protobuf has no such form.
    """
    hint = _plain(hint)
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return _one_of(path, arguments)
    if origin is list and len(arguments) == 1:
        return Repeated(_element(f"{path}[]", arguments[0]), list)
    if origin is tuple and len(arguments) == 2 and arguments[1] is ...:
        return Repeated(_element(f"{path}[]", arguments[0]), tuple)
    if origin is dict:
        return _keyed(path, *arguments)
    if isinstance(hint, type) and origin is None and (shape := _of_class(path, hint)):
        return shape
    raise NoProtoForm(path, f"{_name(hint)} has no form on the wire", _advice(hint, origin))


def nested_types(shape: Shape) -> Iterator[type[Message]]:
    """The messages that a shape names itself."""
    match shape:
        case Nested(message):
            yield message
        case OneOf(members):
            yield from (message for _, message in members)
        case Repeated(inner) | Keyed(_, inner):
            yield from nested_types(inner)
        case Scalar() | Enumeration():
            return


def _of_class(path: str, hint: type[Any]) -> Shape | None:
    if issubclass(hint, enum.Enum):
        return _enumeration(path, hint)
    if issubclass(hint, Message) and hint is not Message:
        return _nested(path, hint)
    return next((scalar for scalar in Scalar if scalar.value is hint), None)


def _plain(hint: Any) -> Any:
    while isinstance(hint, typing.NewType):
        hint = hint.__supertype__
    if type(hint).__name__ == "TypeAliasType":  # ``type X = …``, of Python 3.12 and newer
        return _plain(hint.__value__)
    return hint


def _without_none(hint: Any) -> tuple[Any, bool]:
    if typing.get_origin(hint) not in (typing.Union, types.UnionType):
        return hint, False
    rest = tuple(part for part in typing.get_args(hint) if part is not type(None))
    if len(rest) == len(typing.get_args(hint)) or not rest:
        return hint, False
    return typing.Union[rest], True  # noqa: UP007 - built from a tuple


def _element(path: str, hint: Any) -> Shape:
    bare, optional = _without_none(_plain(hint))
    if optional:
        raise NoProtoForm(
            path,
            "an element that may be None has no form on the wire",
            "Leave such elements out, or wrap the value in a Message with an optional field.",
        )
    shape = shape_of(path, bare)
    if isinstance(shape, Repeated | Keyed):
        raise NoProtoForm(
            path,
            "a list or dict directly inside another has no form on the wire",
            "Wrap the inner one in a Message with one field.",
        )
    return shape


def _keyed(path: str, key: Any, value: Any) -> Shape:
    key = _plain(key)
    if key is not str and key is not int:
        raise NoProtoForm(
            path, f"{_name(key)} cannot be the key of a dict on the wire", "Use str or int keys."
        )
    return Keyed(key, _element(f"{path}{{}}", value))


def _enumeration(path: str, hint: type[enum.Enum]) -> Shape:
    if issubclass(hint, enum.Flag):
        raise NoProtoForm(
            path, f"the flags {_name(hint)} have no form on the wire", "Use a list of an Enum."
        )
    if not all(name.isascii() for name in hint.__members__) or not hint.__members__:
        raise NoProtoForm(
            path,
            f"the members of {_name(hint)} have no names that can travel",
            "Give the enum at least one member, and members ASCII names.",
        )
    return Enumeration(hint)


def _nested(path: str, hint: type[Message]) -> Shape:
    if getattr(hint, "__parameters__", ()):
        raise NoProtoForm(
            path,
            f"the generic message {_name(hint)} has no form on the wire",
            "Declare a Message for each type it is used with.",
        )
    return Nested(hint)


def _one_of(path: str, arguments: tuple[Any, ...]) -> Shape:
    members: dict[str, type[Message]] = {}
    for argument in map(_plain, arguments):
        if not (isinstance(argument, type) and issubclass(argument, Message)):
            raise NoProtoForm(
                path,
                f"{_name(argument)} cannot be one of several types",
                "Only Messages can be joined by |; wrap the value in a Message.",
            )
        members[snake_case(argument.__name__)] = argument
    if len(members) != len(arguments):
        raise NoProtoForm(
            path, "two of the joined Messages have the same name", "Rename one of them."
        )
    return OneOf(tuple(members.items()))


def _advice(hint: Any, origin: Any) -> str:
    if hint in (list, dict, tuple):
        return f"Say of what: {hint.__name__}[…]."
    if origin is typing.Annotated:
        return "Banyan reads nothing from Annotated; name the bare type, and check in the service."
    if origin is typing.Literal:
        return "Use an Enum."
    if hint in (set, frozenset) or origin in (set, frozenset):
        return "Use a list."
    if origin is tuple:
        return "Use a Message, or tuple[T, ...] for any number of one type."
    return (
        "Use a Message, an Enum, bool, int, float, str, bytes, Decimal, date, time, datetime, "
        "timedelta, UUID, list[…] or dict[…]."
    )


def _defaults(struct: type[msgspec.Struct]) -> Iterator[tuple[str, object]]:
    for info in msgspec.structs.fields(struct):
        if info.default is not msgspec.NODEFAULT:
            yield info.name, info.default
        elif info.default_factory is not msgspec.NODEFAULT:
            yield info.name, info.default_factory()
        else:
            yield info.name, ABSENT


def _name(hint: Any) -> str:
    return hint.__qualname__ if isinstance(hint, type) else str(hint).replace("typing.", "")


def is_recursive(fields: Iterable[Field]) -> bool:
    """Whether a message among these fields can contain its own kind, at any depth."""

    def loops(message: type[Message], above: frozenset[type[Message]]) -> bool:
        inner = {kind for field in fields_of(message) for kind in nested_types(field.shape)}
        return message in above or any(loops(kind, above | {message}) for kind in inner)

    return any(loops(kind, frozenset()) for field in fields for kind in nested_types(field.shape))
