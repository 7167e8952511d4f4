"""Statements that hold blocks: conditions, loops, handlers, contexts, cases."""

from typing import Final

from tree_sitter import Node

from banyan.survey.adapters.tree_sitter.blocks import BLOCK, bare, block, suite
from banyan.survey.adapters.tree_sitter.chains import IDENTIFIER
from banyan.survey.adapters.tree_sitter.grammar import SILENT, kind, kinds, told
from banyan.survey.adapters.tree_sitter.imports import typing_side
from banyan.survey.adapters.tree_sitter.page import NEST, Page
from banyan.survey.adapters.tree_sitter.patterns import CASES, bound, has_comma, held, of_sequence
from banyan.survey.adapters.tree_sitter.readers import READERS, items
from banyan.survey.syntax import (
    Display,
    Evaluate,
    Expression,
    For,
    Handler,
    If,
    Match,
    Name,
    Parts,
    Statement,
    Try,
    Walrus,
    While,
    With,
    WithItem,
)

ELIF: Final = kind("elif_clause")
ELSE: Final = kind("else_clause")
EXCEPT: Final = kind("except_clause")
FINALLY: Final = kind("finally_clause")
WITH_CLAUSE: Final = kind("with_clause")
WITH_ITEM: Final = kind("with_item")
PARENTHESES: Final = kind("parenthesized_expression")
AS: Final = kinds("as_pattern")
CASE: Final = kind("case_clause")
GUARD: Final = kind("if_clause")
COMMA: Final = kind(",", is_named=False)
# What an ``elif`` takes of the room.
_ELIF_NESTS: Final = 3


