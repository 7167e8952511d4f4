"""Edits of one file, of the kinds that people make, at places drawn by chance."""

import ast
import re
from collections.abc import Callable, Iterator
from random import Random
from typing import Final, TypeAlias, TypeVar

N = TypeVar("N", bound=ast.AST)

_END: Final = re.compile(r"\)\s*(?:->.*)?:$")

Edit: TypeAlias = Callable[[str, Random], str | None]
"""The text of a file after an edit; None where it has no place for one."""


def _of(kind: type[N], text: str, random: Random) -> N | None:
    found = [one for one in ast.walk(ast.parse(text)) if isinstance(one, kind)]
    return random.choice(found) if found else None


def _before(text: str, found: ast.stmt, line: str) -> str:
    """The text with a line before a statement."""
    lines = text.split("\n")
    lines.insert(found.lineno - 1, " " * found.col_offset + line)
    return "\n".join(lines)


def statement(text: str, random: Random) -> str | None:
    """Another statement at the start of a function."""
    function = _of(ast.FunctionDef, text, random)
    return _before(text, function.body[0], "banyan_edit = 1") if function else None


def imported(text: str, random: Random) -> str | None:
    """Another import at the end."""
    name = random.choice(["decimal", "fractions", "statistics"])
    return f"{text}\nimport {name} as banyan_edit\n"


def parameter(text: str, random: Random) -> str | None:
    """Another parameter of a function."""
    function = _of(ast.FunctionDef, text, random)
    if function is None or function.args.kwarg is not None:
        return None
    lines = text.split("\n")
    head = lines[function.lineno - 1]
    end = _END.search(head)
    if end is None:
        return None
    comma = "" if head[: end.start()].endswith("(") else ", "
    lines[function.lineno - 1] = f"{head[: end.start()]}{comma}banyan_edit=None{end[0]}"
    return "\n".join(lines)


def attribute(text: str, random: Random) -> str | None:
    """Another attribute of a class."""
    made = _of(ast.ClassDef, text, random)
    return _before(text, made.body[-1], "banyan_edit = 1") if made else None


def field(text: str, random: Random) -> str | None:
    """Another field of a model."""
    models = [
        one
        for one in ast.walk(ast.parse(text))
        if isinstance(one, ast.ClassDef) and any(map(_is_field, one.body))
    ]
    if not models:
        return None
    first = next(filter(_is_field, random.choice(models).body))
    return _before(text, first, "banyan_edit = models.TextField(default='')")


def _is_field(node: ast.stmt) -> bool:
    match node:
        case ast.Assign(value=ast.Call(func=ast.Attribute(value=ast.Name(id="models")))):
            return True
        case _:
            return False


EDITS: Final[dict[str, Edit]] = {
    "a statement in a function": statement,
    "an import": imported,
    "a parameter": parameter,
    "an attribute of a class": attribute,
    "a field of a model": field,
}


def edits(edit: Edit, texts: list[str], number: int, random: Random) -> Iterator[tuple[int, str]]:
    """So many of the texts after an edit, each with its number; drawn by chance."""
    drawn = list(range(len(texts)))
    random.shuffle(drawn)
    left = number
    for one in drawn:
        if not left:
            break
        after = edit(texts[one], random)
        if after is not None and _is_read(after):
            left -= 1
            yield one, after


def _is_read(text: str) -> bool:
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True
