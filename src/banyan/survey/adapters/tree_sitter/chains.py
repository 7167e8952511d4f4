"""Names, attributes, calls and subscripts, however many follow one another."""

from collections.abc import Sequence
from typing import Final

from tree_sitter import Node

from banyan.survey.adapters.tree_sitter.grammar import SILENT, kind, kinds, solid, told
from banyan.survey.adapters.tree_sitter.page import MOST, NEST, Page
from banyan.survey.adapters.tree_sitter.readers import READERS, few, items, last
from banyan.survey.syntax import (
    Attribute,
    Call,
    Display,
    Expression,
    Keyword,
    Name,
    Parts,
    Starred,
    Subscript,
    Text,
)

CALL: Final = kind("call")
ATTRIBUTE: Final = kind("attribute")
SUBSCRIPT: Final = kind("subscript")
CHAINED: Final = frozenset({CALL, ATTRIBUTE, SUBSCRIPT})
ARGUMENTS: Final = kind("argument_list")
KEYWORD: Final = kind("keyword_argument")
SPREAD: Final = kind("dictionary_splat")
IDENTIFIER: Final = kind("identifier")
COMMA: Final = kind(",", is_named=False)
STARRED: Final = kinds("list_splat_pattern", "list_splat")
# How long a name with dots is looked at as a text.
_SHORT: Final = 80
_VALUES: Final = frozenset({"None", "True", "False"})


def identifier(node: Node, page: Page, _room: int) -> Name | Parts:
    text = page.text[node.start_byte : node.end_byte]
    if not text.isascii():
        text = page.identifier(node)
    # A name that the grammar missed has no text.
    return Name(node.start_point[0] + 1, text) if text else Parts()


def chain(node: Node, page: Page, room: int) -> Expression:
    """``a.b(c)[d].e``."""
    number = node.kind_id
    if number == CALL:
        # Most calls are of a name, with or without dots, and most are not in a chain.
        children = node.children
        function = children[0]
        value: Expression | None = None
        if function.kind_id == IDENTIFIER:
            value = identifier(function, page, room)
        elif function.kind_id == ATTRIBUTE:
            value = dotted(function, page)
        if isinstance(value, Name | Attribute) and room > 2 * NEST:
            return called(value.line, value, *arguments(children[-1], page, room - NEST - 1))
    elif number == ATTRIBUTE and (value := dotted(node, page)) is not None:
        return value
    return long_chain(node, page, room)


def long_chain(node: Node, page: Page, room: int) -> Expression:
    """Any chain: read from its end to its start, built from its start to its end."""
    links: list[tuple[int, list[Node]]] = []
    straight: Expression | None = None
    while (number := node.kind_id) in CHAINED:
        if number == ATTRIBUTE and (straight := dotted(node, page)) is not None:
            break
        children = node.children
        if len(children) != 3:
            children = solid(children)
        links.append((number, children))
        node = children[0]
    inner = room - len(links)
    if inner < NEST:
        value: Expression = page.cut(node)
        # The room goes to the links that stand nearest to the end.
        del links[max(room - NEST, 0) :]
    elif straight is not None:
        value = straight
    else:
        value = READERS[node.kind_id](node, page, inner - NEST)
    if (is_starred := isinstance(value, Starred)) and links:
        value = value.value
    room -= len(links)
    for number, children in reversed(links):
        room += 1
        if number == ATTRIBUTE:
            last = children[-1]
            text = page.text[last.start_byte : last.end_byte]
            if not text.isascii():
                text = page.identifier(last)
            if text:
                value = Attribute(last.start_point[0] + 1, value, text)
        elif number == CALL:
            line = getattr(value, "line", 0) or children[0].start_point[0] + 1
            value = called(line, value, *arguments(children[-1], page, room - NEST))
        else:
            line = getattr(value, "line", 0) or children[0].start_point[0] + 1
            value = Subscript(line, value, index(children[1:], page, room - NEST))
    # The grammar reads ``*a.b`` as an attribute of ``*a``.
    return Starred(value) if is_starred else value


def called(
    line: int, function: Expression, given: tuple[Expression, ...], named: tuple[Keyword, ...]
) -> Expression:
    """A call; ``getattr(a, "b")`` is ``a.b`` by another spelling."""
    if isinstance(function, Name) and function.id == "getattr" and len(given) == 2 and not named:
        target = attribute(*given)
        if target is not None:
            return target
    return Call(line, function, given, named)


def attribute(of: Expression, name: Expression) -> Attribute | None:
    """The attribute that a text names; None where it is no such text."""
    if isinstance(of, Starred) or not isinstance(name, Text) or not name.value.isidentifier():
        return None
    return Attribute(name.line, of, name.value)


def dotted(node: Node, page: Page) -> Expression | None:
    """``a.b.c`` from its text alone, which is the fastest; None where it is anything else."""
    begin, end = node.start_byte, node.end_byte
    if end - begin > _SHORT:
        return None
    text = page.text[begin:end]
    if not text.replace(".", "").isidentifier() or not text.isascii():
        return None
    first, *names = text.split(".")
    if not names[-1] or first in _VALUES:
        return None
    line = node.start_point[0] + 1
    value: Expression = Name(line, first)
    for one in names:
        value = Attribute(line, value, one)
    return value


def arguments(
    node: Node, page: Page, room: int
) -> tuple[tuple[Expression, ...], tuple[Keyword, ...]]:
    """What a call passes, or a class is declared with."""
    if node.kind_id != ARGUMENTS:
        return (READERS[node.kind_id](node, page, room),), ()
    if node.end_byte - node.start_byte == 2:
        return (), ()
    if room < NEST:
        page.cut(node)
        return (), ()
    children = node.children
    given: list[Expression] = []
    named: list[Keyword] = []
    if len(children) > MOST:
        children = few(children, page)
    for child in children:
        number = child.kind_id
        if number in SILENT:
            continue
        if number == KEYWORD:
            parts = child.children
            if len(parts) != 3:
                parts = solid(parts)
            key, value = parts[0], parts[-1]
            read = READERS[value.kind_id](value, page, room - 2)
            named.append(Keyword(page.identifier(key), read, child.start_point[0] + 1))
        elif number == SPREAD:
            named.append(Keyword(None, last(child, page, room), child.start_point[0] + 1))
        else:
            given.append(READERS[number](child, page, room - 2))
    return tuple(given), tuple(named)


def index(children: Sequence[Node], page: Page, room: int) -> Expression:
    """What stands in brackets; several are a tuple."""
    found = told(children)
    has_comma = any(child.kind_id == COMMA for child in children)
    if len(found) == 1 and not has_comma and found[0].kind_id not in STARRED:
        only = READERS[found[0].kind_id](found[0], page, room)
        if not isinstance(only, Starred):
            return only
        # ``tuple[*Parts]`` where a type is expected.
        return Display(found[0].start_point[0] + 1, "tuple", (only,))
    if not found:
        return Parts()
    return Display(found[0].start_point[0] + 1, "tuple", items(found, page, room))
