"""A script on the standard library alone: it ends what a supervisor started when that is gone.

The supervisor holds the only other end of our standard input. However it dies, we then read the
end of the file. We run in a session of our own, so no closed terminal and no Ctrl-C reaches us.
"""

import contextlib
import os
import signal
import sys
import time
from collections.abc import Iterable
from pathlib import Path

PATIENCE = 5.0
"""Seconds between asking processes to end and ending them."""


def marked(mark: bytes) -> set[int]:
    """The processes that have the supervisor's mark in their environment, where /proc tells.

    They are found even if they have left their process group.
    """
    found: set[int] = set()
    for entry in Path("/proc").glob("[0-9]*/environ"):
        with contextlib.suppress(OSError):
            if mark in entry.read_bytes().split(b"\0"):
                found.add(int(entry.parent.name))
    return found - {os.getpid()}


def send(number: int, groups: Iterable[int], processes: Iterable[int]) -> bool:
    """Signal groups and processes; whether any of them was there."""
    found = False
    for group in groups:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(group, number)
            found = True
    for process in processes:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(process, number)
            found = True
    return found


def end(groups: set[int], mark: bytes) -> None:
    """End everything: first by asking, then by force."""
    if not send(signal.SIGTERM, groups, marked(mark)):
        return
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if not send(0, groups, marked(mark)):
            return
        time.sleep(0.05)
    send(signal.SIGKILL, groups, marked(mark))


def main() -> None:
    """Keep the list of process groups that the supervisor tells, and end them at the end of it."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    groups: set[int] = set()
    for line in sys.stdin.buffer:
        # "+123" for a new group; "-123" for one that has ended.
        change, group = line[:1], int(line[1:])
        if change == b"+":
            groups.add(group)
        else:
            groups.discard(group)
    end(groups, sys.argv[1].encode())


if __name__ == "__main__":
    main()
