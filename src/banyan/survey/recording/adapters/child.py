"""A child process whose end is waited for, whatever signal comes first."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from types import FrameType

from banyan.errors import ConfigurationError


def run(command: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run a command to its end, with the streams of this process.

    Ctrl-C, SIGTERM and SIGHUP are for the child: it ends as it would have without us.

    Returns:
        Its exit status, as a shell says it: 128 and the signal's number when one ended it.

    Raises:
        ConfigurationError: there is no such command.
    """
    child: subprocess.Popen[bytes] | None = None

    def pass_on(number: int, _frame: FrameType | None) -> None:
        # A Ctrl-C at a terminal goes to the child as well as to us; twice would be a second one.
        if child is not None and not (number == signal.SIGINT and _is_in_the_foreground()):
            child.send_signal(number)

    passed_on = [signal.SIGINT, signal.SIGTERM]
    if sys.platform != "win32":
        passed_on.append(signal.SIGHUP)
    # What is ignored, as by nohup, is so in the child too.
    before = {
        number: signal.signal(number, pass_on)
        for number in passed_on
        if signal.getsignal(number) is not signal.SIG_IGN
    }
    try:
        child = subprocess.Popen(command, env=environment)  # noqa: S603
        status = child.wait()
    except OSError as error:
        raise ConfigurationError(
            f"{command[0]!r} can't be run: {error.strerror}",
            hint="After -- comes the command as you write it without banyan, "
            "for example: banyan record -- pytest",
            code="banyan.recording",
        ) from error
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    return 128 - status if status < 0 else status


def _is_in_the_foreground() -> bool:
    """Whether a terminal sends its signals to this process and its children."""
    try:
        terminal = os.open(os.ctermid(), os.O_RDONLY)
    except (OSError, AttributeError):
        return False
    try:
        return os.tcgetpgrp(terminal) == os.getpgrp()
    except OSError:
        return False
    finally:
        os.close(terminal)
