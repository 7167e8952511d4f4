"""Statements: from the grammar's nodes to ours."""

from typing import Final

from tree_sitter import Node

from banyan.survey.adapters.tree_sitter.blocks import BLOCK, WRITERS, Writer, bare, block
from banyan.survey.adapters.tree_sitter.chains import CHAINED, attribute
from banyan.survey.adapters.tree_sitter.compounds import (
    PARENTHESES,
    conditional,
    entered,
    loop,
    matched,
    repeated,
    tried,
)
from banyan.survey.adapters.tree_sitter.definitions import (
    TYPE,
    decorated,
    define_class,
    define_function,
)
from banyan.survey.adapters.tree_sitter.grammar import ERROR, LANGUAGE, SILENT, kind, told
from banyan.survey.adapters.tree_sitter.hints import hint
from banyan.survey.adapters.tree_sitter.imports import future_import, import_from, plain_import
from banyan.survey.adapters.tree_sitter.page import NEST, Page
from banyan.survey.adapters.tree_sitter.readers import READERS, items
from banyan.survey.syntax import (
    Assign,
    Attribute,
    Call,
    Delete,
    Display,
    Evaluate,
    Expression,
    Name,
    Parts,
    Raise,
    Return,
    Starred,
    Statement,
    Subscript,
)

ASSIGNMENT: Final = kind("assignment")
AUGMENTED: Final = kind("augmented_assignment")
TUPLE: Final = kind("expression_list")
CHEVRON: Final = kind("chevron")
EQUALS: Final = kind("=", is_named=False)
FROM: Final = kind("from", is_named=False)


def expression_statement(node: Node, page: Page, room: int, found: list[Statement]) -> None:
    children = node.children
    first = children[0]
    number = first.kind_id
    if number == ASSIGNMENT:
        assignment(first, page, room, found)
    elif number == AUGMENTED:
        augmented(first, page, room, found)
    elif len(children) == 1:
        value = READERS[number](first, page, room)
        found.append(set_by_name(node.start_point[0] + 1, value) or Evaluate(value))
    else:
        # ``a,`` is a tuple of one.
        found.append(
            Evaluate(Display(first.start_point[0] + 1, "tuple", items(children, page, room)))
        )


def set_by_name(line: int, value: Expression) -> Assign | None:
    """``setattr(a, "b", c)`` is ``a.b = c`` by another spelling; None where it is no such call."""
    match value:
        case Call(function=Name(id="setattr"), arguments=(of, name, given), keywords=()):
            target = None if isinstance(given, Starred) else attribute(of, name)
            return None if target is None else Assign(line, (target,), given)
        case _:
            return None


def assignment(node: Node, page: Page, room: int, found: list[Statement]) -> None:
    """``a = b = c``: nested to the right, so read in a loop."""
    line = node.start_point[0] + 1
    value: Expression | None = None
    children = node.children
    if len(children) == 3 and children[1].kind_id == EQUALS:
        left, _, right = children
        if right.kind_id != ASSIGNMENT:
            target = READERS[left.kind_id](left, page, room)
            value = READERS[right.kind_id](right, page, room)
            is_one = page.hints and isinstance(target, Name | Attribute)
            found.append(Assign(line, (target,), value, hint(node, page) if is_one else None))
            return
    targets: list[Expression] = []
    annotation: Expression | None = None
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


def by_kind() -> dict[int, Writer]:
    """Who writes down a node of which kind; what is no statement has nobody."""
    found: dict[int, Writer] = {ERROR: broken}
    for number in range(LANGUAGE.node_kind_count):
        writer = _BY_NAME.get(LANGUAGE.node_kind_for_id(number) or "")
        if writer is not None and LANGUAGE.node_kind_is_named(number):
            found[number] = writer
    return found
