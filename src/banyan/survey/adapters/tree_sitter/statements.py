"""Statements: from the grammar's nodes to ours."""

from collections.abc import Callable
from typing import Final, TypeAlias

from tree_sitter import Node

from banyan.survey.adapters.tree_sitter.expressions import (
    ARGUMENTS,
    CHAINED,
    IDENTIFIER,
    READERS,
    arguments,
    items,
    parameters,
)
from banyan.survey.adapters.tree_sitter.grammar import (
    ERROR,
    LANGUAGE,
    SILENT,
    kind,
    kinds,
    told,
)
from banyan.survey.adapters.tree_sitter.imports import (
    future_import,
    import_from,
    plain_import,
    typing_side,
)
from banyan.survey.adapters.tree_sitter.page import NEST, Page
from banyan.survey.syntax import (
    Assign,
    Attribute,
    Call,
    Class,
    Delete,
    Display,
    Evaluate,
    Expression,
    For,
    Function,
    Handler,
    If,
    Keyword,
    Match,
    Name,
    Parameter,
    Parts,
    Raise,
    Return,
    Statement,
    Subscript,
    Try,
    While,
    With,
    WithItem,
)

Writer: TypeAlias = Callable[[Node, Page, int, list[Statement]], None]

WRITERS: Final[dict[int, Writer]] = {}
"""Who writes down a node of which kind."""

BLOCK: Final = kinds("block")
ASSIGNMENT: Final = kind("assignment")
AUGMENTED: Final = kind("augmented_assignment")
TYPE: Final = kind("type")
TUPLE: Final = kind("expression_list")
ELIF: Final = kind("elif_clause")
ELSE: Final = kind("else_clause")
EXCEPT: Final = kind("except_clause")
FINALLY: Final = kind("finally_clause")
WITH_CLAUSE: Final = kind("with_clause")
WITH_ITEM: Final = kind("with_item")
PARENTHESES: Final = kind("parenthesized_expression")
AS: Final = kinds("as_pattern")
PARAMETERS: Final = kind("parameters")
DECORATOR: Final = kind("decorator")
CLASS: Final = kind("class_definition")
FUNCTION: Final = kind("function_definition")
CASE: Final = kind("case_clause")
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
GUARD: Final = kind("if_clause")
CHEVRON: Final = kind("chevron")
ASYNC: Final = kind("async", is_named=False)
COMMA: Final = kind(",", is_named=False)
EQUALS: Final = kind("=", is_named=False)
FROM: Final = kind("from", is_named=False)

# What an ``elif`` takes of the room.
_ELIF_NESTS: Final = 3


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


def expression_statement(node: Node, page: Page, room: int, found: list[Statement]) -> None:
    children = node.children
    first = children[0]
    number = first.kind_id
    if number == ASSIGNMENT:
        assignment(first, page, room, found)
    elif number == AUGMENTED:
        augmented(first, page, room, found)
    elif len(children) == 1:
        found.append(Evaluate(READERS[number](first, page, room)))
    else:
        # ``a,`` is a tuple of one.
        found.append(
            Evaluate(Display(first.start_point[0] + 1, "tuple", items(children, page, room)))
        )


def assignment(node: Node, page: Page, room: int, found: list[Statement]) -> None:
    """``a = b = c``: nested to the right, so read in a loop."""
    line = node.start_point[0] + 1
    children = node.children
    if len(children) == 3 and children[1].kind_id == EQUALS:
        left, _, right = children
        if right.kind_id != ASSIGNMENT:
            target = READERS[left.kind_id](left, page, room)
            found.append(Assign(line, (target,), READERS[right.kind_id](right, page, room)))
            return
    targets: list[Expression] = []
    annotation: Expression | None = None
    value: Expression | None = None
    while True:
        parts = told(node.children)
        if not parts:
            break
        targets.append(READERS[parts[0].kind_id](parts[0], page, room))
        rest = parts[1:]
        if rest and rest[0].kind_id == TYPE:
            annotation = READERS[TYPE](rest[0], page, room)
            rest = rest[1:]
        if not rest:
            break
        node = rest[-1]
        if node.kind_id != ASSIGNMENT:
            value = READERS[node.kind_id](node, page, room)
            break
    found.append(Assign(line, tuple(targets), value, annotation))


def augmented(node: Node, page: Page, room: int, found: list[Statement]) -> None:
    operator = ""
    parts: list[Expression] = []
    for child in node.children:
        if child.kind_id not in SILENT:
            parts.append(READERS[child.kind_id](child, page, room))
        elif child.type.endswith("="):
            operator = child.type[:-1]
    if len(parts) == 2:
        line = node.start_point[0] + 1
        found.append(Assign(line, (parts[0],), parts[1], None, operator))


def alias(node: Node, page: Page, room: int, found: list[Statement]) -> None:
    """``type A[T] = …``."""
    nodes = told(node.children)
    if len(nodes) != 2:
        return
    target, value = (READERS[one.kind_id](one, page, room) for one in nodes)
    line = node.start_point[0] + 1
    if _is_call_of_type(nodes[0]):
        target = _called_type(target, line)
    found.append(Assign(line, (target,), value))


