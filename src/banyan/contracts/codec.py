"""The wire form of a type, as a pair of functions made once from its fields."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, Generic, TypeVar, cast

from banyan.contracts import text
from banyan.contracts.declared import DeclaredError
from banyan.contracts.messages import Message
from banyan.contracts.problems import DecodeError, EncodeError
from banyan.contracts.records import RecordForms
from banyan.contracts.shapes import Field, fields_of, is_recursive

T = TypeVar("T")
RecordT = TypeVar("RecordT", bound=Message | DeclaredError)

# As in protobuf's own parsers.
MAX_DEPTH: Final = 100

_forms = RecordForms()


class Codec(Generic[T]):
    """Writes and reads one type as proto3 JSON."""

    __slots__ = ("_from_plain", "_recursive", "_to_plain")

    def __init__(
        self,
        to_plain: Callable[[Any], dict[str, Any]],
        from_plain: Callable[[Any], Any],
        *,
        recursive: bool,
    ) -> None:
        self._to_plain = to_plain
        self._from_plain = from_plain
        self._recursive = recursive

    def to_plain(self, value: T) -> dict[str, Any]:
        """As what JSON can say: dicts, lists, texts, numbers, booleans.

        Raises:
            EncodeError: if a part of the value is not of the declared type.
        """
        try:
            return self._to_plain(value)
        except RecursionError:
            raise EncodeError("the value is nested too deeply, or contains itself") from None

    def from_plain(self, data: Any) -> T:
        """From what JSON said.

        Raises:
            DecodeError: if it does not say such a value.
        """
        if self._recursive and _is_deeper(data, MAX_DEPTH):
            raise DecodeError(f"the message is nested more than {MAX_DEPTH} deep")
        return cast(T, self._from_plain(data))

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
    form = _forms.of(kind)
    return Codec(form.encode, form.decode, recursive=is_recursive(fields_of(kind)))


def codec_of_fields(fields: Sequence[Field]) -> Codec[dict[str, Any]]:
    """The wire form of a dict with these fields, such as the arguments of a call."""
    form = _forms.of_fields(fields)
    return Codec(form.encode, form.decode, recursive=is_recursive(fields))


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
