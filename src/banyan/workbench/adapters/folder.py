"""The folder of a system: its lock, its state, its secrets, its logs."""

import contextlib
import fcntl
import os
import secrets
import shutil
import time
from pathlib import Path
from typing import TextIO

import msgspec

from banyan.workbench.adapters.sockets import Reservations
from banyan.workbench.failures import already_running
from banyan.workbench.log import Line
from banyan.workbench.states import SystemState

STATE = "state.json"
LOCK = "lock"
# A guardian that is still ending what a killed run left holds the lock for about this long.
PATIENCE = 8.0


class Folder:
    """A folder that one running system has for itself."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.reservations = Reservations()
        self._lock: int | None = None
        self._logs: dict[str, TextIO] = {}

    def open(self) -> int:
        """Make the folder and take it; the file descriptor that holds it.

        Raises:
            FindingsError: another system has it.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        if self.path.parent.name == ".banyan":
            (self.path.parent / ".gitignore").write_text("*\n")
        descriptor = os.open(self.path / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        deadline = time.monotonic() + PATIENCE
        while not _locked(descriptor):
            state = read_state(self.path)
            if (state and _is_alive(state.pid)) or time.monotonic() > deadline:
                os.close(descriptor)
                raise already_running(
                    self.path, state.pid if state else None, state.url if state else ""
                )
            time.sleep(0.1)
        self._lock = descriptor
        return descriptor

    def clear(self) -> None:
        """Remove all that earlier runs have left."""
        for entry in self.path.iterdir():
            if entry.name == LOCK:
                continue
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            else:
                entry.unlink()

    def close(self) -> None:
        """Give the folder up."""
        for file in self._logs.values():
            file.close()
        self._logs.clear()
        (self.path / STATE).unlink(missing_ok=True)
        self.reservations.release()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def write_state(self, state: SystemState) -> None:
        """Tell ``banyan status`` how things stand."""
        # The folder may be removed under us, as by `git clean`; the system runs on, and ends.
        with contextlib.suppress(FileNotFoundError):
            replace(self.path / STATE, msgspec.json.encode(state).decode())

    def secret(self, name: str) -> str:
        """A secret of this folder, made at the first need."""
        file = self.path / f"{name}.secret"
        if not file.is_file():
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w") as stream:
                stream.write(secrets.token_urlsafe(48))
        return file.read_text()

    def log_file(self, part: str) -> Path:
        """Where a part's lines are kept."""
        return self.path / "log" / f"{part}.log"

    def keep(self, line: Line) -> None:
        """Write a line into its part's file, which begins anew with each run."""
        with contextlib.suppress(OSError, ValueError):
            if line.part not in self._logs:
                file = self.log_file(line.part)
                file.parent.mkdir(exist_ok=True)
                self._logs[line.part] = file.open("w", encoding="utf-8")
            stamp = time.strftime("%H:%M:%S", time.localtime(line.time))
            self._logs[line.part].write(f"{stamp}.{int(line.time * 1000) % 1000:03} {line.text}\n")
            self._logs[line.part].flush()


def read_state(folder: Path) -> SystemState | None:
    """What a running system last told of itself; None when there is nothing to read."""
    try:
        return msgspec.json.decode((folder / STATE).read_bytes(), type=SystemState)
    except (OSError, ValueError):
        return None


def is_taken(folder: Path) -> bool:
    """Whether a system runs in a folder."""
    try:
        descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        return not _locked(descriptor)
    finally:
        os.close(descriptor)


def replace(file: Path, text: str) -> None:
    """Write a file as one change: a reader sees the old text or the new, never a part."""
    new = file.with_name(f".{file.name}.new")
    new.write_text(text)
    new.replace(file)


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
