"""What a test needs of the machine: missing it fails in CI, and is skipped by name on a laptop."""

import os
import shutil

import pytest

_BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]


def require(what: str, *, is_there: bool) -> None:
    """Go on when it is there; else fail where `CI` is set, and skip elsewhere."""
    if is_there:
        return
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing, and in CI it must be there", pytrace=False)
    pytest.skip(f"{what} is missing on this machine")


def require_browser() -> str:
    """The path of the system's Chromium."""
    found = [path for name in _BROWSERS if (path := shutil.which(name))]
    require("Chromium", is_there=bool(found))
    return found[0]
