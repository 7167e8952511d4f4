"""Comprehensions, and the pairs of a dictionary."""

from typing import Final

from tree_sitter import Node

from banyan.survey.adapters.tree_sitter.grammar import SILENT, kind, solid
from banyan.survey.adapters.tree_sitter.page import NEST, Page
from banyan.survey.adapters.tree_sitter.readers import READERS, Reader, last
from banyan.survey.syntax import Clause, Comprehension, Display, Expression, Parts

PAIR: Final = kind("pair")
FOR: Final = kind("for_in_clause")
IF: Final = kind("if_clause")
IN: Final = kind("in", is_named=False)


def comprehension(form: str) -> Reader:
    """The reader of a comprehension of that form."""

    def read(node: Node, page: Page, room: int) -> Expression:
        if room < NEST:
            return page.cut(node)
        room -= NEST
        line = node.start_point[0] + 1
        element: Expression | None = None
        clauses: list[Clause] = []
        for child in node.children:
            number = child.kind_id
            if number in SILENT:
                continue
            if number == FOR:
                clauses.append(clause(child, page, room))
            elif number == IF:
                if clauses:
                    before = clauses.pop()
                    conditions = (*before.conditions, last(child, page, room))
                    clauses.append(Clause(before.target, before.iterable, conditions))
            elif element is None:
                if number == PAIR:
                    parts = pair(child, page, room)
                    element = Display(child.start_point[0] + 1, "tuple", parts)
                else:
                    element = READERS[number](child, page, room)
        return Comprehension(line, form, element or Parts(), tuple(clauses))

    return read


def clause(node: Node, page: Page, room: int) -> Clause:
    """``for target in iterable``, where the iterable may be a bare tuple."""
    before: list[Expression] = []
    after: list[Expression] = []
    found = before
    for child in node.children:
        if child.kind_id == IN:
            found = after
        elif child.kind_id not in SILENT:
            found.append(READERS[child.kind_id](child, page, room))
    target = before[0] if before else Parts()
    if len(after) == 1:
        return Clause(target, after[0])
    return Clause(target, Display(node.start_point[0] + 1, "tuple", tuple(after)))


def pair(node: Node, page: Page, room: int) -> tuple[Expression, Expression]:
    children = node.children
    if len(children) != 3:
        children = solid(children)
    key, value = children[0], children[-1]
    return (
        READERS[key.kind_id](key, page, room),
        READERS[value.kind_id](value, page, room),
    )
