"""Programs that the tests need from the operating system."""

import os
import shutil
import subprocess
import sys

from tools.dev.speech import say

_BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]


def install_with_apt(package: str) -> bool:
    """Install a Debian package, where that is possible without asking anybody."""
    if not (shutil.which("apt-get") and os.geteuid() == 0):
        return False
    say(f"installing {package} with apt-get")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "--yes", "--no-install-recommends", package]):
        done = subprocess.run(
            ["apt-get", "--quiet", "--quiet", *command], env=quiet, stdout=sys.stderr, check=False
        )
        if done.returncode:
            say(f"apt-get {command[0]} ended with status {done.returncode}")
    return done.returncode == 0


def want_a_browser() -> None:
    """See that there is a browser for the tests that drive one, or say that they will miss it."""
    if any(map(shutil.which, _BROWSERS)) or install_with_apt("chromium"):
        return
    say(
        "there is no Chromium, so the browser's tests will not run. "
        "Install it (Debian: sudo apt-get install chromium; macOS: brew install chromium)."
    )
