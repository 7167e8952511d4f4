"""Runs the ``git`` command so that nothing of a repository is run, and nothing fetched."""

import os
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

SECONDS: Final = 60.0
"""How long one command may take."""
_CHUNK: Final = 1 << 16

# A repository's own configuration may name programs. Of these, git would run none for the commands
# used here; they are switched off all the same, as is what would change the output.
_SETTINGS: Final = (
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    f"core.attributesFile={os.devnull}",
    f"diff.orderFile={os.devnull}",
    "diff.external=",
    "diff.relative=false",
    "log.showSignature=false",
    "log.diffMerges=off",
    "log.mailmap=true",
    "log.follow=false",
    "protocol.allow=never",
    "maintenance.auto=false",
)
# Nothing is asked of a person, nothing is fetched that a partial clone left out, nothing locked.
_ENVIRONMENT: Final = {
    "LC_ALL": "C",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_LITERAL_PATHSPECS": "1",
}


class GitFailed(Exception):
    """The command did not do what it was asked for; its words are in the message."""


class Running:
    """A git command while it runs, with an end to its time.

    Args:
        given: what it reads, if it reads something.

    Raises:
        GitFailed: on leaving, where the command failed by itself.
    """

    def __init__(
        self, root: Path, arguments: list[str], seconds: float, given: IO[bytes] | None = None
    ) -> None:
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115
        self._process = _started(root, arguments, self._errors, given)
        self._timer = threading.Timer(seconds, self._stop)
        self.is_late = False

    def __enter__(self) -> "Running":
        self._timer.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._timer.cancel()
        if kind is not None:
            self._process.kill()
        self.output.close()
        status = self._process.wait()
        with self._errors:
            self._errors.seek(0)
            words = self._errors.read(2_000).decode("utf-8", "replace")
        if kind is None and status != 0 and not self.is_late:
            raise GitFailed(_worded(words))

    @property
    def output(self) -> IO[bytes]:
        """What it writes."""
        assert self._process.stdout is not None  # noqa: S101
        return self._process.stdout

    def tokens(self) -> Iterator[bytes]:
        """What it writes, between the zero bytes."""
        rest = b""
        while chunk := self.output.read(_CHUNK):
            *whole, rest = (rest + chunk).split(b"\0")
            yield from whole

    def _stop(self) -> None:
        self.is_late = True
        self._process.kill()


def git(root: Path, *arguments: str) -> str:
    """What a command writes.

    Raises:
        GitFailed: there is no Git, no repository, or the command failed.
    """
    with tempfile.TemporaryFile() as errors:
        process = _started(root, list(arguments), errors)
        try:
            said, _ = process.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise GitFailed(f"git {arguments[0]} took longer than {SECONDS:.0f} s.") from None
        errors.seek(0)
        if process.returncode:
            raise GitFailed(_worded(errors.read(2_000).decode("utf-8", "replace")))
    return said.decode("utf-8", "surrogateescape")


def _started(
    root: Path, arguments: list[str], errors: IO[bytes], given: IO[bytes] | None = None
) -> "subprocess.Popen[bytes]":
    settings = [part for one in _SETTINGS for part in ("-c", one)]
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    try:
        return subprocess.Popen(  # noqa: S603
            ["git", "--no-pager", *settings, *arguments],  # noqa: S607
            cwd=root,
            env=environment | _ENVIRONMENT,
            stdin=given or subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
        )
    except OSError:
        raise GitFailed("The history: the command `git` was not found here.") from None


def _worded(words: str) -> str:
    if "not a git repository" in words:
        return "The history: there is no Git repository here."
    if "dubious ownership" in words:
        return (
            "The history: git refuses to read a repository of somebody else "
            "(`git config --global --add safe.directory FOLDER` allows it)."
        )
    return f"The history: git said {' '.join(words.split())[:300]!r}."
