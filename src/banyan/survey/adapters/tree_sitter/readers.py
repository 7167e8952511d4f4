"""Who reads which kind of expression, and the expressions in a list of nodes."""

from collections.abc import Callable
from typing import Final, TypeAlias

from tree_sitter import Node

from banyan.survey.adapters.tree_sitter.grammar import SILENT
from banyan.survey.adapters.tree_sitter.page import MOST, NEST, Page
from banyan.survey.damage import LEFT_OUT
from banyan.survey.syntax import Expression, Parts

Reader: TypeAlias = Callable[[Node, Page, int], Expression]
READERS: Final[dict[int, Reader]] = {}
"""Who reads a node of which kind."""


def few(children: list[Node], page: Page) -> list[Node]:
    """As many of a literal's parts as are read."""
    if len(children) <= 2 * MOST:
        return children
    page.damage(children[0], f"{LEFT_OUT}all but {MOST:,} of some {len(children) // 2:,} items")
    return children[: 2 * MOST]


def items(children: list[Node], page: Page, room: int) -> tuple[Expression, ...]:
    """The expressions among a node's parts."""
    if room < NEST:
        if children:
            page.cut(children[0])
        return ()
    room -= NEST
    return tuple(
        [
            READERS[number](child, page, room)
            for child in (children if len(children) <= MOST else few(children, page))
            if (number := child.kind_id) not in SILENT
        ]
    )


def last(node: Node, page: Page, room: int) -> Expression:
    """The one expression of a node that has a keyword or a sign before it."""
    if room < NEST:
        return page.cut(node)
    for child in reversed(node.children):
        if child.kind_id not in SILENT:
            return READERS[child.kind_id](child, page, room - NEST)
    return Parts()
