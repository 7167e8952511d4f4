"""Asks a project's Django for what only it knows, in a process of its own."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import msgspec

from banyan.modules import Project
from banyan.workbench.facts import Facts
from banyan.workbench.failures import broken_project

PATIENCE = 120.0
LINES_SHOWN = 12


def ask(project: Project, environment: Mapping[str, str]) -> Facts:
    """The facts of a project.

    Raises:
        FindingsError: Django cannot load it.
    """
    with tempfile.TemporaryDirectory(prefix="banyan-") as folder:
        answer = Path(folder) / "facts.json"
        try:
            done = subprocess.run(  # noqa: S603 - our own module
                [sys.executable, "-m", "banyan.workbench.adapters.inspection", str(answer)],
                cwd=project.folder,
                env={**os.environ, **environment},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                timeout=PATIENCE,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise broken_project([f"(nothing within {PATIENCE:g} s)"], project) from None
        if done.returncode != 0 or not answer.is_file():
            lines = done.stdout.decode(errors="replace").strip().splitlines()
            raise broken_project(lines[-LINES_SHOWN:], project)
        return msgspec.json.decode(answer.read_bytes(), type=Facts)
