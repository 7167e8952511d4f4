"""``manage.py banyan_calls``: deletes the idempotency keys that are old enough."""

from argparse import ArgumentParser
from typing import Any, cast

from django.apps import apps
from django.core.management.base import BaseCommand

from banyan.calls.apps import CallsConfig
from banyan.calls.residents import aliases


class Command(BaseCommand):
    """The tools for remembered commands."""

    help = (
        "Looks after what is remembered of commands that had an idempotency key. Services delete "
        "what is older than the retention as they run commands; this does it now."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
        actions.add_parser("forget", help="delete the keys that are older than the retention")

    def handle(self, *_: Any, **__: Any) -> None:
        config = cast(CallsConfig, apps.get_app_config("banyan_calls"))
        for alias in aliases():
            deleted = config.forgetting.all_old(alias)
            self.stdout.write(f"{alias}: {deleted} keys forgotten")
