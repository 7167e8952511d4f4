"""Classes and functions."""

from typing import Final

from tree_sitter import Node

from banyan.survey.adapters.tree_sitter.blocks import BLOCK, block
from banyan.survey.adapters.tree_sitter.chains import ARGUMENTS, IDENTIFIER, arguments
from banyan.survey.adapters.tree_sitter.grammar import SILENT, kind, kinds
from banyan.survey.adapters.tree_sitter.hints import signed
from banyan.survey.adapters.tree_sitter.page import Page
from banyan.survey.adapters.tree_sitter.readers import READERS, items
from banyan.survey.adapters.tree_sitter.signatures import bounds, parameters
from banyan.survey.syntax import Class, Expression, Function, Keyword, Parameter, Statement

TYPE: Final = kind("type")
PARAMETERS: Final = kind("parameters")
TYPE_PARAMETERS: Final = kind("type_parameter")
DECORATOR: Final = kind("decorator")
CLASS: Final = kind("class_definition")
FUNCTION: Final = kind("function_definition")
COMPOUND: Final = kinds(
    "if_statement",
    "elif_clause",
    "else_clause",
    "for_statement",
    "while_statement",
    "try_statement",
    "except_clause",
    "finally_clause",
    "with_statement",
    "match_statement",
    "case_clause",
    "decorated_definition",
    "class_definition",
    "function_definition",
)
"""What may end with a block."""

ASYNC: Final = kind("async", is_named=False)
COLON: Final = kind(":", is_named=False)


def decorated(node: Node, page: Page, room: int, found: list[Statement]) -> None:
    decorators: list[Expression] = []
    for child in node.children:
        if child.kind_id == DECORATOR:
            decorators += items(child.children, page, room)
        elif child.kind_id == CLASS:
            define_class(child, page, room, found, tuple(decorators))
        elif child.kind_id == FUNCTION:
            define_function(child, page, room, found, tuple(decorators))


def end(node: Node) -> int:
    """The line of a definition's last statement: the grammar counts comments after it in."""
    while True:
        for child in reversed(node.children):
            if child.kind_id not in SILENT:
                node = child
                break
        else:
            return node.end_point[0] + 1
        if node.kind_id not in BLOCK and node.kind_id not in COMPOUND:
            return node.end_point[0] + 1


def define_class(
    node: Node,
    page: Page,
    room: int,
    found: list[Statement],
    decorators: tuple[Expression, ...] = (),
) -> None:
    name = ""
    line = node.start_point[0] + 1
    bases: tuple[Expression, ...] = ()
    keywords: tuple[Keyword, ...] = ()
    body: tuple[Statement, ...] = ()
    bounded: tuple[Parameter, ...] = ()
    for child in node.children:
        number = child.kind_id
        if number == IDENTIFIER:
            name = page.identifier(child)
            line = child.start_point[0] + 1
        elif number == ARGUMENTS:
            bases, keywords = arguments(child, page, room)
        elif number == TYPE_PARAMETERS:
            bounded = bounds(child, page, room)
        elif number in BLOCK:
            body = block(child, page, room)
    found.append(Class(line, end(node), name, bases, keywords, decorators, body, bounded))


def define_function(
    node: Node,
    page: Page,
    room: int,
    found: list[Statement],
    decorators: tuple[Expression, ...] = (),
) -> None:
    name = ""
    line = node.start_point[0] + 1
    given: tuple[Parameter, ...] = ()
    returns: Expression | None = None
    body: tuple[Statement, ...] = ()
    is_async = False
    bounded: tuple[Parameter, ...] = ()
    for child in node.children:
        number = child.kind_id
        if number == IDENTIFIER:
            name = page.identifier(child)
            line = child.start_point[0] + 1
        elif number == PARAMETERS:
            given = parameters(child, page, room)
        elif number == TYPE:
            returns = READERS[TYPE](child, page, room)
        elif number in BLOCK:
            was_inner, page.is_inner = page.is_inner, True
            body = block(child, page, room)
            page.is_inner = was_inner
        elif number == COLON and page.hints:
            given, said = signed(child, given, page)
            returns = returns or said
        elif number == ASYNC:
            is_async = True
        elif number == TYPE_PARAMETERS:
            bounded = bounds(child, page, room)
    found.append(
        Function(line, end(node), name, given, returns, decorators, body, is_async, bounded)
    )
