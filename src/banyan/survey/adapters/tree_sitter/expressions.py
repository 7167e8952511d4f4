"""Expressions: from the grammar's nodes to ours."""

from typing import Final

from tree_sitter import Node

from banyan.survey.adapters.tree_sitter.chains import COMMA, SPREAD, chain, identifier, index
from banyan.survey.adapters.tree_sitter.comprehensions import PAIR, comprehension, pair
from banyan.survey.adapters.tree_sitter.grammar import (
    ERROR,
    LANGUAGE,
    kind,
    kinds,
    solid,
    told,
)
from banyan.survey.adapters.tree_sitter.literals import floating, integer
from banyan.survey.adapters.tree_sitter.page import NEST, Page
from banyan.survey.adapters.tree_sitter.readers import READERS, Reader, few, items, last
from banyan.survey.adapters.tree_sitter.signatures import anonymous
from banyan.survey.adapters.tree_sitter.strings import concatenation, string
from banyan.survey.syntax import (
    Attribute,
    Await,
    Conditional,
    Constant,
    Display,
    Expression,
    Mapping,
    Name,
    Operation,
    Parts,
    Slice,
    Starred,
    Subscript,
    Walrus,
    Yield,
)

OPERATORS: Final = kinds("binary_operator", "boolean_operator")
PARENTHESES: Final = kind("parenthesized_expression")
FROM: Final = kind("from", is_named=False)
UNEQUAL: Final = kind("<>", is_named=False)
MINUS: Final = kind("-", is_named=False)
BAR: Final = kind("|", is_named=False)
TYPE: Final = kind("type")
UNION: Final = kind("union_type")


def operation(node: Node, page: Page, room: int) -> Expression:
    """``a + b + c``: nested to the left, so read as a chain is."""
    links: list[tuple[Node, Node]] = []
    while node.kind_id in OPERATORS:
        children = node.children
        if len(children) != 3:
            children = solid(children)
        links.append((children[1], children[2]))
        node = children[0]
    inner = room - len(links)
    if inner < NEST:
        value: Expression = page.cut(node)
        del links[max(room - NEST, 0) :]
    else:
        value = READERS[node.kind_id](node, page, inner - NEST)
    if is_starred := isinstance(value, Starred):
        value = value.value
    room -= len(links)
    for sign, right in reversed(links):
        room += 1
        operator = page.text[sign.start_byte : sign.end_byte]
        other = READERS[right.kind_id](right, page, room - NEST)
        value = Operation(sign.start_point[0] + 1, operator, value, other)
    return Starred(value) if is_starred else value


def comparison(node: Node, page: Page, room: int) -> Expression:
    for child in node.children:
        if child.kind_id == UNEQUAL:
            page.note_python2(child)
    return Parts(items(node.children, page, room))


def unary(node: Node, page: Page, room: int) -> Expression:
    value = last(node, page, room)
    if isinstance(value, Constant) and isinstance(value.value, int | float):
        sign = node.children[0].kind_id
        if sign == MINUS:
            return Constant(-value.value)
    return Parts((value,))


def parentheses(node: Node, page: Page, room: int) -> Expression:
    """What stands in parentheses, however many there are."""
    while node.kind_id == PARENTHESES:
        found = told(node.children)
        if not found:
            return Parts()
        node = found[0]
    return READERS[node.kind_id](node, page, room - 1)


def display(form: str) -> Reader:
    """The reader of a sequence of that form."""

    def read(node: Node, page: Page, room: int) -> Expression:
        return Display(node.start_point[0] + 1, form, items(node.children, page, room))

    return read


def tuple_pattern(node: Node, page: Page, room: int) -> Expression:
    """``(a, b)`` as a target; ``(a)`` is ``a``."""
    found = items(node.children, page, room)
    if len(found) == 1 and all(child.kind_id != COMMA for child in node.children):
        return found[0]
    return Display(node.start_point[0] + 1, "tuple", found)


def mapping(node: Node, page: Page, room: int) -> Expression:
    if room < NEST:
        return page.cut(node)
    pairs: list[tuple[Expression | None, Expression]] = []
    for child in few(node.children, page):
        if child.kind_id == PAIR:
            pairs.append(pair(child, page, room - NEST))
        elif child.kind_id == SPREAD:
            pairs.append((None, last(child, page, room)))
    return Mapping(node.start_point[0] + 1, tuple(pairs))


def conditional(node: Node, page: Page, room: int) -> Expression:
    parts = items(node.children, page, room)
    if len(parts) != 3:
        return Parts(parts)
    then, test, otherwise = parts
    if isinstance(then, Starred):
        return Starred(Conditional(test, then.value, otherwise))
    return Conditional(test, then, otherwise)


def slices(node: Node, page: Page, room: int) -> Expression:
    return Slice(items(node.children, page, room))


def starred(node: Node, page: Page, room: int) -> Expression:
    return Starred(last(node, page, room))


def awaited(node: Node, page: Page, room: int) -> Expression:
    return Await(last(node, page, room))


