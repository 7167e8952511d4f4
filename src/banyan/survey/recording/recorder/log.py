"""The facts of one process, each written down once, at once."""

from __future__ import annotations

import json
import os
from typing import Any


class Log:
    """The facts of this process: each is appended once to the process's own file."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._seen: set[tuple[Any, ...]] = set()
        # The project's tests may replace what the modules hold by fakes; these are the real ones.
        self._system = (os.open, os.write, os.close, os.getpid)
        self._encode = json.JSONEncoder(separators=(",", ":")).encode

    def add(self, *fact: Any) -> None:
        """Append a fact that is new."""
        if fact not in self._seen:
            self._seen.add(fact)
            self.append(fact)

    def append(self, fact: tuple[Any, ...]) -> None:
        """Append a fact. No file stays open: a daemon closes them all, and reuses the numbers."""
        open_, write, close, process = self._system
        file = f"{self._folder}{os.sep}facts-{process()}.jsonl"
        descriptor = open_(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        try:
            write(descriptor, (self._encode(fact) + "\n").encode())
        finally:
            close(descriptor)
