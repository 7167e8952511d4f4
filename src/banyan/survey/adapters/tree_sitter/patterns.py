"""What the pattern of a ``case`` binds, as the assignments that would do the same.

``case Order(user=user)`` is read as ``order = order if isinstance(order, Order) else None`` and
``user = order.user``, so that all that analysis knows of names holds for patterns too.
"""

from typing import Final

from tree_sitter import Node

from banyan.survey.adapters.tree_sitter.grammar import kind, kinds, told
from banyan.survey.adapters.tree_sitter.imports import DOTTED
from banyan.survey.adapters.tree_sitter.page import NEST, Page
from banyan.survey.adapters.tree_sitter.readers import READERS
from banyan.survey.syntax import (
    Assign,
    Attribute,
    Call,
    Conditional,
    Constant,
    Evaluate,
    Expression,
    Name,
    Slice,
    Statement,
    Subscript,
)

CASES: Final = kinds("case_pattern")
NAMED: Final = kinds("as_pattern")
CLASS: Final = kinds("class_pattern")
KEYWORD: Final = kinds("keyword_pattern")
EITHER: Final = kinds("union_pattern")
SEQUENCE: Final = kinds("list_pattern", "tuple_pattern")
ENTRIES: Final = kinds("dict_pattern")
REST: Final = kinds("splat_pattern")
COMMA: Final = kind(",", is_named=False)


def bound(node: Node, page: Page, room: int, of: Expression, found: list[Statement]) -> None:
    """Add the assignments for what a pattern binds when a value is matched with it."""
    if room < NEST:
        page.cut(node)
        return
    room -= NEST
    number = node.kind_id
    parts = told(node.children)
    is_group = number in SEQUENCE and node.children[0].type == "(" and not has_comma(node)
    if number in CASES or number in EITHER or (is_group and len(parts) == 1):
        for part in parts:
            bound(part, page, room, of, found)
    elif number == DOTTED:
        if len(parts) == 1 and page.identifier(parts[0]) != "_":
            _give(parts[0], page, of, found)
    elif number in NAMED and len(parts) == 2:
        bound(parts[0], page, room, of, found)
        _give(parts[1], page, _narrowed(parts[0], page, of), found, node)
    elif number in CLASS:
        _of_class(node, page, room, of, found)
    elif number in SEQUENCE:
        of_sequence(parts, page, room, of, found)
    elif number in ENTRIES:
        _of_entries(node, page, room, of, found)


def has_comma(node: Node) -> bool:
    """Whether there is a comma between the parts of a node itself."""
    return any(child.kind_id == COMMA for child in node.children)


def held(node: Node) -> Name:
    """A name for what has none: with a space in it, it is nobody else's."""
    line = node.start_point[0] + 1
    return Name(line, f"match {line}:{node.start_point[1]}")


def _give(
    name: Node,
    page: Page,
    value: Expression,
    found: list[Statement],
    at: Node | None = None,
) -> None:
    line = (at or name).start_point[0] + 1
    found.append(Assign(line, (Name(line, page.identifier(name)),), value))


def _narrowed(node: Node, page: Page, of: Expression) -> Expression:
    """A value as what the class in a pattern says it is."""
    node = _bare(node)
    if node.kind_id not in CLASS or not isinstance(of, Name):
        return of
    owner = told(node.children)[0]
    line = owner.start_point[0] + 1
    test = Call(line, Name(line, "isinstance"), (of, _dotted(owner, page)))
    return Conditional(test, of, Constant(None))


def _dotted(node: Node, page: Page) -> Expression:
    first, *rest = told(node.children)
    value: Expression = Name(first.start_point[0] + 1, page.identifier(first))
    for one in rest:
        value = Attribute(one.start_point[0] + 1, value, page.identifier(one))
    return value


def _of_class(node: Node, page: Page, room: int, of: Expression, found: list[Statement]) -> None:
    line = node.start_point[0] + 1
    if not isinstance(of, Name):
        whole = held(node)
        found.append(Assign(line, (whole,), of))
        of = whole
    found.append(Assign(line, (of,), _narrowed(node, page, of)))
    for part in told(node.children)[1:]:
        inner, alias = _bare(part), None
        if inner.kind_id in NAMED and _bare(told(inner.children)[0]).kind_id in KEYWORD:
            # The grammar takes `user=User() as user` for one that is named as a whole.
            inner, alias = told(inner.children)
            inner = _bare(inner)
        if inner.kind_id in KEYWORD:
            name, *patterns = told(inner.children)
            value = Attribute(part.start_point[0] + 1, of, page.identifier(name))
            before = len(found)
            for pattern in patterns:
                bound(pattern, page, room, value, found)
                if alias is not None:
                    _give(alias, page, value, found, pattern)
            if len(found) == before:
                found.append(Evaluate(value))
        else:
            # Which attribute is meant by a place, the class says.
            bound(part, page, room, Constant(None), found)


def _bare(node: Node) -> Node:
    while node.kind_id in CASES and (parts := told(node.children)):
        node = parts[0]
    return node


def of_sequence(
    parts: list[Node], page: Page, room: int, of: Expression, found: list[Statement]
) -> None:
    """Add what the patterns between commas bind."""
    after = False
    for place, part in enumerate(parts):
        line = part.start_point[0] + 1
        inner = told(part.children)
        rest = inner[0] if inner and inner[0].kind_id in REST else part
        if rest.kind_id in REST:
            after = True
            for name in told(rest.children):
                if page.identifier(name) != "_":
                    _give(name, page, Subscript(line, of, Slice()), found, rest)
        else:
            index = place - len(parts) if after else place
            bound(part, page, room, Subscript(line, of, Constant(index)), found)


def _of_entries(node: Node, page: Page, room: int, of: Expression, found: list[Statement]) -> None:
    key: Node | None = None
    for part in told(node.children):
        if part.kind_id in REST:
            for name in told(part.children):
                _give(name, page, of, found, node)
        elif part.kind_id in CASES and key is not None:
            index = (
                _dotted(key, page)
                if key.kind_id == DOTTED
                else READERS[key.kind_id](key, page, room)
            )
            bound(part, page, room, Subscript(key.start_point[0] + 1, of, index), found)
        else:
            key = part