def conditional(node: Node, page: Page, room: int, found: list[Statement]) -> None:
    """``if``, with its ``elif`` nested one in another from the last to the first."""
    clauses = [node]
    otherwise: tuple[Statement, ...] = ()
    last: Node | None = None
    for child in node.children:
        if child.kind_id == ELIF:
            clauses.append(child)
        elif child.kind_id == ELSE:
            last = child
    if len(clauses) * _ELIF_NESTS > room - NEST:
        kept = max((room - NEST) // _ELIF_NESTS, 1)
        page.cut(clauses[min(kept, len(clauses) - 1)])
        del clauses[kept:]
    was_typing = page.is_typing
    read: list[tuple[Expression, tuple[Statement, ...]]] = []
    rest_is_typing = was_typing
    for depth, clause in enumerate(clauses):
        left = room - depth * _ELIF_NESTS
        parts = told(clause.children)
        page.is_typing = rest_is_typing
        if not parts or parts[0].kind_id in BLOCK:
            test: Expression = Parts()
        else:
            test = READERS[parts[0].kind_id](parts[0], page, left)
            side = typing_side(parts[0], page)
            page.is_typing = rest_is_typing or side > 0
            rest_is_typing = rest_is_typing or side < 0
        body: tuple[Statement, ...] = ()
        for part in parts:
            if part.kind_id in BLOCK:
                body = block(part, page, left)
        read.append((test, body))
    if last is not None:
        page.is_typing = rest_is_typing
        otherwise = suite(last, page, room - len(clauses) * _ELIF_NESTS)
    page.is_typing = was_typing
    for test, body in reversed(read):
        otherwise = (If(test, body, otherwise),)
    found.extend(otherwise)


def repeated(node: Node, page: Page, room: int, found: list[Statement]) -> None:
    """``while``."""
    test: Expression = Parts()
    body: tuple[Statement, ...] = ()
    otherwise: tuple[Statement, ...] = ()
    for child in node.children:
        number = child.kind_id
        if number in BLOCK:
            body = block(child, page, room)
        elif number == ELSE:
            otherwise = suite(child, page, room)
        elif number not in SILENT:
            test = READERS[number](child, page, room)
    found.append(While(test, body, otherwise))


def loop(node: Node, page: Page, room: int, found: list[Statement]) -> None:
    """``for``."""
    parts: list[Expression] = []
    body: tuple[Statement, ...] = ()
    otherwise: tuple[Statement, ...] = ()
    for child in node.children:
        number = child.kind_id
        if number in BLOCK:
            body = block(child, page, room)
        elif number == ELSE:
            otherwise = suite(child, page, room)
        elif number not in SILENT:
            parts.append(READERS[number](child, page, room))
    target, iterable = [*parts, Parts(), Parts()][:2]
    found.append(For(target, iterable, body, otherwise))


def tried(node: Node, page: Page, room: int, found: list[Statement]) -> None:
    body: tuple[Statement, ...] = ()
    otherwise: tuple[Statement, ...] = ()
    final: tuple[Statement, ...] = ()
    handlers: list[Handler] = []
    for child in node.children:
        number = child.kind_id
        if number in BLOCK:
            body = block(child, page, room)
        elif number == EXCEPT:
            handlers.append(handler(child, page, room))
        elif number == ELSE:
            otherwise = suite(child, page, room)
        elif number == FINALLY:
            final = suite(child, page, room)
    found.append(Try(body, tuple(handlers), otherwise, final))


def handler(node: Node, page: Page, room: int) -> Handler:
    values = [child for child in told(node.children) if child.kind_id not in BLOCK]
    named: str | None = None
    if len(values) == 1 and values[0].kind_id in AS:
        caught = told(values[0].children)
        named = page.identifier(caught[-1])
        values = caught[:1]
    elif len(values) == 2 and _is_bound_in_python2(values[1], page):
        page.note_python2(values[1])
        named = page.identifier(values[1])
        values = values[:1]
    exception = bare(values, page, room)
    return Handler(exception, named, suite(node, page, room))


def _is_bound_in_python2(node: Node, page: Page) -> bool:
    """Whether the ``b`` of ``except A, b:`` is a name for what is caught.

    Since Python 3.14 it may be a second class; classes have capitals or were imported.
    """
    name = page.of(node)
    return node.kind_id == IDENTIFIER and name.islower() and name not in page.imported


def entered(node: Node, page: Page, room: int, found: list[Statement]) -> None:
    """``with``."""
    pairs: list[WithItem] = []
    body: tuple[Statement, ...] = ()
    for child in node.children:
        if child.kind_id == WITH_CLAUSE:
            pairs += [
                with_item(one, page, room) for one in child.children if one.kind_id == WITH_ITEM
            ]
        elif child.kind_id in BLOCK:
            body = block(child, page, room)
    found.append(With(node.start_point[0] + 1, tuple(pairs), body))


def with_item(node: Node, page: Page, room: int) -> WithItem:
    parts = told(node.children)
    while len(parts) == 1 and (parts[0].kind_id == PARENTHESES or parts[0].kind_id in AS):
        parts = told(parts[0].children)
    if not parts:
        return WithItem(Parts())
    value = READERS[parts[0].kind_id](parts[0], page, room)
    if len(parts) == 1:
        return WithItem(value)
    return WithItem(value, READERS[parts[-1].kind_id](parts[-1], page, room))


def matched(node: Node, page: Page, room: int, found: list[Statement]) -> None:
    subjects: list[Node] = []
    is_tuple = False
    clauses: list[Node] = []
    for child in node.children:
        if child.kind_id in BLOCK:
            clauses += [one for one in child.children if one.kind_id == CASE]
        elif child.kind_id == COMMA:
            is_tuple = True
        elif child.kind_id not in SILENT:
            subjects.append(child)
    if is_tuple:
        line = node.start_point[0] + 1
        subject: Expression = Display(line, "tuple", items(subjects, page, room))
    else:
        subject = bare(subjects, page, room) or Parts()
    if not isinstance(subject, Name):
        subject = Walrus(held(node), subject)
    of = subject if isinstance(subject, Name) else subject.target
    found.append(Match(subject, tuple(case(one, page, room, of) for one in clauses)))


def case(node: Node, page: Page, room: int, of: Name) -> tuple[Statement, ...]:
    before: list[Statement] = []
    patterns = [child for child in node.children if child.kind_id in CASES]
    if len(patterns) > 1 or has_comma(node):
        of_sequence(patterns, page, room, of, before)
    else:
        for pattern in patterns:
            bound(pattern, page, room, of, before)
    for child in node.children:
        if child.kind_id == GUARD:
            before += [Evaluate(one) for one in items(child.children, page, room)]
    return (*before, *suite(node, page, room))
