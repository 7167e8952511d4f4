"""What a type annotation says that something is."""

import ast
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from banyan.survey.following.values import (
    NOTHING,
    REQUEST,
    Atom,
    ClassValue,
    Entries,
    Inner,
    Many,
    Object,
    Row,
    Rows,
    Several,
    Value,
    all_joined,
    joined,
)
from banyan.survey.following.world import World
from banyan.survey.meanings import ClassRef, External, Meaning, PythonModule, ValueRef
from banyan.survey.syntax import (
    Attribute,
    Call,
    Class,
    Constant,
    Display,
    Expression,
    Function,
    Name,
    Operation,
    Subscript,
    Text,
)

_DEEPEST: Final = 12
_INNER: Final = frozenset(
    [
        "Optional",
        "Union",
        "Annotated",
        "ClassVar",
        "Final",
        "Required",
        "NotRequired",
        "ReadOnly",
        "Awaitable",
    ]
)
_MANY: Final = frozenset(
    [
        "list",
        "List",
        "set",
        "Set",
        "frozenset",
        "FrozenSet",
        "Iterable",
        "Iterator",
        "Sequence",
        "Collection",
        "Generator",
        "AsyncIterator",
        "AsyncIterable",
        "AsyncGenerator",
        "MutableSequence",
        "deque",
        "Reversible",
        "Container",
        "AbstractSet",
        "MutableSet",
    ]
)
_TABLES: Final = frozenset(
    ["dict", "Dict", "Mapping", "MutableMapping", "defaultdict", "DefaultDict", "OrderedDict"]
)
_MANAGERS: Final = frozenset({"Manager", "BaseManager", "RelatedManager", "ManyRelatedManager"})


def bounds_of(*nodes: Class | Function | None) -> dict[str, Expression]:
    """The bounds of the type parameters that a class and its method declare, by their name."""
    return {
        one.name: one.annotation
        for node in nodes
        if node is not None
        for one in node.bounds
        if one.annotation is not None
    }


