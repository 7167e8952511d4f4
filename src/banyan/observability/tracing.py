"""The trace a piece of work belongs to, as W3C Trace Context carries it between processes."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

# Source: W3C Trace Context, "traceparent header field values". A later version than 00 may
# append fields, which a reader of version 00 ignores.
_TRACEPARENT = re.compile(
    r"(?P<version>[0-9a-f]{2})-(?P<trace>[0-9a-f]{32})-(?P<span>[0-9a-f]{16})-(?P<flags>[0-9a-f]{2})"
    r"(?P<rest>-.*)?"
)


@dataclass(frozen=True, slots=True)
class Trace:
    """Where in which trace the current work stands.

    Attributes:
        trace_id: 32 hexadecimal digits, shared by all hops of one request.
        span_id: 16 hexadecimal digits, this hop's own.
        sampled: whether whoever began the trace asked for it to be recorded.
    """

    trace_id: str
    span_id: str
    sampled: bool = True


_current: ContextVar[Trace | None] = ContextVar("banyan_trace", default=None)


def current_trace() -> Trace | None:
    """The trace of the running work, or None outside any."""
    return _current.get()


def new_trace() -> Trace:
    """A trace that begins here."""
    return Trace(os.urandom(16).hex(), os.urandom(8).hex())


def continue_trace(traceparent: str | None) -> Trace:
    """A hop of its own in the trace a caller names; a new trace when it names none we can read."""
    caller = parse_traceparent(traceparent) if traceparent else None
    if caller is None:
        return new_trace()
    return Trace(caller.trace_id, os.urandom(8).hex(), caller.sampled)


@contextmanager
def trace(hop: Trace) -> Iterator[Trace]:
    """Run a block as this hop of a trace."""
    token = _current.set(hop)
    try:
        yield hop
    finally:
        _current.reset(token)


def parse_traceparent(header: str) -> Trace | None:
    """The caller's hop, or None when the header is not a valid ``traceparent``."""
    match = _TRACEPARENT.fullmatch(header.strip())
    if match is None or match["version"] == "ff" or (match["version"] == "00" and match["rest"]):
        return None
    if match["trace"] == "0" * 32 or match["span"] == "0" * 16:
        return None
    return Trace(match["trace"], match["span"], bool(int(match["flags"], 16) & 1))


def format_traceparent(hop: Trace) -> str:
    """The ``traceparent`` header that names this hop as the caller."""
    return f"00-{hop.trace_id}-{hop.span_id}-{'01' if hop.sampled else '00'}"
