"""JSON text to plain values and back, for text that a stranger wrote."""

import json
from typing import Any, Final

import msgspec

from banyan.contracts.problems import DecodeError
from banyan.errors import Status

# As large as a call may be unless told otherwise; gRPC's own default is 4 MiB.
MAX_BYTES: Final = 1024 * 1024

_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder()


def dump(value: Any) -> bytes:
    """Plain values as compact JSON."""
    return _encoder.encode(value)


def parse(data: bytes, *, max_bytes: int = MAX_BYTES) -> Any:
    """What a JSON text says.

    Raises:
        DecodeError: if it is too large or too deep, is not JSON, or names a key twice.
    """
    if len(data) > max_bytes:
        raise DecodeError(
            f"the message has {len(data)} bytes; {max_bytes} are allowed",
            status=Status.RESOURCE_EXHAUSTED,
        )
    try:
        value = _decoder.decode(data)
        # Compact JSON that reads back to itself names no key twice: the cheap proof, and the
        # usual case. Anything else is looked through key by key.
        if _encoder.encode(value) != data:
            json.loads(data, object_pairs_hook=_refuse_doubles, parse_int=str, parse_float=str)
    except RecursionError:
        raise DecodeError("the message is nested too deeply") from None
    except (msgspec.MsgspecError, UnicodeDecodeError, ValueError) as error:
        raise DecodeError(f"the message is not JSON: {error}") from None
    return value


def path_of_half(plain: Any, path: str = "") -> str:
    """Where among plain values a text stands that is no Unicode; empty if nowhere."""
    if isinstance(plain, str):
        return "" if _is_unicode(plain) else path
    named: dict[str, Any] = plain
    items: list[Any] = plain
    inner: list[tuple[str, Any]] = []
    if isinstance(plain, dict):
        inner = [(f"{path}.{key}" if path else key, value) for key, value in named.items()]
    elif isinstance(plain, list):
        inner = [(f"{path}[{position}]", value) for position, value in enumerate(items)]
    return next(filter(None, (path_of_half(value, place) for place, value in inner)), "")


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _refuse_doubles(pairs: list[tuple[str, Any]]) -> None:
    seen: set[str] = set()
    for key, _ in pairs:
        if key in seen:
            raise DecodeError(f"the key {key!a} stands twice in one object")
        seen.add(key)
