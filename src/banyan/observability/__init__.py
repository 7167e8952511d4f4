"""Traces that follow a request through the services, and one record per hop it makes."""

from banyan.observability.hops import JsonFormatter, hop, report_hops
from banyan.observability.tracing import (
    Trace,
    continue_trace,
    current_trace,
    format_traceparent,
    new_trace,
    parse_traceparent,
    trace,
)

__all__ = [
    "JsonFormatter",
    "Trace",
    "continue_trace",
    "current_trace",
    "format_traceparent",
    "hop",
    "new_trace",
    "parse_traceparent",
    "report_hops",
    "trace",
]
