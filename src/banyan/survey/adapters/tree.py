"""A project's tree on a disk, as a survey looks at it."""

import os
import posixpath
from collections.abc import Callable, Collection, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Final

from banyan.survey.adapters.sources import Sources, read_tree
from banyan.survey.facts import Place, Problem

if TYPE_CHECKING:
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
        self._folder = str(root)
        # Of templates and the like, which are small.
        self._texts: dict[str, str | None] = {}
        self._sources: Sources = read_tree(root, cache=cache, progress=progress)
        self.python: Mapping[str, Place | None] = self._sources.places()
        self.templates = self._sources.templates
        self.problems: tuple[Problem, ...] = self._sources.problems
        folders = {""}
        for path in self.python:
            folder = path.rpartition("/")[0]
            while folder and folder not in folders:
                folders.add(folder)
                folder = folder.rpartition("/")[0]
        configured = [
            path
            for folder in sorted(folders)
            for name in _CONFIGURED
            if os.path.isfile(self._at(path := posixpath.join(folder, name)))  # noqa: PTH113
        ]
        self.files = (*self.python, *self.templates, *configured)

    def content(self) -> bytes:
        """What tells these files from any that have anything else in them."""
        found = blake2b(digest_size=16)
        found.update(repr((self.files, self.problems)).encode(errors="surrogateescape"))
        for path in self.files:
            if path in self.python:
                found.update(self._sources[path].digest or bytes(16))
            else:
                text = (self.text(path) or "").encode()
                found.update(blake2b(text, digest_size=16).digest())
        return found.digest()

    def meaning(self, path: str) -> bytes:
        """What tells a Python file from any that says anything else, or says it on other lines.

        A comment says nothing; nor does what is in a test beside its imports.
        """
        return self._sources[path].tree

    def lines(self, path: str) -> int:
        """How many lines a Python file has."""
        return self._sources[path].lines

    def allows(self, path: str) -> tuple[tuple[int, str], ...]:
        """The comments in a Python file that allow findings: their lines and their text."""
        return self._sources.allows(path)

    def source(self, path: str) -> "Source":
        """What is in a Python file."""
        return self._sources.source(path)

    def earlier(self, path: str, meaning: bytes) -> "Source | None":
        """What was in a Python file when it said something else, as far as it is still known.

        Args:
            meaning: what :meth:`meaning` gave then.
        """
        return self._sources.earlier(path, meaning)

    def mentions(self, path: str, names: Collection[str], part: str = "") -> bool:
        """Whether one of some names stands in a Python file, or a name that has a part in it."""
        return self._sources.mentions(path, names, part)

    def text(self, path: str) -> str | None:
        """The text of a file; None where there is none, or none that can be read."""
        if path not in self._texts:
            self._texts[path] = self._read(path)
        return self._texts[path]

    def _at(self, path: str) -> str:
        # There are many: to put paths together as text is a good deal faster.
        return f"{self._folder}/{path}"

    def _read(self, path: str) -> str | None:
        try:
            with open(self._at(path), "rb") as file:  # noqa: PTH123
                data = file.read(_LARGEST_TEXT)
        except OSError:
            return None
        return data.decode(errors="replace")
