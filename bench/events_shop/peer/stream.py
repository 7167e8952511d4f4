"""NATS JetStream for code that is not async: one connection, on a loop in a thread."""

import asyncio
import os
import threading
from collections.abc import Coroutine
from functools import cache
from typing import Any, TypeVar

import nats
from nats.js import JetStreamContext

T = TypeVar("T")
SUBJECT = "deli.orders"


@cache
def _loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, daemon=True).start()
    return loop


def run(work: Coroutine[Any, Any, T]) -> T:
    """Wait for what runs on the loop."""
    return asyncio.run_coroutine_threadsafe(work, _loop()).result(30)


@cache
def stream() -> JetStreamContext:
    """The stream of the events, which is made when it is missing."""

    async def connect() -> JetStreamContext:
        client = await nats.connect(os.environ["DELI_NATS"])
        stream = client.jetstream()
        await stream.add_stream(name="deli-peer", subjects=[SUBJECT])
        return stream

    return run(connect())
