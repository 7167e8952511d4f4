"""What the expressions of a source file come to when they are read and not run."""

import ast
from dataclasses import dataclass, field
from typing import Any

Value = Any
"""A plain value (text, number, list, tuple, dict, set, None), or one of the classes below."""


@dataclass(frozen=True)
class Named:
    """What an import brings, or an attribute of that: ``django.db.models.CASCADE``."""

    path: str

    @property
    def last(self) -> str:
        """The name without what leads to it."""
        return self.path.rpartition(".")[2]


@dataclass(frozen=True)
class Unread:
    """What can't be told without running the file, and why."""

    reason: str
    line: int


@dataclass
class Either:
    """What depends on a condition that can't be told."""

    condition: str
    choices: tuple[Value, Value]
    line: int


@dataclass
class Called:
    """A call that is not followed: of a class, or of something that was imported."""

    function: Value
    args: list[Value]
    keywords: dict[str, Value]
    line: int

    def argument(self, name: str, position: int, default: Value = None) -> Value:
        """An argument given by name or by position."""
        if name in self.keywords:
            return self.keywords[name]
        return self.args[position] if position < len(self.args) else default


@dataclass
class Scope:
    """The names that a piece of code sees."""

    names: dict[str, Value] = field(default_factory=dict)
    outer: "Scope | None" = None

    def find(self, name: str) -> Value:
        """The value of a name.

        Raises:
            KeyError: nothing in sight has this name.
        """
        scope: Scope | None = self
        while scope is not None:
            if name in scope.names:
                return scope.names[name]
            scope = scope.outer
        raise KeyError(name)


@dataclass
class Function:
    """A function of the file, which may be followed."""

    node: ast.FunctionDef | ast.Lambda
    scope: Scope


@dataclass
class Class:
    """A class of a file: what it is made of, and what its body says."""

    name: str
    bases: list[Value]
    body: Scope
    line: int
    module: str


def is_plain(value: Value) -> bool:
    """Whether a value is known to the last part of it."""
    if isinstance(value, list | tuple | set | frozenset):
        return all(is_plain(one) for one in value)
    if isinstance(value, dict):
        return all(is_plain(key) and is_plain(one) for key, one in value.items())
    return value is None or isinstance(value, str | bytes | bool | int | float)
