"""Under which names the classes and methods of each file are known to all files."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

import msgspec

from banyan.survey.codebase import Codebase
from banyan.survey.meanings import ClassRef, FunctionRef, PythonModule
from banyan.survey.syntax import (
    Attribute,
    Call,
    Class,
    Expression,
    Function,
    If,
    Name,
    Statement,
    Subscript,
    Try,
)

# What names begin with under which classes and methods are known to all files.
HEIRS: Final = "heirs of "
METHODS: Final = "methods "


class Entries(msgspec.Struct, array_like=True, gc=False):
    """The names under which a file is entered.

    Attributes:
        heirs: its classes, by the last names of their bases.
        methods: those that take more than ``self``, with their classes, by their names.
    """

    heirs: dict[str, list[str]]
    methods: dict[str, list[str]]


def entries(body: Iterable[Statement]) -> Entries:
    """The names under which a file is entered that has these statements."""
    found = Entries({}, {})
    for base, node in _deriving(body):
        found.heirs.setdefault(base, []).append(node.name)
    for around, method in _methods(body, ()):
        qualname = ".".join((*(one.name for one in around), method.name))
        found.methods.setdefault(method.name, []).append(qualname)
    return found


class _Content(NamedTuple):
    heirs: dict[str, list[Class]]
    methods: dict[str, list[tuple[tuple[Class, ...], Function]]]


class Directory:
    """Finds classes and methods by name, without a look at files that have none of the name.

    Args:
        entered: the names of each file of ordinary code, in the order of their paths.
    """

    def __init__(self, codebase: Codebase, entered: Mapping[str, Entries]) -> None:
        self.codebase = codebase
        self._entered = entered
        self._heirs: dict[str, list[str]] = {}
        self._methods: dict[str, list[str]] = {}
        for path, one in entered.items():
            for name in one.heirs:
                self._heirs.setdefault(name, []).append(path)
            for name in one.methods:
                self._methods.setdefault(name, []).append(path)
        self._contents: dict[str, _Content] = {}

    def deriving(self, name: str) -> list[tuple[PythonModule, Class]]:
        """The classes that have a base whose name ends so."""
        return [
            (self.codebase.at(path), node)
            for path in self._heirs.get(name, ())
            for node in self._content(path).heirs[name]
        ]

    def count(self, name: str) -> int:
        """How many methods of a name there are."""
        return sum(len(self._entered[path].methods[name]) for path in self._methods.get(name, ()))

    def methods(self, name: str) -> list[FunctionRef]:
        """All methods of a name."""
        return [
            self._ref(self.codebase.at(path), around, node)
            for path in self._methods.get(name, ())
            for around, node in self._content(path).methods[name]
        ]

    def names(self) -> dict[str, list[str]]:
        """The names of each file, each with what it stands for."""
        found: dict[str, list[str]] = {}
        for path, one in self._entered.items():
            rows = [
                f"{kind}{name} {each}"
                for kind, by_name in ((HEIRS, one.heirs), (METHODS, one.methods))
                for name, declared in by_name.items()
                for each in declared
            ]
            if rows:
                found[path] = rows
        return found

    def _content(self, path: str) -> _Content:
        found = self._contents.get(path)
        if found is None:
            found = self._contents[path] = _Content({}, {})
            consulted = self.codebase.consulted
            # Whoever asks for a name has looked at what has that name, and at no more of the file.
            outer = consulted.begin()
            body = self.codebase.source(self.codebase.at(path)).body
            consulted.leave(outer)
            for base, node in _deriving(body):
                found.heirs.setdefault(base, []).append(node)
            for around, method in _methods(body, ()):
                found.methods.setdefault(method.name, []).append((around, method))
        return found

    def _ref(self, module: PythonModule, around: tuple[Class, ...], node: Function) -> FunctionRef:
        owner: ClassRef | None = None
        for one in around:
            owner = self.codebase.class_ref(module, one, owner)
        return self.codebase.function_ref(module, node, owner)


def _deriving(body: Iterable[Statement]) -> Iterator[tuple[str, Class]]:
    for node in body:
        match node:
            case Class():
                for base in node.bases:
                    if name := _last_name(base):
                        yield name, node
            case If() | Try():
                yield from _deriving(node.body)
                yield from _deriving(node.otherwise)
            case _:
                pass


def _methods(
    body: Iterable[Statement], around: tuple[Class, ...]
) -> Iterator[tuple[tuple[Class, ...], Function]]:
    for node in body:
        match node:
            case Class():
                yield from _methods(node.body, (*around, node))
            case Function() if around and len(node.parameters) > 1:
                yield around, node
            case If() | Try():
                yield from _methods(node.body, around)
                yield from _methods(node.otherwise, around)
            case _:
                pass


def _last_name(base: Expression) -> str:
    match base:
        case Name(id=name) | Attribute(name=name):
            return name
        case Subscript(value=value):
            return _last_name(value)
        case Call(arguments=arguments):
            return _last_name(arguments[-1]) if arguments else ""
        case _:
            return ""
