"""Answers a call that came over the network: from a header and a body to a status and a body."""

import hmac
import logging
import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass

from banyan.calls import wire
from banyan.calls.context import is_key
from banyan.calls.execution import Executor
from banyan.calls.targets import Target
from banyan.calls.wire import Failure
from banyan.contracts.problems import DecodeError
from banyan.errors import BanyanError, CallError, Misuse, NotExecuted, Status
from banyan.observability import continue_trace, current_trace, hop, trace
from banyan.resilience import deadline

logger = logging.getLogger("banyan.calls")


@dataclass(frozen=True, slots=True)
class Incoming:
    """A call as it arrived.

    Attributes:
        path: the method, as ``shop.orders.v1.Orders/Place``.
        header: looks up a header by its name in lower case.
        body: reads the whole body, or raises :class:`TooLarge`.
    """

    path: str
    header: Callable[[str], str | None]
    body: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back."""

    http_status: int
    body: bytes


class TooLarge(Exception):
    """The body is larger than calls may be."""


class Server:
    """Answers the calls to the modules that are resident here.

    Args:
        find: the method at a path; None when no resident module has it.
        secret: what callers must send to be let in; empty when anyone may call.
    """

    def __init__(
        self,
        executor: Executor,
        find: Callable[[str], Target | None],
        secret: Callable[[], str],
    ) -> None:
        self._executor = executor
        self._find = find
        self._secret = secret

    def answer(self, call: Incoming) -> Answer:
        """Run a call and answer it; whatever goes wrong is an answer too."""
        started = time.perf_counter()
        here = current_trace() or continue_trace(call.header(wire.TRACE))
        with trace(here):
            target = None
            try:
                self._admit(call)
                target = self._target(call)
                answer = self._run(call, target)
                outcome = "ok" if answer.http_status == 200 else "declared"
            except BanyanError as error:
                failure = _told(error, call.path, here.trace_id)
                answer = _refusal(failure)
                outcome = failure.status
            # A path that nobody has is a stranger's words: no name for a measurement.
            name = target.method.name if target else "unknown"
            caller = call.header(wire.CALLER) or ""
            hop("served", name, time.perf_counter() - started, outcome, caller=caller)
        return answer

    def _admit(self, call: Incoming) -> None:
        secret = self._secret()
        shown = call.header(wire.SECRET) or ""
        if secret and not hmac.compare_digest(shown.encode(), secret.encode()):
            raise NotExecuted(
                "The call did not show this system's secret.",
                status=Status.UNAUTHENTICATED,
                hint="Give both services the same BANYAN_CALLS_SECRET.",
            )
        version = call.header(wire.PROTOCOL_VERSION) or "1"
        if version != "1":
            raise _invalid(f"Connect-Protocol-Version is {version!r}, and only 1 is known.")
        encoding = call.header("content-encoding") or "identity"
        if encoding != "identity":
            raise NotExecuted(
                f"Content-Encoding {encoding!r} is not known; send it as identity.",
                status=Status.UNIMPLEMENTED,
            )

    def _target(self, call: Incoming) -> Target:
        target = self._find(call.path)
        if target is None:
            raise NotExecuted(
                f"No module that is resident here has a method {call.path}.",
                status=Status.UNIMPLEMENTED,
                hint="Compare the topologies and the versions of the two services.",
                code="banyan.call.unimplemented",
            )
        if target.method.joins:
            raise NotExecuted(
                f"{call.path} joins its caller's transaction, so it cannot be called from afar.",
                status=Status.UNIMPLEMENTED,
                code="banyan.call.joins_remote",
            )
        return target

    def _run(self, call: Incoming, target: Target) -> Answer:
        try:
            timeout = wire.read_timeout(call.header(wire.TIMEOUT))
        except ValueError:
            raise _invalid("Connect-Timeout-Ms is not one to ten digits.") from None
        key = call.header(wire.KEY) or ""
        if key and not is_key(key):
            raise _invalid("Idempotency-Key is not 1 to 200 visible ASCII characters.")
        try:
            body = call.body()
        except TooLarge as error:
            raise NotExecuted(
                f"The arguments of {call.path} are larger than a call may be: {error}.",
                status=Status.RESOURCE_EXHAUSTED,
                code="banyan.call.too_large",
            ) from None
        with nullcontext() if timeout is None else deadline(timeout):
            self._executor.check(target)
            outcome = self._executor.encoded(target, body, key)
        if not outcome.error:
            return Answer(200, outcome.body)
        declared = target.method.spec.error_named(outcome.error)
        status = declared.type.wire_status if declared else Status.UNKNOWN
        return _refusal(Failure(status, outcome.error, error=outcome.error, fields=outcome.body))


def _invalid(message: str) -> NotExecuted:
    return NotExecuted(message, status=Status.INVALID_ARGUMENT)


def _told(error: BanyanError, method: str, trace_id: str) -> Failure:
    """What a caller is told of an error: our own words, and of the service's insides none."""
    if isinstance(error, DecodeError):
        return Failure(error.status, str(error), False, "banyan.call.arguments", error.hint)
    if isinstance(error, Misuse):
        return Failure(
            Status.INVALID_ARGUMENT, error.message, False, error.code, error.hint, trace_id
        )
    if not isinstance(error, CallError) or error.__cause__ is not None:
        logger.error("%s failed; trace %s", method, trace_id, exc_info=error)
        status = error.status if isinstance(error, CallError) else Status.INTERNAL
        return Failure(
            status,
            f"{method} failed inside its service.",
            not isinstance(error, NotExecuted),
            error.code,
            f"The service's log has the reason, under the trace {trace_id}.",
            trace_id,
        )
    executed = not isinstance(error, NotExecuted)
    return Failure(error.status, error.message, executed, error.code, error.hint, trace_id)


def _refusal(failure: Failure) -> Answer:
    return Answer(wire.HTTP_STATUS[failure.status], wire.encode_failure(failure))
