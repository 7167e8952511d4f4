"""Events over NATS JetStream: a stream for each project, a durable consumer for each module."""

# nats-py types its options in part.
# pyright: reportUnknownMemberType=false

import asyncio
import contextlib
import os
import threading
from collections.abc import Callable, Collection, Coroutine, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from typing import Any, TypeVar
from urllib.parse import urlsplit, urlunsplit

import nats
import nats.errors
import nats.js.errors
from nats.js import api

from banyan.events.adapters.nats_feed import MOST_PENDING_BYTES, Connection, NatsFeed
from banyan.events.cloudevents import CONTENT_TYPE, Envelope, encode, project_of
from banyan.events.ports import BrokerUnavailable, Feed, Refused

T = TypeVar("T")

# Seconds in which the server remembers Nats-Msg-Id: a relay that comes back later than this may
# put an event into the stream twice, which the inbox then tells apart.
DUPLICATE_WINDOW = 600.0
# Seconds after which a message that was not acknowledged is offered again.
ACK_WAIT = 30.0
_CONNECT_TIMEOUT = 2
_ANSWER_TIMEOUT = 10.0

# Source: the errors.json of the NATS server.
_MESSAGE_TOO_LARGE = 10054
_STREAM_NAME_IN_USE = 10058


class NatsBroker:
    """One connection to NATS, used from any thread, on an event loop in a thread of its own.

    Args:
        url: ``nats://[user:password@]host:port``; several, separated by commas, for a cluster.
    """

    def __init__(self, url: str, *, name: str = "banyan") -> None:
        self._servers = [part.strip() for part in url.split(",") if part.strip()]
        self._name = name
        self._shown = ", ".join(_without_password(server) for server in self._servers)
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._pid = 0
        self._connecting = asyncio.Lock()
        self._connection: Connection | None = None

    def check(self) -> None:
        self._run(self._connected())

    def send(self, envelopes: Sequence[Envelope]) -> Sequence[Refused | None]:
        return self._run(self._over_one_connection(self._send, envelopes))

    def open(self, consumer: str, project: str, names: Collection[str], after: str) -> Feed:
        return self._run(self._over_one_connection(self._open, consumer, project, names, after))

    def close(self) -> None:
        with self._lock:
            loop, self._loop = self._loop, None
        if loop is None or self._pid != os.getpid():
            return
        with contextlib.suppress(Exception):
            asyncio.run_coroutine_threadsafe(self._disconnect(), loop).result(2)
        loop.call_soon_threadsafe(loop.stop)

    def _run(self, work: Coroutine[Any, Any, T], seconds: float = _ANSWER_TIMEOUT + 5) -> T:
        future: Future[T] = asyncio.run_coroutine_threadsafe(work, self._running_loop())
        try:
            return future.result(seconds)
        except FutureTimeout:
            future.cancel()
            raise self._unavailable("it does not answer") from None
        except (OSError, TimeoutError, nats.errors.Error) as error:
            raise self._unavailable(str(error) or type(error).__name__) from error

    def _running_loop(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            # After a fork the thread is gone and the socket is the parent's: begin anew.
            if self._loop is None or self._pid != os.getpid():
                self._pid = os.getpid()
                self._connection = None
                self._loop = asyncio.new_event_loop()
                self._connecting = asyncio.Lock()
                threading.Thread(
                    target=_serve, args=(self._loop,), name="banyan-nats", daemon=True
                ).start()
            return self._loop

    def _unavailable(self, reason: str) -> BrokerUnavailable:
        return BrokerUnavailable(
            f"The broker at {self._shown} cannot be used: {reason}",
            hint="Events wait in the outbox until it is back.",
        )

    async def _connected(self) -> Connection:
        async with self._connecting:
            if self._connection is not None and self._connection.client.is_connected:
                return self._connection
            await self._disconnect()
            lost = asyncio.Event()

            async def tell() -> None:
                lost.set()

            reasons: list[Exception] = []

            async def note(error: Exception) -> None:
                """Each operation reports its own error; nats-py would log them all again."""
                reasons[:] = [error]

            # No reconnecting behind our back: what was under way when the connection broke is
            # unknown, and each user of it has to learn that.
            try:
                client = await nats.connect(
                    self._servers,
                    name=self._name,
                    allow_reconnect=False,
                    max_reconnect_attempts=1,
                    reconnect_time_wait=0,
                    connect_timeout=_CONNECT_TIMEOUT,
                    ping_interval=10,
                    max_outstanding_pings=2,
                    disconnected_cb=tell,
                    closed_cb=tell,
                    error_cb=note,
                )
            except nats.errors.NoServersError as error:
                raise self._unavailable(str(reasons[-1] if reasons else error)) from error
            jetstream = client.jetstream(timeout=_ANSWER_TIMEOUT, publish_async_max_pending=2000)
            self._connection = Connection(client, jetstream, lost)
            return self._connection

    async def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None and not connection.client.is_closed:
            with contextlib.suppress(Exception):
                await asyncio.wait_for(connection.client.close(), 1)

    async def _over_one_connection(
        self, work: Callable[..., Coroutine[Any, Any, T]], *args: Any
    ) -> T:
        """Do something, but wait for no answer of a connection that is gone."""
        connection = await self._connected()
        watch = asyncio.ensure_future(connection.lost.wait())
        task = asyncio.ensure_future(work(connection, *args))
        try:
            await asyncio.wait({task, watch}, return_when=asyncio.FIRST_COMPLETED)
            if not task.done():
                raise self._unavailable("the connection broke")
            return task.result()
        finally:
            watch.cancel()
            task.cancel()

    async def _send(
        self, connection: Connection, envelopes: Sequence[Envelope]
    ) -> Sequence[Refused | None]:
        for project in {project_of(envelope.name) for envelope in envelopes}:
            await self._ensure_stream(connection, project)
        answers: list[Refused | None] = [None] * len(envelopes)
        pending: dict[asyncio.Future[Any], int] = {}
        for index, envelope in enumerate(envelopes):
            headers = {"Nats-Msg-Id": envelope.id, "Content-Type": CONTENT_TYPE}
            try:
                future: asyncio.Future[Any] = await connection.jetstream.publish_async(
                    envelope.name, encode(envelope), headers=headers
                )
            except nats.errors.MaxPayloadError:
                answers[index] = Refused("it is larger than the broker's max_payload", True)
            except nats.errors.BadSubjectError:
                answers[index] = Refused(f"{envelope.name!r} is no NATS subject", True)
            else:
                pending[future] = index
        if pending:
            _, unanswered = await asyncio.wait(pending, timeout=_ANSWER_TIMEOUT)
            if unanswered:
                raise self._unavailable("it does not answer")
        for future, index in pending.items():
            answers[index] = self._answer(future, connection)
        return answers

    def _answer(self, future: asyncio.Future[Any], connection: Connection) -> Refused | None:
        error = future.exception()
        if error is None:
            return None
        if isinstance(error, nats.js.errors.NoStreamResponseError):
            connection.streams.clear()
            raise self._unavailable("it has no stream for these events any more")
        if isinstance(error, nats.js.errors.APIError):
            if error.code == 503:
                raise self._unavailable(str(error.description))
            too_large = error.err_code == _MESSAGE_TOO_LARGE
            return Refused(error.description or str(error), for_good=too_large)
        raise self._unavailable(str(error) or type(error).__name__)

    async def _ensure_stream(self, connection: Connection, project: str) -> None:
        """Make the project's stream unless there is one; one that is there is left as it is."""
        if project in connection.streams:
            return
        jetstream = connection.jetstream
        try:
            await jetstream.stream_info(project)
        except nats.js.errors.NotFoundError:
            try:
                await jetstream.add_stream(
                    api.StreamConfig(
                        name=project,
                        subjects=[f"{project}.>"],
                        description="Events of a project, kept by Banyan",
                        retention=api.RetentionPolicy.LIMITS,
                        storage=api.StorageType.FILE,
                        duplicate_window=DUPLICATE_WINDOW,
                    )
                )
            except nats.js.errors.BadRequestError as error:
                if error.err_code != _STREAM_NAME_IN_USE:
                    raise
        connection.streams.add(project)

    async def _open(
        self,
        connection: Connection,
        consumer: str,
        project: str,
        names: Collection[str],
        after: str,
    ) -> "NatsFeed":
        jetstream = connection.jetstream
        await self._ensure_stream(connection, project)
        stream = await jetstream.stream_info(project)
        if stream.config.retention != api.RetentionPolicy.LIMITS:
            raise self._unavailable(
                f"stream {project} has retention {stream.config.retention!r}, under which it "
                "deletes what a module has not read yet; it must be 'limits'"
            )
        # A stream that was made anew counts from 1 again: a place of the old one means nothing.
        identity = stream.created.isoformat() if stream.created else ""
        known, _, sequence = after.rpartition("/")
        last = int(sequence) if known == identity and sequence.isdigit() else 0
        lost = ""
        if last and stream.state.first_seq > last + 1:
            lost = f"numbers {last + 1} to {stream.state.first_seq - 1} of stream {project}"
        with contextlib.suppress(nats.js.errors.NotFoundError):
            await jetstream.delete_consumer(project, consumer)
        await jetstream.add_consumer(
            project,
            api.ConsumerConfig(
                durable_name=consumer,
                description=f"What module {consumer} hears",
                deliver_policy=api.DeliverPolicy.BY_START_SEQUENCE,
                opt_start_seq=last + 1,
                ack_policy=api.AckPolicy.ALL,
                ack_wait=ACK_WAIT,
                filter_subjects=list(names),
                max_ack_pending=10_000,
            ),
        )
        inbox = connection.client.new_inbox()
        subscription = await connection.client.subscribe(
            inbox, pending_bytes_limit=MOST_PENDING_BYTES
        )
        return NatsFeed(
            self._run,
            connection,
            subscription,
            pull=f"$JS.API.CONSUMER.MSG.NEXT.{project}.{consumer}",
            inbox=inbox,
            identity=identity,
            last=last,
            lost=lost,
        )


def _serve(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    try:
        loop.run_forever()
    finally:
        loop.close()


def _without_password(url: str) -> str:
    parts = urlsplit(url)
    if parts.hostname is None:
        return url
    netloc = parts.hostname + (f":{parts.port}" if parts.port else "")
    return urlunsplit(parts._replace(netloc=netloc))