class Reader:
    """Reads annotations in one module.

    Args:
        local: what a name means among the local variables of the function.
        bounds: what is said of type parameters, by their name.
    """

    def __init__(
        self,
        world: World,
        module: PythonModule,
        me: Atom | None = None,
        local: Callable[[str], Value | None] | None = None,
        bounds: Mapping[str, Expression] = MappingProxyType({}),
    ) -> None:
        self._world = world
        self._module = module
        self._me = me
        self._local = local
        self._bounds = bounds

    def value(self, annotation: Expression, depth: int = 0) -> Value:
        """What something so annotated is."""
        if depth > _DEEPEST:
            return NOTHING
        match annotation:
            case Text(value=text):
                inner = _parsed(text)
                return self.value(inner, depth + 1) if inner is not None else NOTHING
            case Operation(operator="|", left=left, right=right):
                return joined(self.value(left, depth + 1), self.value(right, depth + 1))
            case Subscript(value=value, index=index):
                arguments = index.items if isinstance(index, Display) else (index,)
                return self._generic(value, arguments, depth)
            case Name(id="Self") | Attribute(name="Self"):
                return (self._me,) if self._me is not None else NOTHING
            case Name() | Attribute():
                return self._named(annotation, depth)
            case _:
                return NOTHING

    def _named(self, annotation: Name | Attribute, depth: int) -> Value:
        if isinstance(annotation, Name) and self._local is not None:
            local = self._local(annotation.id)
            if local:
                return tuple(
                    each
                    for item in local
                    if isinstance(item, ClassValue)
                    for each in self._class(item.ref)
                )
        if isinstance(annotation, Name) and (bound := self._bounds.get(annotation.id)):
            choices = bound.items if isinstance(bound, Display) else (bound,)
            return all_joined(self.value(one, depth + 1) for one in choices)
        codebase = self._world.codebase
        meaning: Meaning | None = None
        if isinstance(annotation, Name):
            meaning = codebase.lookup(self._module, annotation.id)
            if isinstance(meaning, ValueRef) and not _is_alias(meaning.expression):
                meaning = codebase.followed(meaning)
        else:
            meaning = codebase.resolve(self._module, annotation)
        match meaning:
            case ClassRef():
                return self._class(meaning)
            case External(name=name) if name.endswith(("HttpRequest", "Request")):
                return REQUEST
            case ValueRef(module=module, expression=expression):
                inside = self if module is self._module else Reader(self._world, module)
                match expression:
                    case Call(function=Name(id="TypeVar") | Attribute(name="TypeVar")):
                        bounds = [k.value for k in expression.keywords if k.name == "bound"]
                        return all_joined(
                            inside.value(one, depth + 1)
                            for one in (*bounds, *expression.arguments[1:])
                        )
                    case Subscript() | Operation() | Text():
                        return inside.value(expression, depth + 1)
                    case _:
                        return NOTHING
            case _:
                pass
        if isinstance(annotation, Attribute):
            # A whole dotted name in a string needs no import.
            dotted = _dotted(annotation)
            where, _, name = dotted.rpartition(".")
            found = codebase.find(where, self._module) if where else None
            inner = codebase.lookup(found, name) if found else None
            if isinstance(inner, ClassRef):
                return self._class(inner)
        return NOTHING

    def _class(self, ref: ClassRef) -> Value:
        world = self._world
        model = world.graph.model_of(ref)
        if model is not None:
            return (Row(model),)
        if world.is_query_class(ref) or world.is_manager_class(ref):
            is_manager = not world.is_query_class(ref)
            return tuple(
                Rows(one, (ref,), is_manager=is_manager) for one in world.queried_most(ref)
            )
        if world.derives(ref, "HttpRequest"):
            return REQUEST
        return (Object(ref),)

    def _generic(self, of: Expression, arguments: tuple[Expression, ...], depth: int) -> Value:
        name = _last(of)
        if name in _INNER:
            taken = arguments[:1] if name == "Annotated" else arguments
            return all_joined(self.value(one, depth + 1) for one in taken)
        if name in _MANY:
            return (Many(self.value(arguments[0], depth + 1)),)
        if name in _TABLES:
            return (Entries((), self.value(arguments[-1], depth + 1)),)
        if name in ("tuple", "Tuple"):
            if len(arguments) == 2 and isinstance(arguments[1], Constant):
                return (Many(self.value(arguments[0], depth + 1)),)
            return (Several(tuple(self.value(one, depth + 1) for one in arguments)),)
        if name in ("type", "Type"):
            return tuple(
                ClassValue(item.model.ref if isinstance(item, Row) else item.ref)
                for item in self.value(arguments[0], depth + 1)
                if isinstance(item, Row | Object)
            )
        if name in ("Callable", "Coroutine"):
            returned = self.value(arguments[-1], depth + 1)
            return (Inner(returned),) if name == "Callable" else returned
        return self._rows(of, name, arguments, depth)

    def _rows(
        self, of: Expression, name: str, arguments: tuple[Expression, ...], depth: int
    ) -> Value:
        meaning = self._world.codebase.resolve(self._module, of)
        classes: tuple[ClassRef, ...] = ()
        is_manager = name in _MANAGERS
        if isinstance(meaning, ClassRef):
            if not self._world.is_query_class(meaning):
                if not self._world.is_manager_class(meaning):
                    return (Object(meaning),)
                is_manager = True
            classes = self._world.method_classes(meaning)
        elif not is_manager and not name.endswith(("QuerySet", "Queryset")):
            return NOTHING
        return tuple(
            Rows(item.model, classes, is_manager=is_manager)
            for item in self.value(arguments[0], depth + 1)
            if isinstance(item, Row)
        )


def _is_alias(expression: Expression) -> bool:
    match expression:
        case Subscript() | Operation() | Text():
            return True
        case Call(function=Name(id="TypeVar") | Attribute(name="TypeVar")):
            return True
        case _:
            return False


def _last(expression: Expression) -> str:
    match expression:
        case Name(id=name) | Attribute(name=name):
            return name
        case _:
            return ""


def _dotted(expression: Expression) -> str:
    match expression:
        case Name(id=name):
            return name
        case Attribute(value=value, name=name):
            return f"{_dotted(value)}.{name}"
        case _:
            return ""


@lru_cache(maxsize=4096)
def _parsed(text: str) -> Expression | None:
    """An annotation that is written as a string."""
    if len(text) > 300:
        return None
    try:
        return _converted(ast.parse(text.strip(), mode="eval").body)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _converted(node: ast.expr) -> Expression:
    match node:
        case ast.Name(id=name):
            return Name(0, name)
        case ast.Attribute(value=value, attr=name):
            return Attribute(0, _converted(value), name)
        case ast.Subscript(value=value, slice=index):
            return Subscript(0, _converted(value), _converted(index))
        case ast.BinOp(op=ast.BitOr(), left=left, right=right):
            return Operation(0, "|", _converted(left), _converted(right))
        case ast.Tuple(elts=items) | ast.List(elts=items):
            return Display(0, "tuple", tuple(_converted(item) for item in items))
        case ast.Constant(value=str(text)):
            return Text(0, text)
        case _:
            return Constant(None)
