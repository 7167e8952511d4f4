"""What every HTTP client must do, on real sockets."""

import asyncio
import os
import signal
import socket
import struct
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from banyan.http import HttpClient, NeverSent, NoResponse, Request, Response, ResponseTooLarge
from banyan.http.adapters.urllib3 import Urllib3Client

Behaviour = Callable[[socket.socket], None]
OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"


class Server:
    """A server of one behaviour per connection, which counts connections and keeps requests."""

    def __init__(self, behave: Behaviour) -> None:
        self.behave = behave
        self.connections = 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}/x"
        self.finish = threading.Event()
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection:
            self.behave(connection)

    def close(self) -> None:
        self.finish.set()
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()


@pytest.fixture
def serve() -> Iterator[Callable[[Behaviour], Server]]:
    servers: list[Server] = []

    def start(behave: Behaviour) -> Server:
        servers.append(Server(behave))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


def request_of(connection: socket.socket) -> bytes:
    received = b""
    while b"\r\n\r\n" not in received:
        if not (more := connection.recv(65536)):
            return b""
        received += more
    return received


def answer_always(connection: socket.socket) -> None:
    while request_of(connection):
        connection.sendall(OK)


def answer_then_hang_up_on_the_second(connection: socket.socket) -> None:
    request_of(connection)
    connection.sendall(OK)
    request_of(connection)


def reset(connection: socket.socket) -> None:
    request_of(connection)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def half_a_body(connection: socket.socket) -> None:
    request_of(connection)
    connection.sendall(OK.replace(b"Length: 2", b"Length: 20"))


def talk_nonsense(connection: socket.socket) -> None:
    request_of(connection)
    connection.sendall(b"nonsense\r\n\r\n")


@pytest.fixture
def client() -> HttpClient:
    return Urllib3Client(connect_timeout=0.5, connections=4, pool_timeout=0.1)


Send = Callable[[Request], Response]


@pytest.fixture(params=["sync", "async"])
def send(request: pytest.FixtureRequest, client: HttpClient) -> Send:
    if request.param == "sync":
        return client.send
    return lambda message: asyncio.run(client.asend(message))


def test_a_response_comes_back_whole(serve: Callable[[Behaviour], Server], send: Send) -> None:
    seen: list[bytes] = []

    def behave(connection: socket.socket) -> None:
        seen.append(request_of(connection))
        connection.sendall(OK)

    response = send(Request("POST", serve(behave).url, {"X-One": "1"}, b"{}"))
    assert (response.status, response.body) == (200, b"{}")
    assert response.header("content-type") == "application/json"
    assert response.header("absent") is None
    assert seen[0].startswith(b"POST /x HTTP/1.1\r\n")
    assert b"x-one: 1\r\n" in seen[0].lower()


def test_a_connection_is_kept_across_requests_and_event_loops(
    serve: Callable[[Behaviour], Server], send: Send
) -> None:
    server = serve(answer_always)
    for _ in range(5):
        assert send(Request("GET", server.url)).status == 200
    assert server.connections == 1


def test_a_redirect_is_an_answer_and_not_followed(
    serve: Callable[[Behaviour], Server], send: Send
) -> None:
    def behave(connection: socket.socket) -> None:
        request_of(connection)
        connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: /y\r\nContent-Length: 0\r\n\r\n")

    assert send(Request("GET", serve(behave).url)).status == 302


def test_a_refused_connection_means_never_sent(send: Send) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(NeverSent, match="onnection refused"):
        send(Request("POST", f"http://127.0.0.1:{port}/x"))


def test_an_unknown_name_means_never_sent(send: Send) -> None:
    with pytest.raises(NeverSent, match="cannot connect"):
        send(Request("POST", "http://nowhere.invalid/x"))


