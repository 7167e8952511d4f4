"""One module's messages from a NATS stream, pulled without a pause and without a gap."""

# nats-py types its options in part.
# pyright: reportUnknownMemberType=false

import asyncio
import contextlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription
from nats.js import JetStreamContext

from banyan.events.ports import BrokerUnavailable, Received

_HEARTBEAT = 2.0
_PULL_EXPIRES = 30.0
_PULL_BYTES = 32 * 1024 * 1024
MOST_PENDING_BYTES = 8 * _PULL_BYTES
_ANSWER_TIMEOUT = 10.0

# Source: nats-server, server/consumer.go; how a pull request ends without an error.
_REQUEST_ENDED = frozenset({"Batch Completed", "Message Size Exceeds MaxBytes"})


@dataclass(frozen=True, slots=True)
class Connection:
    """A connection that is used until it breaks, and never again.

    Attributes:
        lost: set when it broke.
        streams: the projects whose streams are known to be there.
    """

    client: Client
    jetstream: JetStreamContext
    lost: asyncio.Event
    streams: set[str] = field(default_factory=set[str])


class NatsFeed:
    """A pull that never ends: one request is always under way, so that a message comes at once.

    nats-py's ``fetch`` waits for the whole batch or its timeout after the first message, or makes
    a round trip for each; the protocol itself does better.
    """

    def __init__(
        self,
        run: Callable[..., Any],
        connection: Connection,
        subscription: Subscription,
        *,
        pull: str,
        inbox: str,
        identity: str,
        last: int,
        lost: str,
    ) -> None:
        self._run = run
        self._connection = connection
        self._subscription = subscription
        self._pull = pull
        self._inbox = inbox
        self._identity = identity
        self._last = last
        self._lost = lost
        self._consumer_sequence = 0
        self._requested = 0
        self._heard = 0.0
        self._unacknowledged: dict[str, Msg] = {}

    @property
    def lost(self) -> str:
        return self._lost

    def receive(self, limit: int, seconds: float) -> Sequence[Received]:
        return self._run(self._receive(limit, seconds), seconds + _ANSWER_TIMEOUT)  # type: ignore[no-any-return]

    def acknowledge(self, last: Received) -> None:
        message = self._unacknowledged.get(last.place)
        self._unacknowledged.clear()
        if message is not None:
            # The bookmark is what counts, so a lost acknowledgement costs nothing.
            with contextlib.suppress(BrokerUnavailable):
                self._run(message.ack())

    def close(self) -> None:
        with contextlib.suppress(BrokerUnavailable):
            self._run(self._subscription.unsubscribe())

    async def _receive(self, limit: int, seconds: float) -> Sequence[Received]:
        loop = asyncio.get_running_loop()
        if not self._heard:
            self._heard = loop.time()
        batch: list[Received] = []
        ends = loop.time() + seconds
        while len(batch) < limit:
            if self._requested <= limit // 2:
                await self._request(limit)
            waits = 0.0 if batch else ends - loop.time()
            message = await self._next(waits)
            if message is None:
                break
            self._heard = loop.time()
            received = self._read(message)
            if received:
                batch.append(received)
                self._unacknowledged = {received.place: message}
        if not batch and loop.time() - self._heard > 3 * _HEARTBEAT:
            raise BrokerUnavailable("The broker's heartbeat for this consumer stopped.")
        return batch

    async def _next(self, seconds: float) -> Msg | None:
        if self._subscription.pending_msgs == 0:
            if seconds <= 0:
                return None
            if self._connection.lost.is_set():
                raise BrokerUnavailable("The connection to the broker broke.")
        try:
            return await self._subscription.next_msg(timeout=max(seconds, 0.001))
        except TimeoutError:
            if self._connection.lost.is_set():
                raise BrokerUnavailable("The connection to the broker broke.") from None
            return None

    async def _request(self, limit: int) -> None:
        body = {
            "batch": limit,
            "expires": int(_PULL_EXPIRES * 1e9),
            "idle_heartbeat": int(_HEARTBEAT * 1e9),
            "max_bytes": _PULL_BYTES,
        }
        await self._connection.client.publish(
            self._pull, json.dumps(body).encode(), reply=self._inbox
        )
        self._requested += limit

    def _read(self, message: Msg) -> Received | None:
        """A message, or None for what the server says about the request."""
        headers = message.headers or {}
        status = headers.get("Status")
        if status == "100":
            return None
        if status is not None:
            description = headers.get("Description", "")
            if status in ("404", "408") or description in _REQUEST_ENDED:
                # The server tells how many messages this request would still have brought.
                left = headers.get("Nats-Pending-Messages", "")
                self._requested -= int(left) if left.isdigit() else self._requested
                return None
            raise BrokerUnavailable(f"The broker ended the feed: {status} {description}")
        self._requested -= 1
        numbers = message.metadata.sequence
        # Each delivery has the next number: one that is missing was sent and never came.
        if numbers.consumer != self._consumer_sequence + 1:
            raise BrokerUnavailable(
                f"Message {self._consumer_sequence + 1} of the feed is missing; it is read anew."
            )
        self._consumer_sequence = numbers.consumer
        if numbers.stream <= self._last:
            return None
        self._last = numbers.stream
        return Received(f"{self._identity}/{numbers.stream}", message.subject, message.data)
