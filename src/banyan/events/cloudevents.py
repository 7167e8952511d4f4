"""An event as it travels: CloudEvents 1.0 in JSON, structured mode.

Source: the CloudEvents specification 1.0.2, its JSON format, and its extensions for distributed
tracing (``traceparent``) and partitioning (``partitionkey``).
"""

import re
from datetime import datetime
from typing import Any

import msgspec

from banyan.errors import BanyanError

CONTENT_TYPE = "application/cloudevents+json"

# What the tables can hold; the specification leaves such limits to the receiver.
LONGEST_ID = 100
LONGEST_NAME = 200
LONGEST_SOURCE = 200
LONGEST_KEY = 200

# The specification keeps control characters out of strings, and PostgreSQL refuses NUL in text.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_TRACEPARENT = re.compile(r"[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")


class Envelope(msgspec.Struct, frozen=True, kw_only=True):
    """One published event.

    Attributes:
        id: unique; whoever hears the event tells repetitions by it.
        name: the wire name of the event's type, as ``shop.orders.order_placed.v1``.
        source: who published it, as ``/shop/orders``.
        key: what it is about; events of one source and key are handled in order. "" is no key.
        time: when it was published, as RFC 3339 text.
        data: the payload, as JSON text.
        traceparent: the W3C trace in which it was published, or "".
    """

    id: str
    name: str
    source: str
    time: str
    data: str
    key: str = ""
    traceparent: str = ""


class Malformed(BanyanError):
    """A message that is no CloudEvent that we can read."""

    code = "banyan.events.malformed"


class _Wire(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    specversion: str
    id: str
    source: str
    type: str
    time: str = ""
    datacontenttype: str = ""
    partitionkey: str = ""
    traceparent: str = ""
    data: msgspec.Raw = msgspec.Raw(b"")


_decoder = msgspec.json.Decoder(_Wire)
_json = msgspec.json.Decoder(Any)
_encoder = msgspec.json.Encoder()


def encode(envelope: Envelope) -> bytes:
    """The message that a broker carries."""
    return _encoder.encode(
        _Wire(
            specversion="1.0",
            id=envelope.id,
            source=envelope.source,
            type=envelope.name,
            time=envelope.time,
            datacontenttype="application/json",
            partitionkey=envelope.key,
            traceparent=envelope.traceparent,
            data=msgspec.Raw(envelope.data.encode()),
        )
    )


def decode(body: bytes) -> Envelope:
    """Read a message from a broker, which may hold anything.

    Raises:
        Malformed: says what is wrong with it.
    """
    try:
        wire = _decoder.decode(body)
        if bytes(wire.data):
            _json.decode(wire.data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Malformed(f"The message is not a CloudEvent in JSON: {error}") from error
    if wire.specversion != "1.0":
        raise Malformed(
            f"The message has specversion {wire.specversion[:20]!r}; 1.0 is understood."
        )
    if wire.datacontenttype.partition(";")[0].strip() not in ("", "application/json"):
        raise Malformed(f"The event's data is {wire.datacontenttype[:80]!r}, not application/json.")
    _require("id", wire.id, LONGEST_ID)
    _require("type", wire.type, LONGEST_NAME)
    _require("source", wire.source, LONGEST_SOURCE)
    if wire.partitionkey:
        _require("partitionkey", wire.partitionkey, LONGEST_KEY)
    trace = wire.traceparent
    return Envelope(
        id=wire.id,
        name=wire.type,
        source=wire.source,
        time=_time(wire.time),
        data=bytes(wire.data).decode() or "{}",
        key=wire.partitionkey,
        traceparent=trace if _TRACEPARENT.fullmatch(trace) else "",
    )


def _time(text: str) -> str:
    try:
        return msgspec.convert(text, datetime).isoformat() if text else ""
    except msgspec.ValidationError as error:
        raise Malformed(f"The event's time is {text[:40]!r}, not RFC 3339.") from error


def project_of(name: str) -> str:
    """The first part of a wire name: whose events they are."""
    return name.partition(".")[0]


def is_printable(text: str) -> bool:
    """True when CloudEvents and every database accept the text as an attribute."""
    return not _CONTROL.search(text)


def _require(attribute: str, value: str, longest: int) -> None:
    if not value:
        raise Malformed(f"The event's {attribute} is empty.")
    if len(value) > longest:
        raise Malformed(
            f"The event's {attribute} has {len(value)} characters; {longest} are allowed."
        )
    if not is_printable(value):
        raise Malformed(f"The event's {attribute} has control characters.")
