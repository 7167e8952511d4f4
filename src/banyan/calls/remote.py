"""Calls to modules that run in another service."""

import asyncio
import os
import time
from collections.abc import Callable
from typing import Any

from banyan.calls import faults
from banyan.calls.context import key_of_caller
from banyan.calls.counting import count_query_in_transaction
from banyan.calls.failures import too_late_to_begin
from banyan.calls.guards import refuse_inside_transaction, refuse_remote_join
from banyan.calls.outcomes import Outcome
from banyan.calls.ports import Outgoing, Transactions, Transport
from banyan.calls.routes import Route
from banyan.calls.targets import Method
from banyan.errors import CallError
from banyan.observability import current_trace, hop, new_trace, trace
from banyan.resilience import remaining


def remote(
    method: Method,
    transactions: Transactions,
    transport: Transport,
    *,
    service: str,
    base_url: Callable[[], str],
    timeout: float,
) -> Route:
    """A method of a module that is resident in another service.

    Args:
        base_url: where the service's endpoint is, asked at each call.
        timeout: seconds a call may take unless a nearer deadline holds.
    """

    def prepare(args: tuple[Any, ...], kwargs: dict[str, Any]) -> Outgoing:
        if method.joins:
            refuse_remote_join(method.name, service)
        body = method.encode_arguments(args, kwargs)
        key = ""
        if method.is_command:
            refuse_inside_transaction(method.name, transactions)
            key = key_of_caller.get() or os.urandom(16).hex()
        elif transactions.open_alias() is not None:
            count_query_in_transaction(method.name)
        left = remaining()
        if left is not None and left <= 0:
            raise too_late_to_begin(method.name)
        seconds = timeout if left is None else min(timeout, left)
        return Outgoing(base_url(), method.name, body, seconds, key)

    def call(*args: Any, **kwargs: Any) -> Any:
        outgoing = prepare(args, kwargs)
        with _Hop(method, service) as seen:
            if faults.active:
                time.sleep(faults.latency_of(method.name))
                _raise(faults.failure_before(method.name))
            seen.outcome = transport.send(outgoing)
            if faults.active:
                _raise(faults.failure_after(method.name))
        return method.value(seen.outcome)

    async def acall(*args: Any, **kwargs: Any) -> Any:
        outgoing = prepare(args, kwargs)
        with _Hop(method, service) as seen:
            if faults.active:
                await asyncio.sleep(faults.latency_of(method.name))
                _raise(faults.failure_before(method.name))
            seen.outcome = await transport.asend(outgoing)
            if faults.active:
                _raise(faults.failure_after(method.name))
        return method.value(seen.outcome)

    return Route(call, acall)


def _raise(failure: CallError | None) -> None:
    if failure is not None:
        raise failure


class _Hop:
    """Records how a call ended and how long it took, in a trace that begins here if it must."""

    __slots__ = ("_method", "_service", "_started", "_trace", "outcome")

    outcome: Outcome

    def __init__(self, method: Method, service: str) -> None:
        self._method = method
        self._service = service

    def __enter__(self) -> "_Hop":
        self._trace = trace(current_trace() or new_trace())
        self._trace.__enter__()
        self._started = time.perf_counter()
        return self

    def __exit__(self, kind: object, error: BaseException | None, _: object) -> None:
        if error is None:
            outcome = "declared" if self.outcome.error else "ok"
        else:
            outcome = error.status if isinstance(error, CallError) else type(error).__name__
        seconds = time.perf_counter() - self._started
        hop("call", self._method.name, seconds, outcome, to=self._service)
        self._trace.__exit__(None, None, None)
