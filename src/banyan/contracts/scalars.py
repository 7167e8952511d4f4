"""How each scalar is written in proto3 JSON, and what is read back.

Source: protobuf's "ProtoJSON Format"; where Banyan is stricter, docs/wire.md says so.
"""

import base64
import binascii
import datetime
import decimal
import math
import re
import uuid
from collections.abc import Callable
from typing import Any, Final

from banyan.contracts.problems import DecodeError, EncodeError
from banyan.contracts.shapes import Scalar

Convert = Callable[[Any], Any]

_INT32: Final = range(-(2**31), 2**31)
_INT64: Final = range(-(2**63), 2**63)
_EXACT_FLOAT: Final = 2**53
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,18})", re.ASCII)
_NUMBER = re.compile(r"-?[0-9]{1,400}(\.[0-9]{1,400})?([eE][+-]?[0-9]{1,3})?", re.ASCII)
_DECIMAL = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,4})?", re.ASCII)
_DECIMAL_REACH: Final = 1000
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_TIME = re.compile(r"[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?", re.ASCII)
_TIMESTAMP = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})"
    r"(?:\.([0-9]{1,9}))?(Z|[+-][0-9]{2}:[0-9]{2})",
    re.ASCII,
)
_DURATION = re.compile(r"(-?)([0-9]{1,12})(?:\.([0-9]{1,9}))?s", re.ASCII)
# google.protobuf.Duration: about ten thousand years either way.
_DURATION_SECONDS: Final = 315_576_000_000
_MICROSECOND = datetime.timedelta(microseconds=1)
_URL_SAFE = str.maketrans("-_", "+/")
_UUID_LENGTH: Final = 36


def encode_bool(value: Any) -> Any:
    return value if type(value) is bool else _not_a("bool", value)


def decode_bool(data: Any) -> Any:
    return data if type(data) is bool else _expected("true or false", data)


def encode_int(value: Any) -> Any:
    if type(value) is not int:
        if not isinstance(value, int) or isinstance(value, bool):
            return _not_a("int", value)
        value = int(value)
    if value in _INT32:
        return value
    if value in _INT64:
        return str(value)
    raise EncodeError("the integer needs more than 64 bits")


def decode_int(data: Any) -> Any:
    if type(data) is not int:
        text = type(data) is str and _INTEGER.fullmatch(data)
        exact = type(data) is float and data.is_integer() and abs(data) <= _EXACT_FLOAT
        if not (text or exact):
            return _expected("an integer", data)
        data = int(data)
    if data in _INT64:
        return data
    raise DecodeError("the integer needs more than 64 bits")


def encode_float(value: Any) -> Any:
    if not isinstance(value, float | int) or isinstance(value, bool):
        return _not_a("float", value)
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if math.isfinite(number):
        return number
    raise EncodeError(f"{number} cannot travel: a float on the wire is finite")


def decode_float(data: Any) -> Any:
    is_number = type(data) in (float, int) or (type(data) is str and _NUMBER.fullmatch(data))
    if not is_number:
        return _expected("a finite number", data)
    try:
        number = float(data)
    except OverflowError:
        number = math.inf
    return number if math.isfinite(number) else _expected("a finite number", data)


def encode_str(value: Any) -> Any:
    if type(value) is not str:
        if not isinstance(value, str):
            return _not_a("str", value)
        return str.__str__(value)  # SafeString and StrEnum are strings too
    return value


def decode_str(data: Any) -> Any:
    return data if type(data) is str else _expected("a string", data)


def encode_bytes(value: Any) -> Any:
    if not isinstance(value, bytes):
        return _not_a("bytes", value)
    return base64.b64encode(value).decode("ascii")


def decode_bytes(data: Any) -> Any:
    if type(data) is str and data.isascii():
        text = data.translate(_URL_SAFE).rstrip("=")
        try:
            return binascii.a2b_base64(text + "=" * (-len(text) % 4), strict_mode=True)
        except binascii.Error:
            pass
    return _expected("bytes in base64", data)


def encode_decimal(value: Any) -> Any:
    if not isinstance(value, decimal.Decimal):
        return _not_a("Decimal", value)
    if value.is_finite():
        text = str(value)
        if "E" not in text and len(text) <= _DECIMAL_REACH:
            return text
        digits = len(value.as_tuple().digits)
        if abs(value.adjusted()) < _DECIMAL_REACH and digits <= _DECIMAL_REACH:
            return format(value, "f")
    raise EncodeError(f"the Decimal is not finite, or has more than {_DECIMAL_REACH} digits")


def decode_decimal(data: Any) -> Any:
    if type(data) is not str or not _DECIMAL.fullmatch(data):
        return _expected("a decimal number in a string", data)
    if len(data) <= _DECIMAL_REACH:
        number = decimal.Decimal(data)
        if abs(number.adjusted()) < _DECIMAL_REACH:  # an exponent may promise many more
            return number
    raise DecodeError(f"the number has more than {_DECIMAL_REACH} digits")


