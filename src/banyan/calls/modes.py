"""Whether local calls are strict or fast."""

import os
import sys
from typing import Literal


def is_strict(mode: Literal["strict", "fast"] | None, *, debug: bool) -> bool:
    """Whether local calls pass through the wire's codec.

    Args:
        mode: the setting; None for strict in development and in tests, and fast elsewhere.
    """
    if mode is not None:
        return mode == "strict"
    return debug or _in_tests()


def _in_tests() -> bool:
    # pytest names itself in the environment; every Django test runner replaces the mail backend
    # and gives it an outbox, which nothing else does.
    return "PYTEST_VERSION" in os.environ or hasattr(sys.modules.get("django.core.mail"), "outbox")
