"""What `./dev` says: on the error stream, so that a command's own output stays clean."""

import sys
from typing import NoReturn


def say(text: str) -> None:
    """Tell the developer what is being done."""
    sys.stderr.write(f"dev: {text}\n")
    sys.stderr.flush()


def progress(text: str) -> None:
    """Show how far it is, on one line that the next one takes; only where somebody looks."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\033[K{text and f'dev: {text}'}")
        sys.stderr.flush()


def stop(text: str, status: int = 2) -> NoReturn:
    """Tell the developer why it ends here, and end."""
    say(text)
    raise SystemExit(status)
