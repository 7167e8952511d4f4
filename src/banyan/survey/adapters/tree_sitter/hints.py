"""Type comments: what people wrote before there were annotations, read as annotations in quotes."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from msgspec.structs import replace
from tree_sitter import Node

from banyan.survey.adapters.tree_sitter.grammar import kind
from banyan.survey.adapters.tree_sitter.page import Page, proper
from banyan.survey.syntax import Expression, Parameter, Text

_COMMENT: Final = kind("comment")
_HINT: Final = re.compile(r"#[ \t]*type:[ \t]*(?!ignore\b)([^\s#][^\n#]*)")
_SIGNATURE: Final = re.compile(r"\((.*)\)\s*->\s*(.+)")
_OPENING: Final = "([{"
_CLOSING: Final = ")]}"


def note_hints(root: Node, page: Page) -> None:
    """Note the type comments of a file, by the lines that they stand on."""
    for match in _HINT.finditer(page.text):
        node = root.descendant_for_byte_range(match.start(), match.end())
        # In a string, or in a comment that says something else before, it is none.
        if node is not None and node.kind_id == _COMMENT and node.start_byte == match.start():
            page.hints[node.start_point[0] + 1] = proper(match[1]).strip()


def hint(node: Node, page: Page) -> Expression | None:
    """What is said of what ends on this line; nothing of a function's parameters together."""
    line = node.end_point[0] + 1
    text = page.hints.get(line)
    return None if text is None or "->" in text else Text(line, text)


def signed(
    colon: Node, given: Sequence[Parameter], page: Page
) -> tuple[tuple[Parameter, ...], Expression | None]:
    """The parameters, and what is returned, by the comment behind a function's head or below it."""
    first = colon.start_point[0] + 1
    for line in (first, first + 1):
        if found := _SIGNATURE.fullmatch(page.hints.get(line, "")):
            said = [Text(line, one.lstrip("*")) for one in _parted(found[1])]
            return tuple(_each(given, said)), Text(line, found[2])
    return tuple(given), None


def _each(given: Sequence[Parameter], said: Sequence[Text]) -> Iterable[Parameter]:
    # Nothing is said of ``self``.
    before = len(given) - len(said)
    if before not in (0, 1) or [one.value for one in said] == ["..."]:
        return given
    return [*given[:before], *map(_with, given[before:], said)]


def _with(parameter: Parameter, annotation: Text) -> Parameter:
    return parameter if parameter.annotation else replace(parameter, annotation=annotation)


def _parted(text: str) -> Iterator[str]:
    """The parts between commas that stand in no brackets."""
    part, depth = "", 0
    for character in text:
        depth += (character in _OPENING) - (character in _CLOSING)
        if character == "," and not depth:
            yield part.strip()
            part = ""
        else:
            part += character
    if part.strip():
        yield part.strip()
