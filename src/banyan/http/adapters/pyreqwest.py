"""The HTTP client on pyreqwest (Rust's reqwest)."""

import os
import threading
from datetime import timedelta
from typing import TypeVar

from pyreqwest.client import Client, ClientBuilder, SyncClient, SyncClientBuilder
from pyreqwest.exceptions import PoolTimeoutError, RequestError, RequestTimeoutError
from pyreqwest.request import RequestBuilder, SyncRequestBuilder

from banyan.http.failures import HttpFailure, NeverSent, NoResponse, ResponseTooLarge
from banyan.http.messages import Request, Response

Builder = TypeVar("Builder", ClientBuilder, SyncClientBuilder)
AnyRequest = TypeVar("AnyRequest", RequestBuilder, SyncRequestBuilder)

# The cause that reqwest names when it could not connect. pyreqwest's own classes do not tell: a
# server that stays silent, or that resets the connection after the request, raises
# ConnectTimeoutError and ConnectError too. What does not name this cause counts as sent.
_COULD_NOT_CONNECT = "client error (Connect)"


class _Runtime:
    """Which of pyreqwest's two runtimes this process may use.

    A client inherited over a fork hangs for ever, and its runtime builds no new ones in the
    child. A child can start the other runtime afresh, though; a grandchild has none left.
    """

    def __init__(self) -> None:
        self.generation = 0
        self.started = False
        self.multithreaded = False
        self.usable = True
        self.lock = threading.Lock()
        # To drop an inherited client is to talk to threads which the fork left behind: keep it.
        self.inherited: list[object] = []
        os.register_at_fork(after_in_child=self._after_fork)

    def _after_fork(self) -> None:
        self.lock = threading.Lock()
        if self.started:
            self.generation += 1
            self.started = False
            self.usable = not self.multithreaded
            self.multithreaded = True


_runtime = _Runtime()


class PyreqwestClient:
    """Sync and async requests over pools that any thread and any event loop may use.

    Args:
        connect_timeout: seconds until a connection that is not made counts as refused.
        idle_timeout: seconds an unused connection is kept; shorter than servers commonly keep it.
        connections: the most requests under way at once, and ``pool_timeout`` the seconds that
            one more waits for its turn.
        use_proxies: whether to heed the environment's ``HTTP_PROXY`` and so on.
    """

    def __init__(
        self,
        *,
        connect_timeout: float = 1.0,
        idle_timeout: float = 4.0,
        connections: int = 256,
        pool_timeout: float = 1.0,
        use_proxies: bool = False,
    ) -> None:
        self._connect_timeout = timedelta(seconds=connect_timeout)
        self._idle_timeout = timedelta(seconds=idle_timeout)
        self._connections = connections
        self._pool_timeout = timedelta(seconds=pool_timeout)
        self._use_proxies = use_proxies
        self._sync: SyncClient | None = None
        self._async: Client | None = None
        self._generation = _runtime.generation

    def send(self, request: Request) -> Response:
        """Send a request and read its whole response."""
        if self._sync is None or self._generation != _runtime.generation:
            self._build()
        assert self._sync is not None  # noqa: S101 - _build made it
        try:
            builder = _filled(self._sync.request(request.method, request.url), request)
            with builder.build_streamed() as response:
                body = bytearray()
                while chunk := response.body_reader.read(request.response_limit + 1 - len(body)):
                    body += chunk
                    _refuse_too_large(body, request)
                return Response(response.status, bytes(body), response.get_header)
        except (RequestError, ValueError) as error:
            raise _failure(error, request) from error

    async def asend(self, request: Request) -> Response:
        """The same, without blocking the event loop, whichever loop it is."""
        if self._async is None or self._generation != _runtime.generation:
            self._build()
        assert self._async is not None  # noqa: S101 - _build made it
        try:
            builder = _filled(self._async.request(request.method, request.url), request)
            async with builder.build_streamed() as response:
                body = bytearray()
                limit = request.response_limit + 1
                while chunk := await response.body_reader.read(limit - len(body)):
                    body += chunk
                    _refuse_too_large(body, request)
                return Response(response.status, bytes(body), response.get_header)
        except (RequestError, ValueError) as error:
            raise _failure(error, request) from error

    def _build(self) -> None:
        with _runtime.lock:
            if not _runtime.usable:
                raise NeverSent(
                    "This process was forked from one that was forked itself, and both had made "
                    "HTTP requests; its HTTP client cannot start a third time.",
                    hint="Make no remote calls before a server or a worker forks.",
                )
            _runtime.started = True
            if self._generation != _runtime.generation:
                _runtime.inherited += [self._sync, self._async]
                self._sync = self._async = None
                self._generation = _runtime.generation
            self._sync = self._sync or self._configured(SyncClientBuilder()).build()
            self._async = self._async or self._configured(ClientBuilder()).build()

    def _configured(self, builder: Builder) -> Builder:
        builder = (
            builder.connect_timeout(self._connect_timeout)
            .pool_idle_timeout(self._idle_timeout)
            .max_connections(self._connections)
            .pool_timeout(self._pool_timeout)
            .follow_redirects(False)
            .referer(False)
            .gzip(False)
            .brotli(False)
            .zstd(False)
            .deflate(False)
            .user_agent("banyan")
            .runtime_multithreaded(_runtime.multithreaded)
        )
        return builder if self._use_proxies else builder.no_proxy()


def _filled(builder: AnyRequest, request: Request) -> AnyRequest:
    return (
        builder.headers(request.headers)
        .body_bytes(request.body)
        .timeout(timedelta(seconds=request.timeout))
    )


def _refuse_too_large(body: bytearray, request: Request) -> None:
    if len(body) > request.response_limit:
        raise ResponseTooLarge(
            f"{request.method} {request.url} answered with more than {request.response_limit} "
            "bytes, which is the limit."
        )


def _failure(error: RequestError | ValueError, request: Request) -> HttpFailure:
    """What a failed request means: sent for certain not, or perhaps."""
    what = f"{request.method} {request.url}"
    if not isinstance(error, RequestError):
        return NeverSent(f"{what} cannot be sent: {error}", hint="Mend the address or the headers.")
    causes = [cause["message"] for cause in error.details["causes"] or ()]
    why = causes[-1] if causes else str(error)
    timed_out = isinstance(error, RequestTimeoutError)
    if isinstance(error, PoolTimeoutError):
        return NeverSent(f"{what}: all connections stayed in use", timed_out=True)
    if _COULD_NOT_CONNECT in causes:
        return NeverSent(f"{what}: cannot connect: {why}", timed_out=timed_out)
    if timed_out:
        return NoResponse(f"{what}: no answer within {request.timeout:g} s", timed_out=True)
    return NoResponse(f"{what}: the exchange broke off: {why}")
