"""Who writes down which kind of statement, and the statements of a block."""

from collections.abc import Callable
from typing import Final, TypeAlias

from tree_sitter import Node

from banyan.survey.adapters.tree_sitter.grammar import kinds
from banyan.survey.adapters.tree_sitter.page import NEST, Page
from banyan.survey.adapters.tree_sitter.readers import READERS, items
from banyan.survey.syntax import Display, Expression, Statement

Writer: TypeAlias = Callable[[Node, Page, int, list[Statement]], None]
WRITERS: Final[dict[int, Writer]] = {}
"""Who writes down a node of which kind."""

BLOCK: Final = kinds("block")


def block(node: Node, page: Page, room: int) -> tuple[Statement, ...]:
    """The statements of a block or a module."""
    found: list[Statement] = []
    if room < NEST:
        page.cut(node)
        return ()
    room -= NEST
    for child in node.children:
        writer = WRITERS.get(child.kind_id)
        if writer is not None:
            writer(child, page, room, found)
    return tuple(found)


def suite(node: Node, page: Page, room: int) -> tuple[Statement, ...]:
    """The statements of the block in a clause."""
    for child in reversed(node.children):
        if child.kind_id in BLOCK:
            return block(child, page, room)
    return ()


def bare(nodes: list[Node], page: Page, room: int) -> Expression | None:
    """What stands without brackets: nothing, one expression, or several, which are a tuple."""
    if not nodes:
        return None
    if len(nodes) == 1:
        return READERS[nodes[0].kind_id](nodes[0], page, room)
    return Display(nodes[0].start_point[0] + 1, "tuple", items(nodes, page, room))
