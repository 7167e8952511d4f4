"""Where the Python modules of a tree are, by path and by dotted name."""

import posixpath
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from banyan.survey.consulted import FILE, Marks, number
from banyan.survey.facts import Place
from banyan.survey.meanings import PythonModule


class Layout:
    """The first-party Python modules of a tree.

    Attributes:
        in_order: the paths of the files, those of ordinary code first.

    Args:
        paths: of the Python files, relative, with forward slashes; with their place.
        roots: folders that are on Python's path, "" for the project's own; the deepest that a
            file is in gives it its name.
    """

    def __init__(self, paths: Mapping[str, Place | None], roots: Iterable[str] = ("",)) -> None:
        self._paths = paths
        # What is not ordinary code is seldom looked at.
        self.in_order = sorted(paths, key=lambda path: (paths[path] is not None, path))
        self._folders = _folders(paths)
        self._roots: list[str] = []
        self._modules: dict[str, PythonModule] = {}
        self._found: dict[tuple[str, str], PythonModule | None] = {}
        self._relative: dict[tuple[str, int, str], PythonModule | None] = {}
        for root in roots:
            self.add_root(root)

    def add_root(self, root: str) -> None:
        """Let modules be imported from a folder; before any name is looked up."""
        if root not in self._roots:
            self._roots.append(root)
            self._roots.sort(key=lambda one: (-one.count("/") - bool(one), one))
            self._modules.clear()
            self._found.clear()
            self._relative.clear()

    @property
    def roots(self) -> Sequence[str]:
        """The folders that are on Python's path, the deepest first."""
        return tuple(self._roots)

    @property
    def paths(self) -> Collection[str]:
        """The paths of all Python files."""
        return self._paths.keys()

    def modules(self) -> Iterator[PythonModule]:
        """All Python files, in order of their paths."""
        for path in sorted(self._paths):
            yield self.at(path)

    def at(self, path: str) -> PythonModule:
        """The module of a file, or of a folder without ``__init__.py``."""
        module = self._modules.get(path)
        if module is None:
            module = self._modules[path] = self._made(path)
        return module

    def find(self, name: str, near: PythonModule | None = None) -> PythonModule | None:
        """The first-party module of an absolute dotted name.

        Args:
            near: the module that imports it; folders above it that are no packages count as
                roots, as they do for scripts and test runners.
        """
        folder = near.folder if near else ""
        key = (folder, name)
        if key not in self._found:
            self._found[key] = self._find(name, folder)
        return self._found[key]

    def relative(self, module: PythonModule, level: int, name: str) -> PythonModule | None:
        """The module that ``from ..name import`` means in a module."""
        key = (module.folder, level, name)
        if key not in self._relative:
            self._relative[key] = self._above(*key)
        return self._relative[key]

    def child(self, module: PythonModule, name: str) -> PythonModule | None:
        """A package's own module of that name."""
        return self._in(module.folder, name) if module.is_package else None

    def beneath(self, folder: str, name: str) -> PythonModule | None:
        """The module of a dotted name in a folder."""
        return self._in(folder, name)

    def within(self, folder: str) -> Iterator[PythonModule]:
        """The files in a folder, at any depth, that are ordinary code."""
        start = folder + "/" if folder else ""
        for path, place in self._paths.items():
            if place is None and path.startswith(start):
                yield self.at(path)

    def _made(self, path: str) -> PythonModule:
        if path not in self._paths:
            return PythonModule(self._named(path), path, path, is_package=True)
        folder, _, file = path.rpartition("/")
        is_package = file == "__init__.py"
        name = self._named(folder if is_package else path.removesuffix(".py"))
        marks = Marks((number(FILE + path),))
        return PythonModule(name, path, folder, is_package, self._paths[path], marks)

    def _named(self, stem: str) -> str:
        for root in self._roots:
            if not root:
                break
            if stem.startswith(root + "/") and not self._is_package(root):
                stem = stem[len(root) + 1 :]
                break
        return stem.replace("/", ".")

    def _is_package(self, folder: str) -> bool:
        return f"{folder}/__init__.py" in self._paths

    def _find(self, name: str, folder: str) -> PythonModule | None:
        above = [folder]
        while folder:
            folder = posixpath.dirname(folder)
            above.append(folder)
        # Of several projects in one tree, that of the importing module comes first.
        roots = [one for one in above if one in self._roots]
        roots += [one for one in self._roots if one not in roots]
        roots += [one for one in above if one not in roots and not self._is_package(one)]
        folders: list[PythonModule] = []
        for root in roots:
            found = self._in(root, name)
            if found and found.path in self._paths:
                return found
            if found:
                folders.append(found)
        return folders[0] if folders else None

    def _above(self, folder: str, level: int, name: str) -> PythonModule | None:
        for _ in range(level - 1):
            if not folder:
                return None
            folder = posixpath.dirname(folder)
        return self._in(folder, name)

    def _in(self, folder: str, name: str) -> PythonModule | None:
        stem = posixpath.join(folder, name.replace(".", "/")) if name else folder
        for path in (f"{stem}/__init__.py" if stem else "__init__.py", f"{stem}.py"):
            if path in self._paths:
                return self.at(path)
        return self.at(stem) if stem in self._folders else None


def _folders(paths: Iterable[str]) -> set[str]:
    """All folders that hold Python files, at any depth."""
    found: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found
