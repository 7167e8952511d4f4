"""The states a part goes through, and when one that died is started again."""

import signal
from dataclasses import dataclass
from enum import StrEnum

from msgspec import Struct

FIRST_PAUSE = 0.25
LONGEST_PAUSE = 10.0
STEADY_AFTER = 10.0
"""Seconds of being ready after which a part's earlier deaths no longer count."""


class State(StrEnum):
    """Where a part stands."""

    WAITING = "waiting"
    STARTING = "starting"
    READY = "ready"
    UNREADY = "unready"
    RESTARTING = "restarting"
    STOPPING = "stopping"
    STOPPED = "stopped"
    DONE = "done"
    FAILED = "failed"

    @property
    def is_good(self) -> bool:
        """Whether a part in this state does what it is for."""
        return self in (State.READY, State.DONE)


@dataclass(frozen=True, slots=True)
class Status:
    """A part's state, and what is known about it.

    Attributes:
        pid: of the running process; None when there is none.
        deaths: how often it has died without being asked to.
        reason: why it is not ready, in words for people.
    """

    state: State = State.WAITING
    pid: int | None = None
    deaths: int = 0
    reason: str = ""


class PartState(Struct, frozen=True, kw_only=True):
    """A part as ``banyan status`` shows it.

    Attributes:
        once: it runs to its end and is then done.
    """

    name: str
    state: State
    pid: int | None
    address: str
    deaths: int
    reason: str
    once: bool


class SystemState(Struct, frozen=True, kw_only=True):
    """A running system as ``banyan status`` shows it; also the content of ``state.json``.

    Attributes:
        pid: the supervisor's.
        started_at: seconds since 1970.
    """

    schema: str = "banyan.state/1"
    pid: int
    project: str
    topology: str
    url: str
    started_at: float
    parts: list[PartState]

    @property
    def is_ready(self) -> bool:
        """Whether every part does what it is for."""
        return all(part.state.is_good for part in self.parts)


def pause(deaths_in_a_row: int) -> float:
    """Seconds to wait before a part is started again, doubling with each death."""
    return min(FIRST_PAUSE * 2.0 ** (max(deaths_in_a_row, 1) - 1), LONGEST_PAUSE)


def describe_exit(code: int) -> str:
    """How a process ended, for people: ``exit status 1`` or ``killed by SIGKILL``."""
    if code >= 0:
        return f"exit status {code}"
    try:
        return f"killed by {signal.Signals(-code).name}"
    except ValueError:
        return f"killed by signal {-code}"
