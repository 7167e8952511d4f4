"""Expressions: from the grammar's nodes to ours."""

from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

from tree_sitter import Node

from banyan.survey.adapters.tree_sitter.grammar import (
    ERROR,
    EXTRAS,
    LANGUAGE,
    SILENT,
    kind,
    kinds,
    solid,
    told,
)
from banyan.survey.adapters.tree_sitter.literals import CONTENT, floating, integer, resolved
from banyan.survey.adapters.tree_sitter.literals import string as plain
from banyan.survey.adapters.tree_sitter.page import MOST, NEST, Page, proper
from banyan.survey.syntax import (
    Attribute,
    Await,
    Call,
    Clause,
    Comprehension,
    Conditional,
    Constant,
    Display,
    Expression,
    Format,
    Keyword,
    Lambda,
    Mapping,
    Name,
    Operation,
    Parameter,
    Parts,
    Slice,
    Starred,
    Subscript,
    Text,
    Walrus,
    Yield,
)

Reader: TypeAlias = Callable[[Node, Page, int], Expression]

READERS: Final[dict[int, Reader]] = {}
"""Who reads a node of which kind."""

CALL: Final = kind("call")
ATTRIBUTE: Final = kind("attribute")
SUBSCRIPT: Final = kind("subscript")
CHAINED: Final = frozenset({CALL, ATTRIBUTE, SUBSCRIPT})
OPERATORS: Final = kinds("binary_operator", "boolean_operator")
ARGUMENTS: Final = kind("argument_list")
KEYWORD: Final = kind("keyword_argument")
SPREAD: Final = kind("dictionary_splat")
PAIR: Final = kind("pair")
PARENTHESES: Final = kind("parenthesized_expression")
IDENTIFIER: Final = kind("identifier")
INTERPOLATION: Final = kinds("interpolation", "format_expression")
SPECIFIER: Final = kind("format_specifier")
CONVERSION: Final = kind("type_conversion")
FOR: Final = kind("for_in_clause")
IF: Final = kind("if_clause")
TYPE: Final = kind("type")
FROM: Final = kind("from", is_named=False)
IN: Final = kind("in", is_named=False)
UNEQUAL: Final = kind("<>", is_named=False)
EQUALS: Final = kind("=", is_named=False)
MINUS: Final = kind("-", is_named=False)
COMMA: Final = kind(",", is_named=False)
LAMBDA_PARAMETERS: Final = kind("lambda_parameters")
DEFAULTED: Final = kinds("default_parameter", "typed_default_parameter")
ANNOTATED: Final = kind("typed_parameter")
STARRED: Final = kinds("list_splat_pattern", "list_splat")
DOUBLE_STARRED: Final = kinds("dictionary_splat_pattern", "dictionary_splat")
BY_KEYWORD: Final = kind("keyword_separator")
BY_POSITION: Final = kind("positional_separator")
TUPLES: Final = kinds("tuple_pattern")


# How long a name with dots is looked at as a text.
_SHORT: Final = 80
_VALUES: Final = frozenset({"None", "True", "False"})


def name(node: Node, page: Page, _room: int) -> Name | Parts:
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
            value = name(function, page, room)
        elif function.kind_id == ATTRIBUTE:
            value = dotted(function, page)
        if isinstance(value, Name | Attribute) and room > 2 * NEST:
            return Call(value.line, value, *arguments(children[-1], page, room - NEST - 1))
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
            value = Call(line, value, *arguments(children[-1], page, room - NEST))
        else:
            line = getattr(value, "line", 0) or children[0].start_point[0] + 1
            value = Subscript(line, value, index(children[1:], page, room - NEST))
    # The grammar reads ``*a.b`` as an attribute of ``*a``.
    return Starred(value) if is_starred else value


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
        return READERS[found[0].kind_id](found[0], page, room)
    if not found:
        return Parts()
    return Display(found[0].start_point[0] + 1, "tuple", items(found, page, room))


def few(children: list[Node], page: Page) -> list[Node]:
    """As many of a literal's parts as are read."""
    if len(children) <= 2 * MOST:
        return children
    page.damage(children[0], f"some {len(children) // 2} items, of which {MOST} are read")
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


def pair(node: Node, page: Page, room: int) -> tuple[Expression, Expression]:
    children = node.children
    if len(children) != 3:
        children = solid(children)
    key, value = children[0], children[-1]
    return (
        READERS[key.kind_id](key, page, room),
        READERS[value.kind_id](value, page, room),
    )


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
    target = name(found[0], page, room) if found else Parts()
    return Walrus(target, value) if isinstance(target, Name) else value


def anonymous(node: Node, page: Page, room: int) -> Expression:
    """A lambda."""
    given: tuple[Parameter, ...] = ()
    for child in node.children:
        if child.kind_id == LAMBDA_PARAMETERS:
            given = parameters(child, page, room - NEST)
    return Lambda(given, last(node, page, room))


def parameters(node: Node, page: Page, room: int) -> tuple[Parameter, ...]:
    """The parameters of a function or a lambda, each with how it may be given."""
    if room < NEST:
        page.cut(node)
        return ()
    room -= NEST
    found: list[Parameter] = []
    after = ""
    for child in node.children:
        number = child.kind_id
        if number == IDENTIFIER:
            found.append(Parameter(page.identifier(child), None, None, after))
        elif number == BY_POSITION:
            found = [Parameter(one.name, one.annotation, one.default, "/") for one in found]
        elif number == BY_KEYWORD:
            after = "kw"
        elif number not in SILENT:
            one = parameter(child, page, room, after)
            found.append(one)
            if one.form == "*":
                after = "kw"
    return tuple(found)


