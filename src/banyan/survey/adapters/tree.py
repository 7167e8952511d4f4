"""A tree of files on a disk."""

from collections.abc import Mapping
from pathlib import Path

from banyan.survey.adapters.tree_sitter import read, read_imports
from banyan.survey.facts import Place, Problem
from banyan.survey.syntax import Source

_SKIPPED = {"node_modules", "__pycache__", "venv", "site-packages"}


class FolderTree:
    """Reads each file when it is asked for."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._sources: dict[str, Source] = {}
        self.files = tuple(
            path.relative_to(root).as_posix()
            for path in sorted(root.rglob("*"))
            if path.is_file()
            and not _SKIPPED & {*path.relative_to(root).parts}
            and not any(part.startswith(".") for part in path.relative_to(root).parts)
        )
        self.python: Mapping[str, Place | None] = {
            path: place_of(path) for path in self.files if path.endswith(".py")
        }
        self.problems: tuple[Problem, ...] = ()

    def source(self, path: str) -> Source:
        found = self._sources.get(path)
        if found is None:
            data = (self._root / path).read_bytes()
            reader = read_imports if self.python[path] is Place.TEST else read
            found = self._sources[path] = reader(data)
        return found

    def text(self, path: str) -> str | None:
        try:
            return (self._root / path).read_text(errors="replace")
        except OSError:
            return None


def place_of(path: str) -> Place | None:
    *folders, file = path.split("/")
    if "migrations" in folders:
        return Place.MIGRATION
    if (
        {"tests", "test", "testing"} & {*folders}
        or file.startswith("test_")
        or file in ("tests.py", "conftest.py")
        or file.endswith(("_test.py", "_tests.py"))
    ):
        return Place.TEST
    return None
