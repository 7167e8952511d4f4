"""Writes small projects, and what is other in them."""

from collections.abc import Mapping
from pathlib import Path


def write(root: Path, files: Mapping[str, str | None]) -> None:
    """Write files below a folder; None takes one away."""
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        if text is None:
            (root / path).unlink()
        else:
            (root / path).write_text(text)
