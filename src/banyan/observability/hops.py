"""One structured record for each hop: a request, a remote call, a delivered event."""

import json
import logging
import os
from datetime import UTC, datetime
from typing import Any, TextIO

from banyan import conf
from banyan.observability.tracing import current_trace

logger = logging.getLogger("banyan.hop")


def hop(kind: str, name: str, seconds: float, outcome: str, **attributes: object) -> None:
    """Record that a hop ended. Costs one comparison when nobody listens at level INFO.

    Args:
        kind: what sort of hop: ``request``, ``call``, ``served``, ``publish``, ``deliver``.
        name: which one, of few different values: a route or a method, never an id.
        seconds: how long it took.
        outcome: ``ok`` or why not, in one word.
        attributes: more to tell, each a JSON value.
    """
    if not logger.isEnabledFor(logging.INFO):
        return
    record: dict[str, object] = {
        "kind": kind,
        "name": name,
        "milliseconds": round(seconds * 1000, 3),
        "outcome": outcome,
        **attributes,
    }
    logger.info(
        "%s %s: %s in %.1f ms", kind, name, outcome, seconds * 1000, extra={"banyan_hop": record}
    )


def report_hops(stream: TextIO | None = None) -> None:
    """Write each hop as a line of JSON, if the settings ask for it; it may be called again.

    Call it when logging has been set up, which would take the handler away.

    Args:
        stream: by default standard error.
    """
    if not conf.settings().observability.hops or any(
        isinstance(handler.formatter, JsonFormatter) for handler in logger.handlers
    ):
        return
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter())
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    # A project's LOGGING may have switched off what it did not know; and each hop is told once.
    logger.disabled = False
    logger.propagate = False


class JsonFormatter(logging.Formatter):
    """One JSON object a line, with the service and the trace; for a handler of any logger."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="microseconds"),
            "level": record.levelname,
            "logger": record.name,
            "service": os.environ.get("BANYAN_SERVICE") or None,
        }
        if (trace := current_trace()) is not None:
            line |= {"trace_id": trace.trace_id, "span_id": trace.span_id}
        line |= getattr(record, "banyan_hop", None) or {"message": record.getMessage()}
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str, ensure_ascii=False)
