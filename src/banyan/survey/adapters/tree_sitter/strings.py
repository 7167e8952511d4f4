"""Strings with expressions in them, and strings that stand side by side."""

from typing import Final

from tree_sitter import Node

from banyan.survey.adapters.tree_sitter.grammar import SILENT, kind, kinds
from banyan.survey.adapters.tree_sitter.literals import CONTENT, resolved
from banyan.survey.adapters.tree_sitter.literals import string as plain
from banyan.survey.adapters.tree_sitter.page import NEST, Page, proper
from banyan.survey.adapters.tree_sitter.readers import READERS
from banyan.survey.syntax import Constant, Expression, Format, Text

INTERPOLATION: Final = kinds("interpolation", "format_expression")
SPECIFIER: Final = kind("format_specifier")
CONVERSION: Final = kind("type_conversion")
EQUALS: Final = kind("=", is_named=False)


def string(node: Node, page: Page, room: int) -> Expression:
    """A string, with or without expressions in it."""
    found = plain(node, page, room)
    if found is not None:
        return found
    pieces, flags = interpolated(node, page, room)
    if "b" in flags:
        return Constant(None)
    line = node.start_point[0] + 1
    texts = [piece.value for piece in pieces if isinstance(piece, Text)]
    if len(texts) == len(pieces) and "t" not in flags:
        return Text(line, "".join(texts))
    return Format(line, tuple(pieces))


def interpolated(node: Node, page: Page, room: int) -> tuple[list[Expression], str]:
    """The texts of a string and the expressions between them, and the letters before it."""
    if room < NEST:
        page.cut(node)
        return [], ""
    pieces: list[Expression] = []
    start = node.children[0]
    flags = page.text[start.start_byte : start.end_byte].rstrip("\"'`").lower()
    for child in node.children:
        number = child.kind_id
        if number == CONTENT:
            value = page.text[child.start_byte : child.end_byte]
            if not value.isascii():
                value = proper(value)
            if "f" in flags or "t" in flags:
                value = value.replace("{{", "{").replace("}}", "}")
            if "\\" in value and "r" not in flags:
                value = resolved(value)
            pieces.append(Text(child.start_point[0] + 1, value))
        elif number in INTERPOLATION:
            interpolation(child, page, room - NEST, pieces)
    end = node.children[-1]
    rest = page.text[end.start_byte : end.end_byte].rstrip("\"'")
    if rest.strip("\\") == "" != rest:
        # The grammar counts backslashes at the end of a raw string to its end.
        pieces.append(Text(end.start_point[0] + 1, rest))
    return pieces, flags


def interpolation(node: Node, page: Page, room: int, pieces: list[Expression]) -> None:
    """``{value:{width}}``: the value, then what its format is made of."""
    if room < NEST:
        page.cut(node)
        return
    begin = node.start_byte + 1
    children = node.children
    for place, child in enumerate(children):
        number = child.kind_id
        if number == EQUALS:
            # ``{name=}`` shows its own source.
            source = page.text[begin : children[place + 1].start_byte]
            pieces.insert(-1, Text(child.start_point[0] + 1, proper(source)))
        elif number == SPECIFIER:
            for part in child.children:
                if part.kind_id in INTERPOLATION:
                    interpolation(part, page, room - NEST, pieces)
        elif number not in SILENT and number != CONVERSION:
            pieces.append(READERS[number](child, page, room))


def concatenation(node: Node, page: Page, room: int) -> Expression:
    """Strings that stand side by side are one."""
    line = node.start_point[0] + 1
    pieces: list[Expression] = []
    for child in node.children:
        if child.kind_id in SILENT:
            continue
        found = string(child, page, room)
        if isinstance(found, Constant):
            return found
        pieces.extend(found.parts if isinstance(found, Format) else (found,))
    joined: list[Expression] = []
    texts: list[str] = []
    begin = line
    for piece in pieces:
        if isinstance(piece, Text):
            if not texts:
                begin = piece.line
            texts.append(piece.value)
            continue
        if texts:
            joined.append(Text(begin, "".join(texts)))
            texts = []
        joined.append(piece)
    if texts:
        joined.append(Text(begin, "".join(texts)))
    if len(joined) == 1 and isinstance(joined[0], Text):
        return Text(line, joined[0].value)
    return Format(line, tuple(joined)) if joined else Text(line, "")
