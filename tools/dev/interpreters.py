"""Finds the Pythons of this machine."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tools.dev.speech import stop


def this_python() -> tuple[str, str]:
    """The path and the version (as `3.11`) of the Python that runs this, outside of any venv."""
    base = Path(sys.base_prefix) / "bin" / f"python3.{sys.version_info.minor}"
    return str(base if base.exists() else sys.executable), f"3.{sys.version_info.minor}"


def python_of_version(version: str) -> tuple[str, str]:
    """The path of a Python of that version (as `3.12`): this one, one on PATH, or one of pyenv's.

    Raises:
        SystemExit: there is none; says how to get one.
    """
    if version == this_python()[1]:
        return this_python()
    check = f"import sys; sys.exit('%d.%d' % sys.version_info[:2] != '{version}')"
    for path in _candidates(version):
        done = subprocess.run([path, "-c", check], stderr=subprocess.DEVNULL, check=False)
        if done.returncode == 0:
            return path, version
    return stop(
        f"there is no Python {version} on the PATH or among pyenv's. "
        f"Install it (pyenv install {version}, or your system's package) and run this again."
    )


def _candidates(version: str) -> Iterator[str]:
    if on_path := shutil.which(f"python{version}"):
        yield on_path
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path("~/.pyenv").expanduser())
    for folder in sorted((pyenv / "versions").glob(f"{version}*")):
        yield str(folder / "bin" / "python3")
