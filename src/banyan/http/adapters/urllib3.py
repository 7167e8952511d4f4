"""The HTTP client on urllib3."""

import asyncio
import os
import threading
import time
import weakref
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from socket import socket
from typing import Final
from urllib.parse import urlsplit

from urllib3 import BaseHTTPResponse, HTTPConnectionPool, HTTPSConnectionPool, Timeout
from urllib3.exceptions import (
    ConnectTimeoutError,
    EmptyPoolError,
    HTTPError,
    NewConnectionError,
    ReadTimeoutError,
)

from banyan.http.failures import HttpFailure, NeverSent, NoResponse, ResponseTooLarge
from banyan.http.messages import Request, Response

_CHUNK: Final = 65536
_PORTS: Final = {"http": 80, "https": 443}


class Urllib3Client:
    """Requests over connections that are kept for each server, and that all threads share.

    Async requests run in threads of the client's own, so that any event loop may make them.

    Args:
        connect_timeout: seconds until a connection that is not made counts as refused.
        connections: the most connections to one server, and the most async requests under way;
            ``pool_timeout`` is how many seconds one more waits for its turn.
    """

    def __init__(
        self,
        *,
        connect_timeout: float = 1.0,
        connections: int = 64,
        pool_timeout: float = 1.0,
    ) -> None:
        self._connect_timeout = connect_timeout
        self._connections = connections
        self._pool_timeout = pool_timeout
        self._begin()
        _clients.add(self)

    def _begin(self) -> None:
        """Start with no connection: at first, and in a forked child, which must share none."""
        self._lock = threading.Lock()
        self._pools: dict[tuple[str, str, int], HTTPConnectionPool] = {}
        self._threads: ThreadPoolExecutor | None = None

    def send(self, request: Request) -> Response:
        """Send a request and read its whole response."""
        ends = time.monotonic() + request.timeout
        try:
            server, target = _parts(request.url)
            pool = self._pools.get(server) or self._pool(server)
            response = pool.urlopen(
                request.method,
                target,
                body=request.body,
                headers={"user-agent": "banyan", **request.headers},
                timeout=Timeout(
                    connect=min(self._connect_timeout, request.timeout), total=request.timeout
                ),
                pool_timeout=self._pool_timeout,  # type: ignore[arg-type] # a float does
                retries=False,
                redirect=False,
                preload_content=False,
                decode_content=False,
            )
        except (HTTPError, OSError, ValueError) as error:
            raise _failure(error, request) from error
        try:
            body = _read(response, request, ends)
        except (HTTPError, OSError) as error:
            response.close()
            raise _broken(error, request) from error
        except HttpFailure:
            response.close()
            raise
        response.release_conn()
        return Response(response.status, body, response.headers.get)

    async def asend(self, request: Request) -> Response:
        """The same, without blocking the event loop, whichever loop it is."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._executor(), self.send, request)

    def _pool(self, server: tuple[str, str, int]) -> HTTPConnectionPool:
        scheme, host, port = server
        kind = HTTPSConnectionPool if scheme == "https" else HTTPConnectionPool
        with self._lock:
            if server not in self._pools:
                self._pools[server] = kind(host, port, maxsize=self._connections, block=True)
            return self._pools[server]

    def _executor(self) -> ThreadPoolExecutor:
        with self._lock:
            if self._threads is None:
                self._threads = ThreadPoolExecutor(self._connections, "banyan-http")
            return self._threads


_clients: weakref.WeakSet[Urllib3Client] = weakref.WeakSet()


def _begin_in_child() -> None:
    for client in _clients:
        client._begin()  # pyright: ignore[reportPrivateUsage]


os.register_at_fork(after_in_child=_begin_in_child)


@lru_cache(maxsize=1024)
def _parts(url: str) -> tuple[tuple[str, str, int], str]:
    """The server of an address, and what to ask it for.

    Raises:
        ValueError: it is no address.
    """
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname:
        raise ValueError(f"{url!r} is no http or https address")
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return (parts.scheme, parts.hostname, parts.port or _PORTS[parts.scheme]), target


def _read(response: BaseHTTPResponse, request: Request, ends: float) -> bytes:
    """The whole body, within the limit and the time that is left."""
    body = b""
    while response.length_remaining != 0:
        left = ends - time.monotonic()
        if left <= 0:
            raise _late(request)
        # What urllib3 takes as its timeout begins anew with each read.
        sock: socket | None = getattr(response.connection, "sock", None)
        if sock is not None:
            sock.settimeout(left)
        if not (chunk := response.read1(_CHUNK)):
            break
        body += chunk
        if len(body) > request.response_limit:
            raise ResponseTooLarge(
                f"{request.method} {request.url} answered with more than "
                f"{request.response_limit} bytes, which is the limit."
            )
    return body


def _failure(error: Exception, request: Request) -> HttpFailure:
    """What it means that no response began: was it never sent, or perhaps?"""
    what = f"{request.method} {request.url}"
    if isinstance(error, EmptyPoolError):
        return NeverSent(f"{what}: all connections stayed in use", timed_out=True)
    # NewConnectionError is a kind of ConnectTimeoutError, or was once.
    if isinstance(error, NewConnectionError):
        return NeverSent(f"{what}: cannot connect: {_reason(error)}")
    if isinstance(error, ConnectTimeoutError):
        return NeverSent(f"{what}: cannot connect in time", timed_out=True)
    if isinstance(error, ValueError) and not isinstance(error, OSError):
        return NeverSent(f"{what} cannot be sent: {error}", hint="Mend the address or the headers.")
    return _broken(error, request)


def _broken(error: Exception, request: Request) -> NoResponse:
    if isinstance(error, (ReadTimeoutError, TimeoutError)):
        return _late(request)
    return NoResponse(f"{request.method} {request.url}: the exchange broke off: {error}")


def _late(request: Request) -> NoResponse:
    what = f"{request.method} {request.url}"
    return NoResponse(f"{what}: no answer within {request.timeout:g} s", timed_out=True)


def _reason(error: Exception) -> str:
    cause = error.__cause__ or error.__context__
    return str(cause or error)
