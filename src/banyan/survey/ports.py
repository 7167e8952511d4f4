"""What a survey needs of the world: a tree of files that can be read."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from banyan.survey.facts import Place, Problem

if TYPE_CHECKING:
    from banyan.survey.syntax import Source


class Tree(Protocol):
    """The files of a project, by their paths relative to its root, with forward slashes."""

    @property
    def python(self) -> Mapping[str, Place | None]:
        """The Python files, with the sort of code that is in them."""
        ...

    @property
    def templates(self) -> Collection[str]:
        """The templates."""
        ...

    @property
    def files(self) -> Collection[str]:
        """The project's own files that are of use, also those that are not Python."""
        ...

    @property
    def problems(self) -> Sequence[Problem]:
        """What could not be read, or not whole."""
        ...

    def meaning(self, path: str) -> bytes:
        """What tells a Python file from any that says anything else, or says it on other lines."""
        ...

    def lines(self, path: str) -> int:
        """How many lines a Python file has."""
        ...

    def allows(self, path: str) -> tuple[tuple[int, str], ...]:
        """The comments in a Python file that allow findings: their lines and their text."""
        ...

    def source(self, path: str) -> "Source":
        """What is in a Python file."""
        ...

    def earlier(self, path: str, meaning: bytes) -> "Source | None":
        """What was in a Python file when it said something else, as far as it is still known.

        Args:
            meaning: what told it from any that says anything else.
        """
        ...

    def mentions(self, path: str, names: Collection[str], part: str = "") -> bool:
        """Whether one of some names stands in a Python file, or a name that has a part in it.

        True may be wrong, as when a text says the name; False never is.
        """
        ...

    def text(self, path: str) -> str | None:
        """The text of a file; None where there is none, or none that can be read."""
        ...


Progress: TypeAlias = Callable[[str, int, int], None]
"""Called with the name of a stage, how much of it is done, and how much there is."""

Done: TypeAlias = Callable[[int], None]
"""Is told how many pieces of a work are done, beyond those that it was told of before."""

Worker: TypeAlias = Callable[[tuple[Any, ...], Done], bytes]
"""Answers requests, one after the other, and may keep what it comes to know."""


class Lost(Exception):
    """A crew cannot go on. What it was asked for can be done without it."""


class Crew(Protocol):
    """Workers at the same time, each with a part of one work."""

    def ask(self, request: tuple[Any, ...], tell: Done) -> list[bytes]:
        """What all answer to a request, in the order of the workers.

        Raises:
            Lost: one of them can't.
        """
        ...
