"""A clone of a repository, to look at one commit after the other."""

import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Commit:
    """A commit of the first-parent line."""

    id: str
    subject: str


class History:
    """The commits of a repository's main line, in a clone of its own.

    Args:
        repository: is read only.
        folder: a new one, for the clone.
    """

    def __init__(self, repository: Path, folder: Path) -> None:
        self.folder = folder
        source = str(repository.resolve())
        command = ["git", "clone", "-q", "--shared", "--no-checkout", source, str(folder)]
        subprocess.run(command, check=True)

    def last(self, number: int) -> list[Commit]:
        """The last commits, oldest first; merges are taken as what they bring to the main line."""
        told = self._git("log", "--first-parent", f"-n{number}", "--format=%H%x00%s")
        rows = [line.split("\0", 1) for line in told.splitlines()]
        return [Commit(id, subject) for id, subject in reversed(rows)]

    def show(self, commit: Commit) -> None:
        """Bring a commit's files into the folder, and nothing else."""
        self._git("checkout", "-q", "--force", "--detach", commit.id)
        self._git("clean", "-q", "-ffdx")

    def _git(self, *arguments: str) -> str:
        command = ["git", "-C", str(self.folder), *arguments]
        done = subprocess.run(command, check=True, capture_output=True, text=True, errors="replace")
        return done.stdout
