"""The function whose calls are the events: a call in a transaction is kept, the relay makes it."""

import json

from jaiminho.send import save_to_outbox

from peer.stream import SUBJECT, run, stream


@save_to_outbox
def send_order_placed(content: dict[str, object]) -> None:
    """Send it, and wait until the broker has it on disk."""
    run(stream().publish(SUBJECT, json.dumps(content).encode()))
