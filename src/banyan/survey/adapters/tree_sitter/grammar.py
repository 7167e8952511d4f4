"""The grammar's kinds of nodes by number, which is how a tree is read fast."""

from collections.abc import Iterable
from typing import Final

import tree_sitter_python
from tree_sitter import Language, Node, Parser, Tree

LANGUAGE: Final = Language(tree_sitter_python.language())
PARSER: Final = Parser(LANGUAGE)

ERROR: Final = 65535


def kinds(*names: str, is_named: bool = True) -> frozenset[int]:
    """The numbers that the grammar gives to nodes of these names; a name may have several."""
    return frozenset(
        number
        for number in range(LANGUAGE.node_kind_count)
        if LANGUAGE.node_kind_is_named(number) == is_named
        and LANGUAGE.node_kind_for_id(number) in names
    )


def kind(name: str, *, is_named: bool = True) -> int:
    """The number of nodes of this name, where the grammar has but one."""
    (number,) = kinds(name, is_named=is_named)
    return number


EXTRAS: Final = kinds("comment", "line_continuation") | {ERROR}
"""What may stand between any two parts of a node."""

SILENT: Final = EXTRAS | {
    number for number in range(LANGUAGE.node_kind_count) if not LANGUAGE.node_kind_is_named(number)
}
"""Punctuation, keywords and extras: what a list of expressions is read past."""


def solid(children: Iterable[Node]) -> list[Node]:
    """The parts that a node's rule asks for, without what happens to stand between them."""
    return [child for child in children if child.kind_id not in EXTRAS]


def told(children: Iterable[Node]) -> list[Node]:
    """The parts of a node that are neither punctuation nor keywords."""
    return [child for child in children if child.kind_id not in SILENT]


def parse(data: bytes) -> Tree:
    """The tree of a source that is UTF-8 and ends its lines with a newline alone."""
    return PARSER.parse(data)
