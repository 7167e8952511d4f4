"""What goes over the wire is a CloudEvent, and what is none is told apart, whatever it is."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banyan.events.cloudevents import Envelope, Malformed, decode, encode

GOOD: dict[str, Any] = {
    "specversion": "1.0",
    "id": "e1",
    "source": "/shop/orders",
    "type": "shop.orders.order_placed.v1",
    "data": {"orderId": 7},
}


def message(**changes: Any) -> bytes:
    return json.dumps({**GOOD, **changes}).encode()


def test_the_message_has_the_attributes_of_cloudevents_1_0() -> None:
    event = Envelope(
        id="e1",
        name="shop.orders.order_placed.v1",
        source="/shop/orders",
        time="2026-11-23T10:00:00+00:00",
        data='{"orderId":7}',
        key="7",
        traceparent="00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    )
    assert json.loads(encode(event)) == {
        "specversion": "1.0",
        "id": "e1",
        "source": "/shop/orders",
        "type": "shop.orders.order_placed.v1",
        "time": "2026-11-23T10:00:00+00:00",
        "datacontenttype": "application/json",
        "partitionkey": "7",
        "traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "data": {"orderId": 7},
    }
    assert decode(encode(event)) == event


def test_an_event_of_another_publisher_needs_the_required_attributes_only() -> None:
    event = decode(message(subject="ignored", dataschema="ignored"))
    assert (event.id, event.key, event.time, event.traceparent) == ("e1", "", "", "")
    assert json.loads(event.data) == {"orderId": 7}


def test_an_event_without_data_has_empty_data() -> None:
    body = {name: value for name, value in GOOD.items() if name != "data"}
    assert decode(json.dumps(body).encode()).data == "{}"


def test_a_trace_that_is_none_is_dropped() -> None:
    assert decode(message(traceparent="not a trace")).traceparent == ""


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"specversion": "0.3"}, "specversion '0.3'"),
        ({"id": ""}, "id is empty"),
        ({"id": "x" * 101}, "id has 101 characters"),
        ({"id": "a\x00b"}, "id has control characters"),
        ({"source": ""}, "source is empty"),
        ({"type": "x" * 201}, "type has 201 characters"),
        ({"partitionkey": "a\nb"}, "partitionkey has control characters"),
        ({"partitionkey": 7}, "Expected `str`"),
        ({"time": "yesterday"}, "time is 'yesterday'"),
        ({"datacontenttype": "text/xml"}, "not application/json"),
    ],
)
def test_what_breaks_a_rule_is_refused_with_the_reason(
    changes: dict[str, Any], reason: str
) -> None:
    with pytest.raises(Malformed, match=reason):
        decode(message(**changes))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"{",
        b"\x00\xff",
        b'"\\ud800"',
        message() + b"x",
        b"[" * 100_000,
        message().replace(b'{"orderId": 7}', b"[" * 100_000 + b"]" * 100_000),
        message().replace(b'"e1"', b'"\\ud800"'),
    ],
)
def test_what_is_no_json_object_is_refused(body: bytes) -> None:
    with pytest.raises(Malformed):
        decode(body)


@given(st.binary(max_size=200))
def test_any_bytes_are_an_event_or_malformed(body: bytes) -> None:
    with pytest.raises(Malformed):
        decode(body)


# Not all of Unicode: its tables take Hypothesis seconds to make.
TEXTS = st.text("aZ0-:./T+é€\x00\n\x7f\x9f ", max_size=250)


@given(st.dictionaries(st.sampled_from([*GOOD, "time", "traceparent"]), TEXTS | st.integers()))
def test_any_attributes_are_an_event_that_travels_or_malformed(changes: dict[str, Any]) -> None:
    try:
        event = decode(message(**changes))
    except Malformed:
        return
    assert decode(encode(event)) == event
