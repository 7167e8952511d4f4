"""Django middleware that gives each request a trace and records it as a hop."""

import time
from collections.abc import Awaitable, Callable
from typing import cast

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.http import HttpRequest, HttpResponseBase

from banyan.observability.hops import hop
from banyan.observability.tracing import continue_trace, trace

SyncHandler = Callable[[HttpRequest], HttpResponseBase]
AsyncHandler = Callable[[HttpRequest], Awaitable[HttpResponseBase]]


class TraceMiddleware:
    """Continues the caller's trace, or begins one, and records the request as a hop.

    A view that records hops of its own says so with an attribute ``records_hops = True``.
    """

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: SyncHandler | AsyncHandler) -> None:
        self.get_response = get_response
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> HttpResponseBase | Awaitable[HttpResponseBase]:
        if iscoroutinefunction(self.get_response):
            return self._acall(request)
        started = time.perf_counter()
        with trace(continue_trace(request.headers.get("traceparent"))):
            response = cast(SyncHandler, self.get_response)(request)
            _record(request, response, time.perf_counter() - started)
        return response

    async def _acall(self, request: HttpRequest) -> HttpResponseBase:
        started = time.perf_counter()
        with trace(continue_trace(request.headers.get("traceparent"))):
            response = await cast(AsyncHandler, self.get_response)(request)
            _record(request, response, time.perf_counter() - started)
        return response


def _record(request: HttpRequest, response: HttpResponseBase, seconds: float) -> None:
    match = request.resolver_match
    if match is not None and getattr(match.func, "records_hops", False):
        return
    # The route and not the path: paths hold ids, and a name should have few different values.
    route = f"/{match.route}" if match is not None else request.path
    status = response.status_code
    outcome = "ok" if status < 400 else str(status)
    hop("request", f"{request.method} {route}", seconds, outcome, path=request.path, status=status)