def yielded(node: Node, page: Page, room: int) -> Expression:
    is_delegated = any(child.kind_id == FROM for child in node.children)
    if not told(node.children):
        return Yield(None)
    return Yield(last(node, page, room), is_delegated)


def walrus(node: Node, page: Page, room: int) -> Expression:
    found = told(node.children)
    value = last(node, page, room)
    target = identifier(found[0], page, room) if found else Parts()
    return Walrus(target, value) if isinstance(target, Name) else value


def generic(node: Node, page: Page, room: int) -> Expression:
    """``list[int]`` where a type is expected."""
    value, *rest = told(node.children) or [node]
    if not rest:
        return Parts()
    read = READERS[value.kind_id](value, page, room - NEST)
    if room < NEST:
        return page.cut(node)
    found = index(rest[0].children, page, room - NEST)
    return Subscript(value.start_point[0] + 1, read, found)


def union(node: Node, page: Page, room: int) -> Expression:
    """``list[int] | A | B``: the grammar nests it to the right, and Python to the left."""
    first, *others = alternatives(node)
    if not others:
        return parts(node, page, room)
    inner = room - len(others)
    if inner < NEST:
        value: Expression = page.cut(first[1])
        del others[: len(others) - max(room - NEST, 0)]
    else:
        value = READERS[first[1].kind_id](first[1], page, inner - NEST)
    room -= len(others)
    for line, other in others:
        room += 1
        value = Operation(line, "|", value, READERS[other.kind_id](other, page, room - NEST))
    return value


def alternatives(node: Node) -> list[tuple[int, Node]]:
    """What a union is of, from the left, however the grammar nests it; each with its bar's line."""
    found: list[tuple[int, Node]] = []
    line = 0
    ahead = [node]
    while ahead:
        one = ahead.pop()
        while one.kind_id == TYPE and len(inside := solid(one.children)) == 1:
            one = inside[0]
        children = solid(one.children)
        if one.kind_id == BAR:
            line = one.start_point[0] + 1
        elif len(children) == 3 and children[1].kind_id == BAR:
            ahead += reversed(children)
        else:
            found.append((line, one))
    return found


def member(node: Node, page: Page, room: int) -> Expression:
    value, *names = told(node.children)
    read = READERS[value.kind_id](value, page, room - NEST) if room > NEST else page.cut(node)
    for one in names:
        read = Attribute(one.start_point[0] + 1, read, page.identifier(one))
    return read


def truth(value: bool | None) -> Reader:
    constant = Constant(value)
    return lambda _node, _page, _room: constant


def parts(node: Node, page: Page, room: int) -> Expression:
    """Whatever it is: what it is made of."""
    return Parts(items(node.children, page, room))


def first(node: Node, page: Page, room: int) -> Expression:
    """The first part of a node, which is what it is about."""
    found = told(node.children)
    if room < NEST or not found:
        return page.cut(node) if found else Parts()
    return READERS[found[0].kind_id](found[0], page, room - NEST)


_BY_NAME: Final[dict[str, Reader]] = {
    "identifier": identifier,
    "attribute": chain,
    "call": chain,
    "subscript": chain,
    "binary_operator": operation,
    "boolean_operator": operation,
    "comparison_operator": comparison,
    "unary_operator": unary,
    "parenthesized_expression": parentheses,
    "list": display("list"),
    "list_pattern": display("list"),
    "tuple": display("tuple"),
    "tuple_pattern": tuple_pattern,
    "tuple_expression": display("tuple"),
    "expression_list": display("tuple"),
    "pattern_list": display("tuple"),
    "set": display("set"),
    "dictionary": mapping,
    "conditional_expression": conditional,
    "slice": slices,
    "list_splat": starred,
    "list_splat_pattern": starred,
    "dictionary_splat": starred,
    "dictionary_splat_pattern": starred,
    "splat_type": starred,
    "await": awaited,
    "yield": yielded,
    "named_expression": walrus,
    "lambda": anonymous,
    "list_comprehension": comprehension("list"),
    "set_comprehension": comprehension("set"),
    "dictionary_comprehension": comprehension("dict"),
    "generator_expression": comprehension("generator"),
    "string": string,
    "concatenated_string": concatenation,
    "integer": integer,
    "float": floating,
    "true": truth(True),
    "false": truth(False),
    "none": truth(None),
    "ellipsis": truth(None),
    "type": first,
    "as_pattern": first,
    "as_pattern_target": first,
    "constrained_type": first,
    "generic_type": generic,
    "union_type": union,
    "member_type": member,
    "keyword_argument": last,
}


def by_kind() -> dict[int, Reader]:
    """Who reads a node of which kind; what is not known is read as what it is made of."""
    found: dict[int, Reader] = {ERROR: parts}
    for number in range(LANGUAGE.node_kind_count):
        name = LANGUAGE.node_kind_for_id(number)
        if LANGUAGE.node_kind_is_named(number) and name:
            found[number] = _BY_NAME.get(name, parts)
    return found
