"""Reads one file: the whole of it, or its imports alone."""

import re
from collections.abc import Iterator
from typing import Final

from tree_sitter import Node, Query, QueryCursor

from banyan.survey.adapters.tree_sitter import expressions, statements
from banyan.survey.adapters.tree_sitter.blocks import BLOCK, WRITERS, block
from banyan.survey.adapters.tree_sitter.encodings import unified
from banyan.survey.adapters.tree_sitter.grammar import ERROR, LANGUAGE, kind, kinds, parse
from banyan.survey.adapters.tree_sitter.hints import note_hints
from banyan.survey.adapters.tree_sitter.imports import typing_side
from banyan.survey.adapters.tree_sitter.page import ROOM, Page
from banyan.survey.adapters.tree_sitter.readers import READERS
from banyan.survey.adapters.tree_sitter.skimming import skimmed
from banyan.survey.damage import Damage
from banyan.survey.syntax import Source, Statement

_ALLOWS: Final = re.compile(rb"#[ \t]*banyan:[ \t]*(allow\b[^\n]*)")
_IMPORTS: Final = Query(
    LANGUAGE,
    "[(import_statement) (import_from_statement) (future_import_statement)] @import",
)
_COMMENT: Final = kind("comment")
_FUNCTION: Final = kinds("function_definition")
_IF: Final = kind("if_statement")
_ELSES: Final = kinds("elif_clause", "else_clause")

# The tables stand below those who use them, and these above.
READERS.update(expressions.by_kind())
WRITERS.update(statements.by_kind())


def read(data: bytes) -> Source:
    """All that a file says.

    It never raises: what cannot be read is told as damages, and what stands around it is read.
    """
    data, damages = unified(data)
    root = parse(data).root_node
    page = Page(data)
    page.damages += damages
    if b"type:" in data:
        note_hints(root, page)
    body = block(root, page, ROOM)
    if root.has_error:
        note_errors(root, page)
    return _source(data, body, page, allows(data, root), is_whole=True)


def read_imports(data: bytes) -> Source:
    """What a file imports, wherever in it, and nothing else.

    What is no import is mostly not parsed, so that a syntax error there is not seen.
    """
    data, damages = unified(data)
    # Comments that allow something are told from strings by parsing.
    kept = None if b"banyan:" in data else skimmed(data)
    root = None if kept is None else parse(kept).root_node
    if kept is None or root is None or root.has_error:
        kept = data
        root = parse(data).root_node
    page = Page(kept)
    page.damages += damages
    found: list[Statement] = []
    nodes = QueryCursor(_IMPORTS).captures(root).get("import", [])
    for node in sorted(nodes, key=lambda node: node.start_byte):
        page.is_inner = page.is_typing = False
        if node.start_point[1]:
            place(node, page)
        WRITERS[node.kind_id](node, page, ROOM, found)
    if root.has_error:
        note_errors(root, page)
    return _source(data, tuple(found), page, allows(data, root), is_whole=False)


def place(node: Node, page: Page) -> None:
    """Tell where an import stands: in a function, under ``if TYPE_CHECKING``."""
    above = node
    while (parent := above.parent) is not None:
        number = parent.kind_id
        if number in _FUNCTION:
            page.is_inner = True
        elif number == _IF or number in _ELSES:
            page.is_typing = page.is_typing or _is_typing_side(parent, above, page)
        above = parent


def _is_typing_side(clause: Node, inside: Node, page: Page) -> bool:
    """Whether a part of an ``if`` or an ``elif`` is for type checkers alone."""
    parts = [child for child in clause.children if child.is_named and not child.is_extra]
    if not parts or parts[0].kind_id in BLOCK:
        return False
    side = typing_side(parts[0], page)
    if inside.kind_id in BLOCK:
        return side > 0
    return side < 0


def errors(root: Node) -> Iterator[Node]:
    """The nodes that the grammar put in for what it could not read, and those it missed."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.kind_id == ERROR or node.is_missing:
            yield node
        elif node.has_error:
            waiting.extend(node.children)


def note_errors(root: Node, page: Page) -> None:
    """Note where the grammar gave up."""
    for node in errors(root):
        if node.is_missing:
            page.damage(node, f"{node.type!r} is missing")
        else:
            words = page.of(node)[:200].split()
            text = "".join(c if c.isprintable() else "\ufffd" for c in " ".join(words)[:40])
            page.damage(node, f"not understood: {text}" if text else "not understood")


def allows(data: bytes, root: Node) -> tuple[tuple[int, str], ...]:
    """The comments that allow a finding."""
    if b"banyan:" not in data:
        return ()
    found: list[tuple[int, str]] = []
    for match in _ALLOWS.finditer(data):
        node = root.descendant_for_byte_range(match.start(), match.end())
        if node is not None and node.kind_id == _COMMENT:
            text = match[1].decode("utf-8", "replace").strip()
            found.append((node.start_point[0] + 1, text))
    return tuple(found)


def _source(
    data: bytes,
    body: tuple[Statement, ...],
    page: Page,
    allowed: tuple[tuple[int, str], ...],
    *,
    is_whole: bool,
) -> Source:
    lines = data.count(b"\n") + (not data.endswith(b"\n") and bool(data))
    damages: tuple[Damage, ...] = page.told()
    return Source(lines, body, is_whole, damages, allowed)
