"""Forgetting old idempotency keys as new ones come, so that nobody has to see to it."""

import itertools
import logging
from collections import defaultdict
from collections.abc import Callable

from banyan.calls.ports import Ledger

logger = logging.getLogger("banyan.calls")

# Each so many commands with a key, a process deletes more than have come meanwhile.
_EVERY = 100
_AT_ONCE = 1000


class Forgetting:
    """Deletes what is older than the retention.

    Args:
        retention: the seconds for which keys are kept, asked each time.
    """

    def __init__(self, ledger: Ledger, retention: Callable[[], float]) -> None:
        self._ledger = ledger
        self._retention = retention
        # Counting with `next` needs no lock.
        self._commands: defaultdict[str, itertools.count[int]] = defaultdict(
            lambda: itertools.count(1)
        )

    def after_command(self, alias: str) -> None:
        """Count a command that had a key and has ended; every now and then, delete."""
        if next(self._commands[alias]) % _EVERY:
            return
        try:
            self._ledger.forget(alias, self._retention(), _AT_ONCE)
        except Exception as error:
            # The command itself is done. The next ones try again.
            logger.warning("Old idempotency keys in %s are not deleted: %s", alias, error)

    def all_old(self, alias: str) -> int:
        """Delete them now, to the last; returns how many."""
        deleted = 0
        while batch := self._ledger.forget(alias, self._retention(), _AT_ONCE):
            deleted += batch
        return deleted