def _is_call_of_type(node: Node) -> bool:
    """Whether it is ``type(a).b = c``, which the grammar takes for an alias."""
    while node.kind_id == TYPE or node.kind_id in CHAINED:
        node = node.children[0]
    return node.kind_id == PARENTHESES


def _called_type(target: Expression, line: int) -> Expression:
    if isinstance(target, Attribute):
        return Attribute(target.line, _called_type(target.value, line), target.name)
    if isinstance(target, Subscript):
        return Subscript(target.line, _called_type(target.value, line), target.index)
    return Call(line, Name(line, "type"), (target,))


def returned(node: Node, page: Page, room: int, found: list[Statement]) -> None:
    children = node.children
    if len(children) == 1:
        found.append(Return(None))
    else:
        found.append(Return(bare(told(children), page, room)))


def raised(node: Node, page: Page, room: int, found: list[Statement]) -> None:
    values: list[Node] = []
    causes: list[Node] = []
    into = values
    for child in node.children:
        if child.kind_id == FROM:
            into = causes
        elif child.kind_id not in SILENT:
            into.append(child)
    if values and values[0].kind_id == TUPLE:
        # ``raise Error, "text"``.
        page.note_python2(values[0])
    value = bare(values, page, room)
    cause = bare(causes, page, room)
    if cause is not None:
        found.append(Evaluate(cause))
    found.append(Raise(value))


def deleted(node: Node, page: Page, room: int, found: list[Statement]) -> None:
    parts = told(node.children)
    if parts and parts[0].kind_id == TUPLE:
        parts = told(parts[0].children)
    found.append(Delete(items(parts, page, room)))


def asserted(node: Node, page: Page, room: int, found: list[Statement]) -> None:
    found.extend(Evaluate(part) for part in items(node.children, page, room))


def printed(node: Node, page: Page, room: int, found: list[Statement]) -> None:
    """``print`` and ``exec`` as statements."""
    page.note_python2(node)
    parts: list[Expression] = []
    for child in told(node.children):
        if child.kind_id == CHEVRON:
            parts.extend(items(child.children, page, room))
        else:
            parts.append(READERS[child.kind_id](child, page, room))
    found.append(Evaluate(Parts(tuple(parts))))


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
    cases: list[tuple[Statement, ...]] = []
    for child in node.children:
        if child.kind_id in BLOCK:
            cases += [case(one, page, room) for one in child.children if one.kind_id == CASE]
        elif child.kind_id == COMMA:
            is_tuple = True
        elif child.kind_id not in SILENT:
            subjects.append(child)
    if is_tuple:
        line = node.start_point[0] + 1
        subject: Expression = Display(line, "tuple", items(subjects, page, room))
    else:
        subject = bare(subjects, page, room) or Parts()
    found.append(Match(subject, tuple(cases)))


def case(node: Node, page: Page, room: int) -> tuple[Statement, ...]:
    guards: list[Statement] = []
    for child in node.children:
        if child.kind_id == GUARD:
            guards += [Evaluate(one) for one in items(child.children, page, room)]
    return (*guards, *suite(node, page, room))


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
    for child in node.children:
        number = child.kind_id
        if number == IDENTIFIER:
            name = page.identifier(child)
            line = child.start_point[0] + 1
        elif number == ARGUMENTS:
            bases, keywords = arguments(child, page, room)
        elif number in BLOCK:
            body = block(child, page, room)
    found.append(Class(line, end(node), name, bases, keywords, decorators, body))


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
        elif number == ASYNC:
            is_async = True
    found.append(Function(line, end(node), name, given, returns, decorators, body, is_async))


def broken(node: Node, page: Page, room: int, found: list[Statement]) -> None:
    """What can still be read where the grammar gave up."""
    if room < NEST:
        return
    for child in node.children:
        writer = WRITERS.get(child.kind_id)
        if writer is not None:
            writer(child, page, room - NEST, found)
        elif child.kind_id in BLOCK:
            found.extend(block(child, page, room - NEST))
        elif child.kind_id in READERS and child.kind_id not in SILENT:
            read = READERS[child.kind_id](child, page, room - NEST)
            if not isinstance(read, Name):
                found.append(Evaluate(read))


_BY_NAME: Final[dict[str, Writer]] = {
    "import_statement": plain_import,
    "import_from_statement": import_from,
    "future_import_statement": future_import,
    "expression_statement": expression_statement,
    "assignment": assignment,
    "augmented_assignment": augmented,
    "type_alias_statement": alias,
    "return_statement": returned,
    "raise_statement": raised,
    "delete_statement": deleted,
    "assert_statement": asserted,
    "print_statement": printed,
    "exec_statement": printed,
    "if_statement": conditional,
    "while_statement": repeated,
    "for_statement": loop,
    "try_statement": tried,
    "with_statement": entered,
    "match_statement": matched,
    "decorated_definition": decorated,
    "class_definition": define_class,
    "function_definition": define_function,
}

for _number in range(LANGUAGE.node_kind_count):
    _writer = _BY_NAME.get(LANGUAGE.node_kind_for_id(_number) or "")
    if _writer is not None and LANGUAGE.node_kind_is_named(_number):
        WRITERS[_number] = _writer
WRITERS[ERROR] = broken
