"""Latency and failures put into calls on purpose, to see how their callers bear it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from fnmatch import fnmatchcase

from banyan.errors import CallError, NotExecuted, OutcomeUnknown, Status


class Fault(Enum):
    """How a call fails."""

    NEVER_ARRIVES = "never arrives"
    ANSWER_LOST = "answer lost"


@dataclass(frozen=True, slots=True)
class Injection:
    """What happens to the calls of some methods.

    Attributes:
        methods: a pattern of wire names, as ``shop.payments.*``.
        latency: seconds to wait before the call.
        fault: how it fails, if it does.
    """

    methods: str
    latency: float = 0.0
    fault: Fault | None = None


active: tuple[Injection, ...] = ()
_lock = threading.Lock()


@contextmanager
def inject(
    methods: str = "*", *, latency: float = 0.0, fault: Fault | None = None
) -> Iterator[None]:
    """Make the calls of some methods slow or failing within a block, for the whole process.

    It reaches local calls in strict mode, and remote ones; fast local calls have nothing between
    caller and method to put it in.

    Args:
        methods: a pattern of wire names, as ``shop.payments.*``; ``*`` for all.
        latency: seconds that each call waits first.
        fault: whether it then never arrives, or runs and its answer is lost.
    """
    global active  # noqa: PLW0603 - what is injected is the process's own state
    injection = Injection(methods, latency, fault)
    with _lock:
        active = (*active, injection)
    try:
        yield
    finally:
        with _lock:
            active = tuple(one for one in active if one is not injection)


def latency_of(method: str) -> float:
    """Seconds that a call of this method waits first."""
    return sum(one.latency for one in active if fnmatchcase(method, one.methods))


def failure_before(method: str) -> CallError | None:
    """The failure of a call that shall never arrive."""
    if _injected(method, Fault.NEVER_ARRIVES):
        return NotExecuted(
            f"{method} was not called: a fault was injected.",
            status=Status.UNAVAILABLE,
            code="banyan.call.unreachable",
        )
    return None


def failure_after(method: str) -> CallError | None:
    """The failure of a call that ran and whose answer is lost."""
    if _injected(method, Fault.ANSWER_LOST):
        return OutcomeUnknown(
            f"{method} was called, and its answer is lost: a fault was injected.",
            status=Status.UNAVAILABLE,
            code="banyan.call.no_answer",
        )
    return None


def _injected(method: str, fault: Fault) -> bool:
    return any(one.fault is fault and fnmatchcase(method, one.methods) for one in active)
