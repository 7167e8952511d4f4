"""What the parts print, kept in order, with the hops among it understood."""

import json
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

KEPT = 50_000
SUPERVISOR = "banyan"
"""The name in front of what the supervisor itself says."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a part.

    Attributes:
        time: seconds since 1970.
        fields: what stands in it when it is a JSON object, as hops are; otherwise empty.
    """

    time: float
    part: str
    text: str
    fields: Mapping[str, Any]

    @property
    def hop(self) -> "Hop | None":
        """The hop that this line records, if it does."""
        return read_hop(self.part, self.fields)


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a request through the services.

    Attributes:
        kind: ``request``, ``call``, ``served``, ``publish``, ``deliver``; ``gateway`` at the edge.
        outcome: ``ok``, or why not, in one word.
        ended: seconds since 1970.
    """

    part: str
    service: str
    kind: str
    name: str
    milliseconds: float
    outcome: str
    trace_id: str
    ended: float
    fields: Mapping[str, Any]


class Log:
    """The lines of all parts. Any thread may write and read."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._lines: deque[Line] = deque(maxlen=KEPT)
        self._changed = threading.Condition()
        self._listeners: list[Callable[[Line], None]] = []
        self._clock = clock

    def listen(self, listener: Callable[[Line], None]) -> None:
        """Call somebody with each line from now on, one at a time."""
        with self._changed:
            self._listeners.append(listener)

    def write(self, part: str, text: str) -> None:
        """Add a line."""
        line = Line(self._clock(), part, text, _fields(text))
        with self._changed:
            self._lines.append(line)
            for listener in self._listeners:
                listener(line)
            self._changed.notify_all()

    def lines(self, part: str = "") -> list[Line]:
        """The lines so far, of one part or of all."""
        with self._changed:
            return [line for line in self._lines if not part or line.part == part]

    def hops(self, trace_id: str = "") -> list[Hop]:
        """The hops so far, of one trace or of all."""
        found = [line.hop for line in self.lines()]
        return [hop for hop in found if hop and (not trace_id or hop.trace_id == trace_id)]

    def wait_for(self, wanted: Callable[[Line], bool], *, timeout: float) -> Line:
        """The first line, of those that are there and those to come, that somebody wants.

        Raises:
            TimeoutError: there is none within so many seconds.
        """
        deadline = time.monotonic() + timeout
        seen: Line | None = None
        with self._changed:
            while True:
                new = list(self._lines)
                if seen is not None and seen in new:
                    new = new[new.index(seen) + 1 :]
                for line in new:
                    if wanted(line):
                        return line
                    seen = line
                if (left := deadline - time.monotonic()) <= 0:
                    raise TimeoutError(f"no such line within {timeout:g} s")
                self._changed.wait(left)


def read_hop(part: str, fields: Mapping[str, Any]) -> Hop | None:
    """The hop in a JSON line of ours, or of the gateway's access log."""
    try:
        return Hop(
            part=part,
            service=str(fields.get("service") or part.partition(".")[0]),
            kind=str(fields["kind"]),
            name=str(fields["name"]),
            milliseconds=float(fields["milliseconds"]),
            outcome=str(fields["outcome"]) if "outcome" in fields else _outcome(fields["status"]),
            trace_id=str(fields.get("trace_id") or ""),
            ended=datetime.fromisoformat(str(fields["time"])).astimezone(UTC).timestamp(),
            fields=fields,
        )
    except (KeyError, TypeError, ValueError):
        return None


def _outcome(status: object) -> str:
    """The gateway knows no outcome, only the HTTP status it answered with (0: none)."""
    code = int(str(status))
    return "ok" if 100 <= code < 400 else str(code or "no answer")


def _fields(text: str) -> Mapping[str, Any]:
    if not text.startswith("{"):
        return {}
    try:
        found: object = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return cast("dict[str, Any]", found) if isinstance(found, dict) else {}
