"""``manage.py dying_events POINT``: banyan_events, killed by itself at one point of its work."""

import os
import signal
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from banyan.events.adapters.nats import NatsBroker
from banyan.events.adapters.nats_feed import NatsFeed
from banyan.events.adapters.orm import OrmInbox
from banyan.events.management.commands.banyan_events import Command as EventsCommand
from banyan.leases.adapters.orm import OrmClaims

# Where to die: the method, whether before or after it, and at which of its calls.
POINTS: dict[str, tuple[type, str, str, int]] = {
    "before-sending": (NatsBroker, "send", "before", 1),
    "sent-but-not-marked": (NatsBroker, "send", "after", 1),
    "claimed": (OrmClaims, "claim", "after", 1),
    "before-keeping": (OrmInbox, "turn_page", "before", 1),
    "kept-but-not-acknowledged": (OrmInbox, "turn_page", "after", 1),
    "acknowledged": (NatsFeed, "acknowledge", "after", 1),
    "handled-but-not-committed": (OrmClaims, "complete", "after", 40),
}


class Command(EventsCommand):
    """Dies with SIGKILL at the chosen point."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--point", choices=POINTS, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        owner, name, when, calls = POINTS[options["point"]]
        original: Callable[..., Any] = getattr(owner, name)
        seen = 0

        def dying(*given: Any, **named: Any) -> Any:
            nonlocal seen
            if when == "before" and (seen := seen + 1) == calls:
                os.kill(os.getpid(), signal.SIGKILL)
            result = original(*given, **named)
            # A look that found nothing to claim is no point of the work.
            done = result is not None or name != "claim"
            if when == "after" and done and (seen := seen + 1) == calls:
                os.kill(os.getpid(), signal.SIGKILL)
            return result

        setattr(owner, name, dying)
        super().handle(*args, **options)
