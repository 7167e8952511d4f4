"""Where the Python modules of a tree are, by path and by dotted name."""

import posixpath
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from banyan.survey.consulted import FILE, WITHIN, Consulted, Marks, number
from banyan.survey.facts import Place
from banyan.survey.meanings import PythonModule


class Layout:
    """The first-party Python modules of a tree.

    Attributes:
        in_order: the paths of the files, those of ordinary code first.
        consulted: what is looked at.

    Args:
        paths: of the Python files, relative, with forward slashes; with their place.
        roots: folders that are on Python's path, "" for the project's own; the deepest that a
            file is in gives it its name.
    """

    def __init__(self, paths: Mapping[str, Place | None], roots: Iterable[str] = ("",)) -> None:
        self.consulted = Consulted()
        self._paths = paths
        # What is not ordinary code is seldom looked at.
        self.in_order = sorted(paths, key=lambda path: (paths[path] is not None, path))
        self._folders = folders(paths)
        self._roots: list[str] = []
        self._modules: dict[str, PythonModule] = {}
        # With what was looked at for it.
        self._found: dict[tuple[str, str], tuple[PythonModule | None, Marks]] = {}
        self._relative: dict[tuple[str, int, str], tuple[PythonModule | None, Marks]] = {}
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
    def packaged(self) -> list[tuple[str, bool]]:
        """These folders, and whether they are packages: by that all modules have their names."""
        return [(root, self._is_package(root)) for root in self._roots]

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
        return self.consulted.remembered(self._found, self._find, folder, name)

    def relative(self, module: PythonModule, level: int, name: str) -> PythonModule | None:
        """The module that ``from ..name import`` means in a module."""
        return self.consulted.remembered(self._relative, self._above, module.folder, level, name)

    def child(self, module: PythonModule, name: str) -> PythonModule | None:
        """A package's own module of that name."""
        return self._in(module.folder, name) if module.is_package else None

    def beneath(self, folder: str, name: str) -> PythonModule | None:
        """The module of a dotted name in a folder."""
        return self._in(folder, name)

    def within(self, folder: str) -> Iterator[PythonModule]:
        """The files in a folder, at any depth, that are ordinary code."""
        self.consulted.look(WITHIN + folder)
        start = folder + "/" if folder else ""
        for path, place in self._paths.items():
            if place is None and path.startswith(start):
                yield self.at(path)

    def _made(self, path: str) -> PythonModule:
        marks = Marks((number(FILE + path),))
        if path not in self._paths:
            return PythonModule(self._named(path), path, path, is_package=True, marks=marks)
        folder, _, file = path.rpartition("/")
        is_package = file == "__init__.py"
        name = self._named(folder if is_package else path.removesuffix(".py"))
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

    def _find(self, folder: str, name: str) -> PythonModule | None:
        above = [folder]
        while folder:
            folder = posixpath.dirname(folder)
            above.append(folder)
        # Of several projects in one tree, that of the importing module comes first.
        roots = [one for one in above if one in self._roots]
        roots += [one for one in self._roots if one not in roots]
        outside = [one for one in above if one not in roots]
        for one in outside:
            self.consulted.look(f"{FILE}{one}/__init__.py")
        roots += [one for one in outside if not self._is_package(one)]
        without: list[PythonModule] = []
        for root in roots:
            found = self._in(root, name)
            if found and found.path in self._paths:
                return found
            if found:
                without.append(found)
        return without[0] if without else None

    def _above(self, folder: str, level: int, name: str) -> PythonModule | None:
        for _ in range(level - 1):
            if not folder:
                return None
            folder = posixpath.dirname(folder)
        return self._in(folder, name)

    def _in(self, folder: str, name: str) -> PythonModule | None:
        """What a name means in a folder; marks the file, or the first that would have to be."""
        stem = posixpath.join(folder, name.replace(".", "/")) if name else folder
        for path in (f"{stem}/__init__.py" if stem else "__init__.py", f"{stem}.py"):
            if path in self._paths:
                self.consulted.look(FILE + path)
                return self.at(path)
        if stem in self._folders:
            self.consulted.look(FILE + stem)
            return self.at(stem)
        while (above := stem.rpartition("/")[0]) and above not in self._folders:
            stem = above
        self.consulted.look(FILE + stem)
        return None


def folders(paths: Iterable[str]) -> set[str]:
    """All folders that hold Python files, at any depth."""
    found: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found
