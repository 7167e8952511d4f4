"""The trace header, read and written as W3C Trace Context says."""

import pytest

from banyan.observability import (
    Trace,
    continue_trace,
    current_trace,
    format_traceparent,
    new_trace,
    parse_traceparent,
    trace,
)

TRACE = "0af7651916cd43dd8448eb211c80319c"
SPAN = "b7ad6b7169203331"


def test_a_header_that_was_written_is_read_back() -> None:
    hop = new_trace()
    assert parse_traceparent(format_traceparent(hop)) == hop


def test_an_unsampled_trace_stays_unsampled() -> None:
    hop = parse_traceparent(f"00-{TRACE}-{SPAN}-00")
    assert hop == Trace(TRACE, SPAN, sampled=False)
    assert format_traceparent(hop).endswith("-00")


def test_a_later_version_may_carry_more_fields() -> None:
    assert parse_traceparent(f"01-{TRACE}-{SPAN}-01-more") == Trace(TRACE, SPAN)


@pytest.mark.parametrize(
    "header",
    [
        "",
        "nonsense",
        f"00-{TRACE}-{SPAN}",
        f"00-{TRACE}-{SPAN}-01-more",
        f"ff-{TRACE}-{SPAN}-01",
        f"00-{'0' * 32}-{SPAN}-01",
        f"00-{TRACE}-{'0' * 16}-01",
        f"00-{TRACE.upper()}-{SPAN}-01",
        f"00-{TRACE}-{SPAN}-01\n00",
    ],
)
def test_what_is_no_valid_header_is_no_trace(header: str) -> None:
    assert parse_traceparent(header) is None


def test_a_hop_keeps_the_trace_and_takes_a_span_of_its_own() -> None:
    hop = continue_trace(f"00-{TRACE}-{SPAN}-01")
    assert hop.trace_id == TRACE
    assert hop.span_id != SPAN


def test_an_unreadable_header_begins_a_new_trace() -> None:
    assert continue_trace("nonsense").trace_id != continue_trace(None).trace_id


def test_the_current_trace_ends_with_its_block() -> None:
    assert current_trace() is None
    with trace(new_trace()) as outer, trace(new_trace()) as inner:
        assert current_trace() == inner != outer
    assert current_trace() is None
