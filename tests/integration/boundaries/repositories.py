"""Git repositories that tests write, commit by commit, far from anyone's configuration."""

import os
import subprocess
from pathlib import Path

from tests.unit.boundaries.advice.logs import moment


class Repository:
    """A repository in a folder; each commit a day after the one before, unless told otherwise."""

    def __init__(self, root: Path, day: str = "2026-01-01") -> None:
        self.root = root
        self._clock = moment(day)
        root.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str, author: str = "Ada", address: str = "ada@shop.example") -> str:
        plain = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
        environment = plain | {
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_SYSTEM": os.devnull,
            "GIT_AUTHOR_NAME": author,
            "GIT_AUTHOR_EMAIL": address,
            "GIT_COMMITTER_NAME": "Committer",
            "GIT_COMMITTER_EMAIL": "committer@shop.example",
            "GIT_AUTHOR_DATE": f"@{self._clock} +0000",
            "GIT_COMMITTER_DATE": f"@{self._clock} +0000",
        }
        done = subprocess.run(
            ["git", *arguments], cwd=self.root, env=environment, capture_output=True, check=True
        )
        return done.stdout.decode(errors="surrogateescape").strip()

    def write(self, *files: str, **texts: str) -> None:
        """Write files; those that are only named get another text each time."""
        for file in files:
            path = self.root / file
            path.parent.mkdir(parents=True, exist_ok=True)
            lines = path.read_text() if path.exists() else f"# {file}\n" + "pass\n" * 20
            path.write_text(lines + f"# {self._clock}\n")
        for file, text in texts.items():
            (self.root / file).write_text(text)

    def commit(self, *files: str, days: int = 1, author: str = "Ada", address: str = "a@b") -> str:
        """Change some files and commit all that is different; its hash."""
        self._clock += days * 86_400
        self.write(*files)
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "Change", "--allow-empty", author=author, address=address)
        return self.git("rev-parse", "HEAD")