def parameter(node: Node, page: Page, room: int, form: str) -> Parameter:
    """One parameter that is more than its name."""
    annotation: Expression | None = None
    default: Expression | None = None
    parts = [node]
    if node.kind_id in DEFAULTED or node.kind_id == ANNOTATED:
        parts = told(node.children)
    if not parts:
        return Parameter("", None, None, form)
    target = parts[0]
    for part in parts[1:]:
        if part.kind_id == TYPE:
            annotation = READERS[TYPE](part, page, room)
        elif node.kind_id in DEFAULTED:
            default = READERS[part.kind_id](part, page, room)
    if target.kind_id in STARRED or target.kind_id in DOUBLE_STARRED:
        form = "*" if target.kind_id in STARRED else "**"
        inside = told(target.children)
        target = inside[0] if inside else target
    if target.kind_id in TUPLES:
        # ``def f((a, b))`` has no name to call it by.
        page.note_python2(target)
        return Parameter("", annotation, default, form)
    return Parameter(page.identifier(target), annotation, default, form)


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


def string(node: Node, page: Page, room: int) -> Expression:
    """A string, with or without expressions in it."""
    found = plain(node, page, room)
    if found is not None:
        return found
    pieces, flags = interpolated(node, page, room)
    if "b" in flags:
        return Constant(None)
    line = node.start_point[0] + 1
    texts = [piece.value for piece in pieces if isinstance(piece, Text)]
    if len(texts) == len(pieces) and "t" not in flags:
        return Text(line, "".join(texts))
    return Format(line, tuple(pieces))


def interpolated(node: Node, page: Page, room: int) -> tuple[list[Expression], str]:
    """The texts of a string and the expressions between them, and the letters before it."""
    if room < NEST:
        page.cut(node)
        return [], ""
    pieces: list[Expression] = []
    start = node.children[0]
    flags = page.text[start.start_byte : start.end_byte].rstrip("\"'`").lower()
    for child in node.children:
        number = child.kind_id
        if number == CONTENT:
            value = page.text[child.start_byte : child.end_byte]
            if not value.isascii():
                value = proper(value)
            if "f" in flags or "t" in flags:
                value = value.replace("{{", "{").replace("}}", "}")
            if "\\" in value and "r" not in flags:
                value = resolved(value)
            pieces.append(Text(child.start_point[0] + 1, value))
        elif number in INTERPOLATION:
            interpolation(child, page, room - NEST, pieces)
    end = node.children[-1]
    rest = page.text[end.start_byte : end.end_byte].rstrip("\"'")
    if rest.strip("\\") == "" != rest:
        # The grammar counts backslashes at the end of a raw string to its end.
        pieces.append(Text(end.start_point[0] + 1, rest))
    return pieces, flags


def interpolation(node: Node, page: Page, room: int, pieces: list[Expression]) -> None:
    """``{value:{width}}``: the value, then what its format is made of."""
    if room < NEST:
        page.cut(node)
        return
    begin = node.start_byte + 1
    children = node.children
    for place, child in enumerate(children):
        number = child.kind_id
        if number == EQUALS:
            # ``{name=}`` shows its own source.
            source = page.text[begin : children[place + 1].start_byte]
            pieces.insert(-1, Text(child.start_point[0] + 1, proper(source)))
        elif number == SPECIFIER:
            for part in child.children:
                if part.kind_id in INTERPOLATION:
                    interpolation(part, page, room - NEST, pieces)
        elif number not in SILENT and number != CONVERSION:
            pieces.append(READERS[number](child, page, room))


def concatenation(node: Node, page: Page, room: int) -> Expression:
    """Strings that stand side by side are one."""
    line = node.start_point[0] + 1
    pieces: list[Expression] = []
    for child in node.children:
        if child.kind_id in SILENT:
            continue
        found = string(child, page, room)
        if isinstance(found, Constant):
            return found
        pieces.extend(found.parts if isinstance(found, Format) else (found,))
    joined: list[Expression] = []
    texts: list[str] = []
    begin = line
    for piece in pieces:
        if isinstance(piece, Text):
            if not texts:
                begin = piece.line
            texts.append(piece.value)
            continue
        if texts:
            joined.append(Text(begin, "".join(texts)))
            texts = []
        joined.append(piece)
    if texts:
        joined.append(Text(begin, "".join(texts)))
    if len(joined) == 1 and isinstance(joined[0], Text):
        return Text(line, joined[0].value)
    return Format(line, tuple(joined)) if joined else Text(line, "")


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
    parts = items(node.children, page, room)
    value, *others = parts or (Parts(),)
    for other in others:
        value = Operation(node.start_point[0] + 1, "|", value, other)
    return value


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
    "identifier": name,
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

for _number in range(LANGUAGE.node_kind_count):
    _name = LANGUAGE.node_kind_for_id(_number)
    if LANGUAGE.node_kind_is_named(_number) and _name:
        READERS[_number] = _BY_NAME.get(_name, parts)
READERS[ERROR] = parts
for _number in EXTRAS - {ERROR}:
    READERS[_number] = truth(None)