def test_a_connection_that_is_never_made_means_never_sent(send: Send) -> None:
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        waiting = [socket.socket() for _ in range(4)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(listener.getsockname())
        with pytest.raises(NeverSent) as caught:
            send(Request("POST", f"http://127.0.0.1:{listener.getsockname()[1]}/x"))
        assert caught.value.timed_out
        for one in waiting:
            one.close()


def test_an_address_that_is_none_means_never_sent(send: Send) -> None:
    with pytest.raises(NeverSent, match="cannot be sent"):
        send(Request("POST", "http://[::bad/x"))


def test_a_silent_server_may_have_seen_the_request(
    serve: Callable[[Behaviour], Server], send: Send
) -> None:
    hold = threading.Event()

    def behave(connection: socket.socket) -> None:
        request_of(connection)
        hold.wait(10)

    server = serve(behave)
    with pytest.raises(NoResponse) as caught:
        send(Request("POST", server.url, timeout=0.2))
    hold.set()
    assert caught.value.timed_out


@pytest.mark.parametrize("behave", [reset, half_a_body, talk_nonsense])
def test_a_broken_exchange_may_have_been_seen(
    serve: Callable[[Behaviour], Server], send: Send, behave: Behaviour
) -> None:
    with pytest.raises(NoResponse) as caught:
        send(Request("POST", serve(behave).url))
    assert not caught.value.timed_out


def test_a_kept_connection_that_breaks_after_sending_is_not_repeated(
    serve: Callable[[Behaviour], Server], send: Send
) -> None:
    server = serve(answer_then_hang_up_on_the_second)
    send(Request("POST", server.url))
    with pytest.raises(NoResponse):
        send(Request("POST", server.url))
    assert server.connections == 1


def test_a_body_that_trickles_cannot_outlast_the_timeout(
    serve: Callable[[Behaviour], Server], send: Send
) -> None:
    hold = threading.Event()

    def trickle(connection: socket.socket) -> None:
        request_of(connection)
        connection.sendall(OK.replace(b"Length: 2", b"Length: 2000"))
        while not hold.wait(0.05):
            connection.sendall(b" ")

    with pytest.raises(NoResponse) as caught:
        send(Request("POST", serve(trickle).url, timeout=0.3))
    hold.set()
    assert caught.value.timed_out


def test_a_body_that_stalls_late_cannot_outlast_the_timeout(
    serve: Callable[[Behaviour], Server], send: Send
) -> None:
    hold = threading.Event()

    def stall(connection: socket.socket) -> None:
        request_of(connection)
        hold.wait(0.8)
        connection.sendall(OK.replace(b"Length: 2", b"Length: 2000"))
        hold.wait(10)

    started = time.monotonic()
    with pytest.raises(NoResponse):
        send(Request("POST", serve(stall).url, timeout=1.0))
    hold.set()
    assert time.monotonic() - started < 1.6


@pytest.mark.parametrize(("limit", "fits"), [(99_999, False), (100_000, True)])
def test_a_response_beyond_the_limit_is_refused(
    serve: Callable[[Behaviour], Server], send: Send, limit: int, fits: bool
) -> None:
    def large(connection: socket.socket) -> None:
        request_of(connection)
        connection.sendall(OK.replace(b"Length: 2\r\n\r\n{}", b"Length: 100000\r\n\r\n"))
        connection.sendall(b"x" * 100_000)

    request = Request("GET", serve(large).url, response_limit=limit)
    if fits:
        assert len(send(request).body) == 100_000
    else:
        with pytest.raises(ResponseTooLarge):
            send(request)


def test_a_request_that_waits_too_long_for_its_turn_was_never_sent(
    serve: Callable[[Behaviour], Server], client: HttpClient
) -> None:
    arrived = threading.Semaphore(0)
    hold = threading.Event()

    def behave(connection: socket.socket) -> None:
        request_of(connection)
        arrived.release()
        hold.wait(10)
        connection.sendall(OK)

    server = serve(behave)
    threads = [
        threading.Thread(target=client.send, args=(Request("GET", server.url),)) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for _ in threads:
        arrived.acquire()
    with pytest.raises(NeverSent, match="in use"):
        client.send(Request("GET", server.url))
    hold.set()
    for thread in threads:
        thread.join()


def in_child(work: Callable[[], None]) -> int:
    """The exit status of a forked child that does some work, or dies of the alarm."""
    child = os.fork()
    if child == 0:
        signal.alarm(10)
        try:
            work()
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_client_used_before_a_fork_works_in_the_child_and_still_in_the_parent(
    serve: Callable[[Behaviour], Server], client: HttpClient
) -> None:
    server = serve(answer_always)
    url = server.url
    client.send(Request("GET", url))

    def work() -> None:
        for _ in range(3):
            assert client.send(Request("GET", url)).status == 200
            assert asyncio.run(client.asend(Request("GET", url))).status == 200

    assert in_child(work) == 0
    assert client.send(Request("GET", url)).status == 200
    # The child must not speak on its parent's connection.
    assert server.connections >= 2


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_grandchild_works_too(serve: Callable[[Behaviour], Server], client: HttpClient) -> None:
    url = serve(answer_always).url
    client.send(Request("GET", url))

    def in_grandchild() -> None:
        assert client.send(Request("GET", url)).status == 200

    def work() -> None:
        client.send(Request("GET", url))
        assert in_child(in_grandchild) == 0

    assert in_child(work) == 0


def test_threads_share_one_client(
    serve: Callable[[Behaviour], Server],
) -> None:
    client = Urllib3Client(connections=32)
    server = serve(answer_always)
    statuses: list[int] = []

    def work() -> None:
        statuses.extend(client.send(Request("GET", server.url)).status for _ in range(25))

    threads = [threading.Thread(target=work) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * 400
