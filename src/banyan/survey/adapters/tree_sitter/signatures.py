"""The parameters of functions and lambdas."""

from typing import Final

from msgspec.structs import replace
from tree_sitter import Node

from banyan.survey.adapters.tree_sitter.chains import IDENTIFIER, STARRED
from banyan.survey.adapters.tree_sitter.grammar import SILENT, kind, kinds, told
from banyan.survey.adapters.tree_sitter.hints import hint
from banyan.survey.adapters.tree_sitter.page import NEST, Page
from banyan.survey.adapters.tree_sitter.readers import READERS, last
from banyan.survey.syntax import Expression, Lambda, Parameter

TYPE: Final = kind("type")
LAMBDA_PARAMETERS: Final = kind("lambda_parameters")
DEFAULTED: Final = kinds("default_parameter", "typed_default_parameter")
ANNOTATED: Final = kind("typed_parameter")
DOUBLE_STARRED: Final = kinds("dictionary_splat_pattern", "dictionary_splat")
BY_KEYWORD: Final = kind("keyword_separator")
BY_POSITION: Final = kind("positional_separator")
BOUNDED: Final = kind("constrained_type")
TUPLES: Final = kinds("tuple_pattern")


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
        if page.hints and found and not found[-1].annotation and number not in SILENT:
            found[-1] = replace(found[-1], annotation=hint(child, page))
    return tuple(found)


def bounds(node: Node, page: Page, room: int) -> tuple[Parameter, ...]:
    """The type parameters that have a bound, or types to choose from, as their annotation."""
    if room < NEST:
        page.cut(node)
        return ()
    found: list[Parameter] = []
    for child in node.children:
        for inner in child.children:
            parts = told(inner.children)
            if inner.kind_id == BOUNDED and len(parts) == 2:
                name, bound = parts
                read = READERS[bound.kind_id](bound, page, room - NEST)
                found.append(Parameter(page.identifier(name), read))
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
