"""Makes, shows and rotates the keys that tokens are signed with."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from banyan.errors import ConfigurationError
from banyan.identity.keys import key_id
from banyan.identity.parts import KeyStore, parts


class Command(BaseCommand):
    """``manage.py banyan_keys generate | show | rotate``."""

    help = "Make, show and rotate the keys that tokens are signed with."
    requires_system_checks: list[str] = []  # pyright: ignore[reportIncompatibleVariableOverride]

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The three things that can be done."""
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("generate", help="make keys where there are none")
        actions.add_parser("show", help="print the public keys, as other services are given them")
        rotate = actions.add_parser(
            "rotate", help="sign with the next key; tokens of the current one stay valid"
        )
        rotate.add_argument(
            "--now", action="store_true", help="even if services may not know the next key yet"
        )
        rotate.add_argument(
            "--forget",
            action="store_true",
            help="refuse every token of the current key: for a key that has leaked",
        )

    def handle(self, *_: Any, action: str, **options: Any) -> None:
        """Do it."""
        keys = parts().signing_keys
        if keys is None:
            raise CommandError("Keys are kept where users live, and this is another service.")
        try:
            if action == "show":
                self.stdout.write(json.dumps(keys.ring().document(), indent=2))
            elif not isinstance(keys, KeyStore):
                keys.ring()
                raise CommandError("The keys of this process live in memory only.")
            elif action == "generate":
                self._generate(keys)
            else:
                keys.rotate(at_once=options["now"], forget=options["forget"])
                self.stdout.write(f"Tokens are now signed with {key_id(keys.ring().current)}.")
        except ConfigurationError as error:
            raise CommandError(str(error)) from None

    def _generate(self, keys: KeyStore) -> None:
        made = keys.prepare()
        what = "Made" if made else "Kept"
        self.stdout.write(f"{what} {key_id(keys.ring().current)} in {keys.path}.")
