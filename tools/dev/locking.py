"""Writes the lock files: every package with its version and hashes, for all platforms."""

import subprocess
from pathlib import Path

from tools.dev.environments import ROOT
from tools.dev.speech import say

_COMMON = [
    "--quiet",
    "--universal",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-annotate",
    "--no-header",
    "--no-config",
]
_ALL = ["pyproject.toml", "--extra=up", "--group=dev"]
# The oldest Python of each file, and what goes into it.
_FILES = {
    "django-5.2": ("3.11", [*_ALL, "--constraints=locks/django-5.2.in"]),
    "django-6.1": ("3.12", [*_ALL, "--constraints=locks/django-6.1.in"]),
    "bench": ("3.11", [*_ALL, "--group=bench", "--constraints=locks/django-5.2.in"]),
    "uv": ("3.11", ["locks/uv.in"]),
}


def write_all(uv: Path, *, upgrade: bool) -> int:
    """Resolve each lock file; versions that are locked already stay, unless upgraded."""
    for name, (python, inputs) in _FILES.items():
        command = [str(uv), "pip", "compile", *_COMMON, f"--python-version={python}", *inputs]
        command += [f"--output-file=locks/{name}.txt"] + ["--upgrade"] * upgrade
        say(f"resolving locks/{name}.txt")
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=False)
        if done.returncode:
            return done.returncode
    return 0
