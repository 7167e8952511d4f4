"""The wire form of a type, as a pair of functions made once from its fields."""

from collections.abc import Iterable, Sequence
from typing import Any, Final, Generic, TypeVar, cast

from banyan.contracts import careful, straight, text
from banyan.contracts.declared import DeclaredError
from banyan.contracts.forms import Form
from banyan.contracts.messages import Message
from banyan.contracts.problems import DecodeError, EncodeError
from banyan.contracts.records import RecordForms, Style
from banyan.contracts.shapes import Field, fields_of, is_recursive
from banyan.contracts.straight import LEFT_TO_CARE

T = TypeVar("T")
RecordT = TypeVar("RecordT", bound=Message | DeclaredError)

# As in protobuf's own parsers.
MAX_DEPTH: Final = 100

_straight = RecordForms(Style(straight.record, straight.arguments))
_careful = RecordForms(Style(careful.record, careful.arguments))


class Codec(Generic[T]):
    """Writes and reads one type as proto3 JSON."""

    __slots__ = ("_careful", "_recursive", "_straight")

    def __init__(self, straight: Form, careful: Form, *, recursive: bool) -> None:
        self._straight = straight
        self._careful = careful
        self._recursive = recursive

    def to_plain(self, value: T) -> dict[str, Any]:
        """As what JSON can say: dicts, lists, texts, numbers, booleans.

        Raises:
            EncodeError: if a part of the value is not of the declared type.
        """
        try:
            try:
                return cast("dict[str, Any]", self._straight.encode(value))
            except LEFT_TO_CARE:
                pass  # and not on from here, lest the first problem shows behind the second
            return cast("dict[str, Any]", self._careful.encode(value))
        except RecursionError:
            raise EncodeError("the value is nested too deeply, or contains itself") from None

    def from_plain(self, data: Any) -> T:
        """From what JSON said.

        Raises:
            DecodeError: if it does not say such a value.
        """
        if self._recursive and _is_deeper(data, MAX_DEPTH):
            raise DecodeError(f"the message is nested more than {MAX_DEPTH} deep")
        try:
            return cast(T, self._straight.decode(data))
        except LEFT_TO_CARE:
            pass
        return cast(T, self._careful.decode(data))

    def encode(self, value: T) -> bytes:
        """As compact JSON.

        Raises:
            EncodeError: if a part of the value is not of the declared type.
        """
        plain = self.to_plain(value)
        try:
            return text.dump(plain)
        except UnicodeEncodeError:
            raise EncodeError(
                "the text has half of a surrogate pair", path=text.path_of_half(plain)
            ) from None

    def decode(self, data: bytes, *, max_bytes: int = text.MAX_BYTES) -> T:
        """From JSON.

        Raises:
            DecodeError: if it is too large, is not JSON, or does not say such a value.
        """
        return self.from_plain(text.parse(data, max_bytes=max_bytes))


def codec_of(record: type[RecordT]) -> Codec[RecordT]:
    """The wire form of a message, an event or a declared error.

    Raises:
        NoProtoForm: if a field has a type that cannot travel.
    """
    kind = cast(type[Message] | type[DeclaredError], record)
    return Codec(_straight.of(kind), _careful.of(kind), recursive=is_recursive(fields_of(kind)))


def codec_of_fields(fields: Sequence[Field]) -> Codec[dict[str, Any]]:
    """The wire form of a dict with these fields, such as the arguments of a call."""
    recursive = is_recursive(fields)
    return Codec(_straight.of_fields(fields), _careful.of_fields(fields), recursive=recursive)


def _is_deeper(data: Any, limit: int) -> bool:
    level: list[Any] = [data]
    for _ in range(limit + 1):
        level = [inner for outer in level for inner in _parts(outer)]
        if not level:
            return False
    return True


def _parts(data: Any) -> Iterable[Any]:
    inner: Any = data
    if isinstance(data, dict):
        inner = inner.values()
    return inner if isinstance(data, dict | list) else ()
