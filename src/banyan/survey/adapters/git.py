"""What Git says of a project's folder."""

import subprocess
from pathlib import Path


def commit_of(root: Path) -> str:
    """The commit that is checked out; "" where there is none, or no Git."""
    try:
        done = subprocess.run(  # noqa: S603
            ["git", "-C", str(root), "rev-parse", "HEAD"],  # noqa: S607
            capture_output=True,
            text=True,
            timeout=10,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
