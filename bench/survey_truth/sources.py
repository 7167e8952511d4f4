"""A project's source files: found by the dotted names that its own code gives them."""

import ast
import os
import re
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path

from bench.survey_truth.statements import Statements
from bench.survey_truth.values import Class, Either, Named, Scope, Unread, Value

NOT_SOURCES = {"node_modules", "site-packages", "__pycache__", "build", "dist", "venv", "env"}
_BARE_EXCEPT = re.compile(
    rb"^([ \t]*except[ \t]+)([\w.]+(?:[ \t]*,[ \t]*[\w.]+)+)[ \t]*:", re.MULTILINE
)
MOST_STEPS = 30


class Sources:
    """The Python files under a folder; a file is read when it is first asked for."""

    def __init__(self, root: Path, settings: Mapping[str, Value] | None = None) -> None:
        self.root = root
        self.settings: dict[str, Value] = dict(settings or {})
        self.files = sorted(_python_files(root))
        self._by_name: dict[str, list[Path]] = {}
        for file in self.files:
            name = file.parent.name if file.name == "__init__.py" else file.stem
            self._by_name.setdefault(name, []).append(file)
        self._read: dict[Path, Mapping[str, Value]] = {}

    def shown(self, file: Path) -> str:
        """The file as reports name it: from the project's root, with forward slashes."""
        return file.relative_to(self.root).as_posix()

    def dotted(self, file: Path) -> str:
        """The dotted name of a file: from the outermost folder that is a package."""
        parts = [] if file.name == "__init__.py" else [file.stem]
        folder = file.parent
        while folder != self.root and (folder / "__init__.py").is_file():
            parts.insert(0, folder.name)
            folder = folder.parent
        return ".".join(parts) or file.stem

    def find(self, dotted: str, near: Path | None = None) -> Path | None:
        """The file of a dotted name: of several the one that shares most folders with `near`."""
        path = dotted.replace(".", "/")
        fitting = [
            file
            for file in self._by_name.get(dotted.rpartition(".")[2], [])
            if f"/{self.shown(file)}".endswith((f"/{path}.py", f"/{path}/__init__.py"))
            and self._may_start(file, path.count("/"))
        ]
        if near is None:
            return min(fitting, key=lambda file: len(file.parts), default=None)

        def distance(file: Path) -> tuple[int, int]:
            shared = len(Path(os.path.commonpath([file, near])).parts)
            return (-shared, len(file.parts))

        return min(fitting, key=distance, default=None)

    @staticmethod
    def _may_start(file: Path, depth: int) -> bool:
        """Whether the folder that a dotted name would start in can be on Python's path."""
        levels = depth + (1 if file.name == "__init__.py" else 0)
        return not (file.parents[levels] / "__init__.py").is_file()

    def names(self, file: Path) -> Mapping[str, Value]:
        """What a file binds; nothing when it doesn't parse, which `parse` tells apart."""
        if file not in self._read:
            # Entered first: files may import each other with a star.
            self._read[file] = {}
            tree = parse(file)
            if isinstance(tree, ast.Module):
                scope = Scope()
                module = self.dotted(file)
                statements = Statements(
                    module,
                    file.name == "__init__.py",
                    self.settings,
                    lambda origin: self._starred(origin, file),
                )
                statements.read(tree.body, scope)
                self._read[file] = scope.names
        return self._read[file]

    def _starred(self, origin: str, near: Path) -> Mapping[str, Value]:
        file = self.find(origin, near)
        if file is None:
            return {}
        return {name: one for name, one in self.names(file).items() if not name.startswith("_")}

    def resolve(self, value: Value, near: Path | None = None) -> Value:
        """Follow a name into the project's files for as long as they say what it is."""
        for _ in range(MOST_STEPS):
            if not isinstance(value, Named):
                return value
            found = self._step(value.path, near)
            if found is None or found == value:
                return value
            value = found
        return value

    def _step(self, path: str, near: Path | None) -> Value:
        parts = path.split(".")
        for length in range(len(parts) - 1, 0, -1):
            file = self.find(".".join(parts[:length]), near)
            if file is None:
                continue
            names = self.names(file)
            value = names.get(parts[length])
            for position in range(length + 1, len(parts)):
                if isinstance(value, Named):
                    value = Named(f"{value.path}.{parts[position]}")
                elif isinstance(value, Class):
                    value = value.body.names.get(parts[position])
                else:
                    return None
            return value
        return None

    def ancestry(self, value: Value, near: Path | None = None) -> Iterator[Class | Named]:
        """A class and those it comes from, nearest first; a `Named` is outside the project."""
        waiting, seen = [value], 0
        while waiting and seen < MOST_STEPS:
            seen += 1
            one = self.resolve(waiting.pop(0), near)
            if isinstance(one, Either):
                waiting[:0] = one.choices
            elif isinstance(one, Class):
                yield one
                waiting += one.bases
            elif isinstance(one, Named):
                yield one


def parse(file: Path) -> ast.Module | Unread:
    """The tree of a file, or why there is none."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Their invalid escapes are not ours to mend.
            source = file.read_bytes()
            try:
                return ast.parse(source, str(file))
            except SyntaxError:
                # Python 3.14 needs no parentheses there; older ones do.
                return ast.parse(_BARE_EXCEPT.sub(rb"\1(\2):", source), str(file))
    except (SyntaxError, ValueError, OSError, RecursionError) as problem:
        return Unread(f"the file doesn't parse: {problem}", getattr(problem, "lineno", 1) or 1)


def _python_files(root: Path) -> Iterator[Path]:
    for folder, folders, files in os.walk(root):
        folders[:] = [
            name for name in folders if name not in NOT_SOURCES and not name.startswith(".")
        ]
        for name in files:
            path = Path(folder, name)
            if name.endswith(".py") and path.is_file():
                yield path
