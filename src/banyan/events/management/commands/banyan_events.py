"""``manage.py banyan_events``: moves the events of this service, and sets free what is stuck."""

import signal
import threading
from argparse import ArgumentParser
from types import FrameType
from typing import Any, cast

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError

from banyan import conf, modules
from banyan.errors import BanyanError
from banyan.events.apps import PARTS, EventsConfig
from banyan.events.reporting import Counters, logger

_REPORT_EVERY = 60.0
_PATIENCE = 30.0


class Command(BaseCommand):
    """Relay, consumer, and the tools for dead events."""

    help = (
        "Moves the events of this service: the relay carries them from the outbox to the broker, "
        "the consumer brings them to the handlers. Ends after SIGTERM or Ctrl-C, when the handlers "
        "that are running are done. Without a broker it hands events to the handlers itself."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", metavar="ACTION")
        parser.add_argument("--only", choices=PARTS, help="run this part alone")
        parser.add_argument(
            "--threads", type=int, help="threads that run handlers, for each database"
        )
        actions.add_parser("status", help="count what stands in the outbox and the inbox")
        for action, text in (
            ("dead", "list the events that were given up"),
            ("replay", "try dead events again, from the first attempt"),
            ("discard", "give dead events up for good, so that what waits behind them goes on"),
        ):
            sub = actions.add_parser(action, help=text)
            sub.add_argument("event", nargs="*", help="ids of events; all dead ones without any")
            if action == "discard":
                sub.add_argument("--all", action="store_true", help="discard all dead events")

    def handle(self, *_: Any, **options: Any) -> None:
        config = cast(EventsConfig, apps.get_app_config("banyan_events"))
        try:
            match options["action"]:
                case None:
                    self._run(config, options)
                case "status":
                    self._status(config)
                case "dead":
                    self._dead(config, options["event"])
                case "replay":
                    self._say("replayed", config.repair.replay(options["event"]))
                case _:
                    if not options["event"] and not options["all"]:
                        raise CommandError("Name the events to discard, or say --all.")
                    self._say("discarded", config.repair.discard(options["event"]))
        except BanyanError as error:
            raise CommandError(str(error)) from error

    def _run(self, config: EventsConfig, options: dict[str, Any]) -> None:
        counters = Counters()
        broker = config.broker()
        parts = (options["only"],) if options["only"] else PARTS
        if broker is None and options["only"]:
            raise CommandError(
                "Without a broker the relay hands events to the handlers itself; run both parts."
            )
        threads = options["threads"] or conf.settings().events.threads
        crew = config.assembly(broker, counters).crew(parts, threads=threads)
        stop = threading.Event()

        def ask_to_stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
            stop.set()

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, ask_to_stop)
        crew.start()
        service = modules.current().service or "all modules"
        way = "through the broker" if broker else "in this process"
        self.stdout.write(f"banyan_events ready: {' and '.join(parts)} of {service}, {way}")
        self.stdout.flush()
        told: dict[str, int] = {}
        while not stop.wait(_REPORT_EVERY):
            told = _report(counters, told)
        self.stdout.write("banyan_events stops")
        finished = crew.stop(_PATIENCE)
        if broker is not None:
            broker.close()
        _report(counters, told)
        if not finished:
            raise CommandError(
                f"A handler still ran after {_PATIENCE:.0f} s; its event is taken up again when "
                "its lease ends."
            )

    def _status(self, config: EventsConfig) -> None:
        for alias, boxes in config.repair.counts().items():
            for box, states in boxes.items():
                counts = ", ".join(f"{state} {count}" for state, count in states.items())
                self.stdout.write(f"{alias} {box}: {counts or 'empty'}")

    def _dead(self, config: EventsConfig, events: list[str]) -> None:
        found = False
        for letter in config.repair.dead(events):
            found = True
            self.stdout.write(
                f"{letter.event_id} {letter.name} in the {letter.box} of {letter.alias}"
                f"{f' for {letter.subscription}' if letter.subscription else ''}"
                f"{f', {letter.held} wait behind it' if letter.held else ''}: {letter.reason}"
            )
        if not found:
            self.stdout.write("No event is dead.")

    def _say(self, done: str, count: int) -> None:
        self.stdout.write(f"{count} events {done}.")


def _report(counters: Counters, told: dict[str, int]) -> dict[str, int]:
    """One line with the counts since the start, when they changed."""
    now = counters.read()
    if now != told:
        shown = " ".join(f"{name}={count}" for name, count in now.items())
        logger.info("Events since the start: %s", shown)
    return now
