"""Shows the log of a system and the table of its parts, as text or as JSON."""

import contextlib
import json
import sys
import threading
import time
from datetime import UTC, datetime
from typing import Protocol

import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text

from banyan.workbench import Hop, Line, State, System, SystemState
from banyan.workbench.log import SUPERVISOR
from banyan.workbench.plan import NATS

# Told apart on light and on dark grounds.
COLOURS = ("cyan", "magenta", "green", "yellow", "blue", "bright_cyan", "bright_magenta")

# A closed terminal or pipe must not end the system before its time; rich exits for one.
_CLOSED = (OSError, SystemExit)
STATE_COLOURS = {
    State.READY: "green",
    State.DONE: "green",
    State.STOPPED: "dim",
    State.STOPPING: "dim",
    State.WAITING: "dim",
    State.STARTING: "yellow",
    State.UNREADY: "yellow",
    State.RESTARTING: "red",
    State.FAILED: "red",
}


class Display(Protocol):
    """Where the system's words go."""

    def line(self, line: Line) -> None:
        """A line of a part."""
        ...

    def say(self, text: str) -> None:
        """Words of the command's own."""
        ...

    def ready(self, system: System) -> None:
        """All parts are ready."""
        ...


def display(form: str) -> Display:
    """The display for a ``--log-format``."""
    return JsonDisplay() if form == "json" else TextDisplay(Console(highlight=False))


class TextDisplay:
    """For people: aligned names, a colour for each service, hops as sentences."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._colours: dict[str, str] = {SUPERVISOR: "bold"}
        self._width = len(SUPERVISOR)
        # Lines come from the supervisor's thread and from the command's own.
        self._lock = threading.RLock()

    def line(self, line: Line) -> None:
        """See :class:`Display`."""
        if line.part.endswith((".migrate", ".setup")):
            # They are many, and of interest only when something fails; then they are shown.
            return
        if line.part == NATS and "[INF]" in line.text:
            # Its banner and its counters; its log file has them.
            return
        hop = line.hop
        self._print(line.part, describe_hop(hop) if hop else Text.from_ansi(line.text), line.time)

    def say(self, text: str) -> None:
        """See :class:`Display`."""
        self._print(SUPERVISOR, Text(text, "bold"), time.time())

    def ready(self, system: System) -> None:
        """See :class:`Display`."""
        with self._lock, contextlib.suppress(*_CLOSED):
            self._console.print(parts_table(system.describe()))
        seconds = time.time() - system.started_at
        self.say(f"ready after {seconds:.1f} s: open {system.url}   (Ctrl-C stops everything)")

    def _print(self, part: str, text: Text, when: float) -> None:
        with self._lock:
            self._width = max(self._width, len(part))
            service = part.partition(".")[0]
            colour = self._colours.setdefault(service, COLOURS[len(self._colours) % len(COLOURS)])
            stamp = datetime.fromtimestamp(when, UTC).astimezone().strftime("%H:%M:%S")
            line = Text.assemble(
                (f"{stamp} ", "dim"), (part.ljust(self._width), colour), (" │ ", "dim"), text
            )
            with contextlib.suppress(*_CLOSED):
                self._console.print(line, soft_wrap=True)


class JsonDisplay:
    """For programs: an object a line."""

    def line(self, line: Line) -> None:
        """See :class:`Display`."""
        content: dict[str, object] = dict(line.fields) if line.fields else {"message": line.text}
        self._write(line.part, line.time, content)

    def say(self, text: str) -> None:
        """See :class:`Display`."""
        self._write(SUPERVISOR, time.time(), {"message": text})

    def ready(self, system: System) -> None:
        """See :class:`Display`."""
        self._write(
            SUPERVISOR,
            time.time(),
            {"message": "ready", "state": msgspec.to_builtins(system.describe())},
        )

    def _write(self, part: str, when: float, content: dict[str, object]) -> None:
        stamp = datetime.fromtimestamp(when, UTC).isoformat(timespec="milliseconds")
        with contextlib.suppress(OSError):
            sys.stdout.write(json.dumps({"time": stamp, "part": part} | content) + "\n")
            sys.stdout.flush()


def describe_hop(hop: Hop) -> Text:
    """A hop in one line: what, how it went, how long it took."""
    good = hop.outcome == "ok"
    to = f" → {hop.fields['to']}" if hop.kind == "gateway" and hop.fields.get("to") else ""
    what = hop.fields.get("path", "") if hop.kind == "gateway" else ""
    method = hop.name.partition(" ")[0]
    name = f"{method} {what}" if what else hop.name
    return Text.assemble(
        (f"{hop.kind} ", "dim"),
        name,
        (to, "dim"),
        ("" if good else f" {hop.outcome}", "red"),
        (f"  {hop.milliseconds:.1f} ms", "dim"),
    )


def parts_table(system: SystemState) -> Table:
    """The parts of a system as a table."""
    table = Table(box=None, header_style="dim", pad_edge=False)
    for column in ("part", "state", "address", "process", "note"):
        table.add_column(column)
    for part in system.parts:
        if part.once and part.state is State.DONE:
            continue
        deaths = f"died {part.deaths} times" if part.deaths > 1 else "died once"
        note = "; ".join(filter(None, [part.reason, deaths if part.deaths else ""]))
        state = Text(part.state, STATE_COLOURS[part.state])
        table.add_row(part.name, state, part.address, str(part.pid or ""), note)
    return table
