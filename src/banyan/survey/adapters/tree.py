"""A project's tree on a disk, as a survey looks at it."""

import posixpath
from collections.abc import Callable, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Final

from banyan.survey.adapters.sources import Sources, read_tree
from banyan.survey.facts import Place, Problem
from banyan.survey.syntax import Source

# What test runners and packages are configured in; settings are named there.
_CONFIGURED: Final = ("pytest.ini", "tox.ini", "setup.cfg", "pyproject.toml")
# A text beyond that is no template, nor anything that people write.
_LARGEST_TEXT: Final = 4_000_000


class FolderTree:
    """The files in a folder, all Python of them read.

    Raises:
        NotADirectoryError: it is no folder.
    """

    def __init__(
        self,
        root: Path,
        *,
        cache: Path | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> None:
        self._root = root
        self._sources: Sources = read_tree(root, cache=cache, progress=progress)
        self.python: Mapping[str, Place | None] = self._sources.places()
        self.templates = self._sources.templates
        self.problems: tuple[Problem, ...] = self._sources.problems
        folders = {""}
        for path in self.python:
            folder = posixpath.dirname(path)
            while folder and folder not in folders:
                folders.add(folder)
                folder = posixpath.dirname(folder)
        configured = [
            path
            for folder in sorted(folders)
            for name in _CONFIGURED
            if (root / (path := posixpath.join(folder, name))).is_file()
        ]
        self.files = (*self.python, *self.templates, *configured)

    def content(self) -> bytes:
        """What tells these files from any that have anything else in them."""
        return self._told_by(lambda path: self._sources[path].digest)

    def meaning(self) -> bytes:
        """What tells these files from any that say anything else, or say it on other lines.

        A comment says nothing; nor does what is in a test beside its imports.
        """
        return self._told_by(self._sources.tree)

    def _told_by(self, python: Callable[[str], bytes]) -> bytes:
        found = blake2b(digest_size=16)
        found.update(repr((self.files, self.problems)).encode(errors="surrogateescape"))
        for path in self.files:
            if path in self.python:
                found.update(blake2b(python(path), digest_size=16).digest())
            else:
                text = (self.text(path) or "").encode()
                found.update(blake2b(text, digest_size=16).digest())
        return found.digest()

    def lines(self, path: str) -> int:
        """How many lines a Python file has."""
        return self._sources[path].lines

    def allows(self, path: str) -> tuple[tuple[int, str], ...]:
        """The comments in a Python file that allow findings: their lines and their text."""
        return self._sources.allows(path)

    def source(self, path: str) -> Source:
        """What is in a Python file."""
        return self._sources.source(path)

    def text(self, path: str) -> str | None:
        """The text of a file; None where there is none, or none that can be read."""
        try:
            with (self._root / path).open("rb") as file:
                data = file.read(_LARGEST_TEXT)
        except OSError:
            return None
        return data.decode(errors="replace")
