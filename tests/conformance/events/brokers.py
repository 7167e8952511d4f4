"""What the conformance suite needs to do to a broker's server, for each adapter."""

import asyncio
from pathlib import Path
from typing import Protocol

import nats
from tests.servers.nats import NatsServer

from banyan.events.adapters.nats import NatsBroker
from banyan.events.ports import Broker


class BrokerWorld(Protocol):
    """A server of one kind, and the adapter that speaks to it."""

    def start(self) -> None: ...

    def kill(self) -> None: ...

    def wipe(self) -> None:
        """Kill it and lose what it stored; ``start`` makes it anew, empty."""
        ...

    def stop(self) -> None: ...

    def broker(self) -> Broker:
        """A new adapter, connected to nothing yet."""
        ...

    def inject(self, name: str, body: bytes) -> None:
        """Put any bytes where events of this name are."""
        ...


class NatsWorld:
    """NATS JetStream."""

    def __init__(self, folder: Path) -> None:
        self._server = NatsServer(folder)
        self.start = self._server.start
        self.kill = self._server.kill
        self.wipe = self._server.wipe
        self.stop = self._server.stop

    def broker(self) -> Broker:
        return NatsBroker(self._server.url)

    def inject(self, name: str, body: bytes) -> None:
        async def publish() -> None:
            client = await nats.connect(self._server.url)
            await client.jetstream().publish(name, body)
            await client.close()

        asyncio.run(publish())


WORLDS = {"nats": NatsWorld}
