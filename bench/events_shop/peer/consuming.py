"""Reads the stream in batches, and writes each ticket in a transaction. It has no inbox."""

import asyncio
import json

import django
from nats.errors import TimeoutError as NothingThere

from peer.stream import SUBJECT, run, stream


def main() -> None:
    """Read until it is killed."""
    django.setup()
    from django.db import transaction
    from kitchen.models import Ticket

    subscription = run(stream().pull_subscribe(SUBJECT, durable="kitchen"))
    print("ready", flush=True)
    while True:
        try:
            messages = run(subscription.fetch(100, timeout=5))
        except NothingThere:
            continue
        for message in messages:
            content = json.loads(message.data)
            with transaction.atomic():
                Ticket.objects.create(order_id=content["order_id"], dish=content["dish"])

        async def acknowledge(done: list[object] = messages) -> None:
            await asyncio.gather(*(message.ack() for message in done))

        run(acknowledge())


if __name__ == "__main__":
    main()