def encode_date(value: Any) -> Any:
    return value.isoformat() if type(value) is datetime.date else _not_a("date", value)


def decode_date(data: Any) -> Any:
    if type(data) is str and _DATE.fullmatch(data):
        try:
            return datetime.date.fromisoformat(data)
        except ValueError:
            pass
    return _expected("a date such as 2026-01-31", data)


def encode_time(value: Any) -> Any:
    if type(value) is not datetime.time:
        return _not_a("time", value)
    if value.tzinfo is not None:
        raise EncodeError("a time of day travels without a time zone; use a datetime")
    return value.isoformat()


def decode_time(data: Any) -> Any:
    if type(data) is str and _TIME.fullmatch(data):
        try:
            return datetime.time.fromisoformat(data)
        except ValueError:
            pass
    return _expected("a time of day such as 09:30:00", data)


def encode_timestamp(value: Any) -> Any:
    if not isinstance(value, datetime.datetime):
        return _not_a("datetime", value)
    if value.utcoffset() is None:
        raise EncodeError("the datetime has no time zone; make it aware, as timezone.now() is")
    try:
        moment = value.astimezone(datetime.UTC).replace(tzinfo=None)
    except OverflowError:
        raise EncodeError("in UTC the datetime is outside the years 1 to 9999") from None
    if moment.microsecond % 1000 == 0 and moment.microsecond:
        return moment.isoformat(timespec="milliseconds") + "Z"
    return moment.isoformat() + "Z"


def decode_timestamp(data: Any) -> Any:
    found = _TIMESTAMP.fullmatch(data) if type(data) is str else None
    if found:
        seconds, fraction, zone = found.groups()
        try:
            moment = datetime.datetime.fromisoformat(seconds + zone).astimezone(datetime.UTC)
        except (ValueError, OverflowError):
            pass
        else:
            return moment.replace(microsecond=_microseconds(fraction))
    return _expected("a time such as 2026-01-31T09:30:00Z", data)


def encode_duration(value: Any) -> Any:
    if not isinstance(value, datetime.timedelta):
        return _not_a("timedelta", value)
    total = value // _MICROSECOND
    seconds, micros = divmod(abs(total), 1_000_000)
    if seconds > _DURATION_SECONDS or (seconds == _DURATION_SECONDS and micros):
        raise EncodeError("the timedelta is longer than ten thousand years")
    sign = "-" if total < 0 else ""
    if not micros:
        return f"{sign}{seconds}s"
    if micros % 1000 == 0:
        return f"{sign}{seconds}.{micros // 1000:03}s"
    return f"{sign}{seconds}.{micros:06}s"


def decode_duration(data: Any) -> Any:
    found = _DURATION.fullmatch(data) if type(data) is str else None
    if found:
        sign, seconds, fraction = found.groups()
        micros = _microseconds(fraction)
        if int(seconds) < _DURATION_SECONDS or (int(seconds) == _DURATION_SECONDS and not micros):
            length = datetime.timedelta(seconds=int(seconds), microseconds=micros)
            return -length if sign else length
    return _expected("a duration such as 3s or 0.5s", data)


def encode_uuid(value: Any) -> Any:
    return str(value) if isinstance(value, uuid.UUID) else _not_a("UUID", value)


def decode_uuid(data: Any) -> Any:
    if type(data) is str and len(data) == _UUID_LENGTH:
        try:
            return uuid.UUID(data)
        except ValueError:
            pass
    return _expected("a UUID", data)


SCALARS: Final[dict[Scalar, tuple[Convert, Convert]]] = {
    Scalar.BOOL: (encode_bool, decode_bool),
    Scalar.INT: (encode_int, decode_int),
    Scalar.FLOAT: (encode_float, decode_float),
    Scalar.STR: (encode_str, decode_str),
    Scalar.BYTES: (encode_bytes, decode_bytes),
    Scalar.DECIMAL: (encode_decimal, decode_decimal),
    Scalar.DATE: (encode_date, decode_date),
    Scalar.TIME: (encode_time, decode_time),
    Scalar.TIMESTAMP: (encode_timestamp, decode_timestamp),
    Scalar.DURATION: (encode_duration, decode_duration),
    Scalar.UUID: (encode_uuid, decode_uuid),
}


def shown(data: Any) -> str:
    """A value as an error message may show it: short, and never a whole document."""
    if isinstance(data, dict):
        return "an object"
    if isinstance(data, list):
        return "a list"
    if data is None or isinstance(data, bool):
        return {None: "null", True: "true", False: "false"}[data]
    text = ascii(data) if isinstance(data, str) else str(data)
    return text if len(text) <= 40 else f"{text[:40]}…"


def _microseconds(fraction: str | None) -> int:
    return int(fraction[:6].ljust(6, "0")) if fraction else 0


def _expected(what: str, data: Any) -> Any:
    raise DecodeError(f"expected {what}, got {shown(data)}")


def _not_a(what: str, value: Any) -> Any:
    raise EncodeError(f"expected {what}, got {type(value).__qualname__}")
