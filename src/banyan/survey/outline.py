"""The places of a file that may tie it to another module: what it imports, calls, hands on."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, TypeAlias, cast

from banyan.survey.meanings import PythonModule
from banyan.survey.scopes import Scope
from banyan.survey.syntax import (
    Attribute,
    Call,
    Class,
    Constant,
    Function,
    Import,
    Lambda,
    Name,
    Node,
    Source,
    Text,
)
from banyan.survey.syntax import Mapping as MappingNode

# Methods that are handed on without being called, as ``on_commit(notify.delay)``.
_HANDED_ON: Final = frozenset({"delay", "apply_async", "send", "delay_on_commit"})


@dataclass(slots=True)
class Outline:
    """What a file imports, calls and hands on, each with the scope it stands in.

    Attributes:
        tasks: dictionaries with a key ``task``, as schedules have them.
    """

    module: PythonModule
    scope: Scope
    imports: list[tuple[Import, Scope]] = field(default_factory=list[tuple[Import, Scope]])
    calls: list[tuple[Call, Scope]] = field(default_factory=list[tuple[Call, Scope]])
    handed_on: list[tuple[Attribute, Scope]] = field(default_factory=list[tuple[Attribute, Scope]])
    functions: list[tuple[Function, Scope]] = field(default_factory=list[tuple[Function, Scope]])
    classes: list[tuple[Class, Scope]] = field(default_factory=list[tuple[Class, Scope]])
    tasks: list[tuple[MappingNode, Scope]] = field(default_factory=list[tuple[MappingNode, Scope]])


def outline(module: PythonModule, source: Source) -> Outline:
    """Go once through a file."""
    found = Outline(module, Scope(module))
    for statement in source.body:
        _visit(statement, found.scope, found)
    return found


def _visit(node: Node, scope: Scope, found: Outline) -> None:
    visitor = _VISITORS.get(type(node))
    if visitor is None:
        _inner(node, scope, found)
    else:
        visitor(node, scope, found)


def _inner(node: Node, scope: Scope, found: Outline) -> None:
    kind = type(node)
    fields = _FIELDS.get(kind)
    if fields is None:
        fields = _FIELDS[kind] = tuple(
            name for name in node.__struct_fields__ if name not in _PLAIN
        )
    for name in fields:
        value = getattr(node, name)
        if isinstance(value, tuple):
            _each(cast("tuple[object, ...]", value), scope, found)
        elif isinstance(value, Node):
            _visit(value, scope, found)


def _each(values: tuple[object, ...], scope: Scope, found: Outline) -> None:
    for value in values:
        if isinstance(value, Node):
            _visit(value, scope, found)
        elif isinstance(value, tuple):
            _each(cast("tuple[object, ...]", value), scope, found)


def _call(node: Node, scope: Scope, found: Outline) -> None:
    call = cast("Call", node)
    found.calls.append((call, scope))
    function = call.function
    # The method that is called is not handed on.
    _visit(function.value if isinstance(function, Attribute) else function, scope, found)
    _each(call.arguments, scope, found)
    _each(call.keywords, scope, found)


def _attribute(node: Node, scope: Scope, found: Outline) -> None:
    attribute = cast("Attribute", node)
    if attribute.name in _HANDED_ON:
        found.handed_on.append((attribute, scope))
    _visit(attribute.value, scope, found)


def _import(node: Node, scope: Scope, found: Outline) -> None:
    found.imports.append((cast("Import", node), scope))


def _class(node: Node, scope: Scope, found: Outline) -> None:
    of = cast("Class", node)
    found.classes.append((of, scope))
    _each((*of.decorators, *of.bases, *of.keywords), scope, found)
    inner = Scope(scope.module, of, scope, _within(scope, of.name))
    _each(of.body, inner, found)


def _function(node: Node, scope: Scope, found: Outline) -> None:
    of = cast("Function", node)
    found.functions.append((of, scope))
    _each((*of.decorators, *of.parameters), scope, found)
    inner = Scope(scope.module, of, scope, _within(scope, of.name))
    _each(of.body, inner, found)


def _lambda(node: Node, scope: Scope, found: Outline) -> None:
    of = cast("Lambda", node)
    _each(of.parameters, scope, found)
    _visit(of.body, Scope(scope.module, of, scope, scope.symbol), found)


def _mapping(node: Node, scope: Scope, found: Outline) -> None:
    of = cast("MappingNode", node)
    if any(isinstance(key, Text) and key.value == "task" for key, _ in of.items):
        found.tasks.append((of, scope))
    _inner(node, scope, found)


def _nothing(node: Node, scope: Scope, found: Outline) -> None:
    """Names, texts and numbers have nothing inside."""


def _within(scope: Scope, name: str) -> str:
    return f"{scope.symbol}.{name}" if scope.symbol else name


_Visitor: TypeAlias = Callable[[Node, Scope, Outline], None]
_FIELDS: Final[dict[type[Node], tuple[str, ...]]] = {}
_PLAIN: Final = frozenset({"line", "end", "id", "name", "operator", "form", "is_async", "alias"})
_VISITORS: Final[dict[type[Node], _Visitor]] = {
    Call: _call,
    Attribute: _attribute,
    Import: _import,
    Class: _class,
    Function: _function,
    Lambda: _lambda,
    MappingNode: _mapping,
    Constant: _nothing,
    Name: _nothing,
    Text: _nothing,
}
