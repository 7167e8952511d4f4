"""Which assignments in a class's body declare a field, in whatever words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from banyan.survey.codebase import Codebase
from banyan.survey.meanings import ClassRef, External, FunctionRef, Meaning, PythonModule, ValueRef
from banyan.survey.modelgraph.graph import FieldKind
from banyan.survey.namespaces import straightened
from banyan.survey.syntax import (
    Assign,
    Attribute,
    Call,
    Evaluate,
    Expression,
    Function,
    Name,
    Return,
    Subscript,
    Text,
)

_DEEPEST: Final = 5
_KEYS: Final = ("ForeignKey", "ParentalKey", "ForeignObject")
_ONES: Final = ("OneToOneField",)
# django-taggit's manager is a relation to tags, through a model that may be the project's own.
_MANY: Final = ("ManyToManyField", "TaggableManager")


@dataclass(frozen=True, slots=True)
class Declaration:
    """A call that makes a field, with the arguments by the names that Django gives them.

    Attributes:
        kind: of the field.
        module: where the arguments are written, so where their names mean something.
        arguments: ``to``, ``on_delete`` and what was given by keyword.
        field_class: what was called.
    """

    kind: FieldKind
    module: PythonModule
    arguments: Mapping[str, Expression]
    field_class: Meaning


def declaration(
    codebase: Codebase, module: PythonModule, expression: Expression, depth: int = 0
) -> Declaration | None:
    """The field that an expression makes; None where it makes none, or none that is known."""
    if not isinstance(expression, Call) or depth > _DEEPEST:
        return None
    callee = codebase.resolve(module, expression.function)
    match callee:
        case External(name=name):
            kind = _kind(name)
            if kind is None:
                return None
            return Declaration(kind, module, arguments_of(expression, kind), callee)
        case ClassRef():
            return _of_own_class(codebase, module, callee, expression)
        case FunctionRef():
            return _of_function(codebase, module, callee, expression, depth)
        case ValueRef(module=there, expression=Call() as partial):
            whole = _completed(codebase, there, partial, expression)
            made = declaration(codebase, there, whole, depth + 1) if whole else None
            if made is None or "to" in arguments_of(_begun(partial), made.kind):
                return made
            return Declaration(made.kind, module, made.arguments, made.field_class)
        case _:
            return None


def field_kind(codebase: Codebase, ref: ClassRef) -> FieldKind | None:
    """The kind of field that a class of the project makes; None if it is no field."""
    for one in codebase.lineage(ref)[1:]:
        if isinstance(one, External) and (kind := _kind(one.name)):
            return kind
    return None


def arguments_of(call: Call, kind: FieldKind) -> dict[str, Expression]:
    """The arguments of a field's call, by name."""
    positions = _POSITIONS.get(kind, ())
    found = dict(zip(positions, call.arguments, strict=False))
    found.update({each.name: each.value for each in call.keywords if each.name})
    return found


_POSITIONS: Final[Mapping[FieldKind, tuple[str, ...]]] = {
    FieldKind.FOREIGN_KEY: ("to", "on_delete", "related_name", "related_query_name"),
    FieldKind.ONE_TO_ONE: ("to", "on_delete", "to_field"),
    FieldKind.MANY_TO_MANY: ("to", "related_name", "related_query_name"),
    FieldKind.GENERIC_RELATION: ("to", "object_id_field", "content_type_field"),
}


def _kind(dotted: str) -> FieldKind | None:
    name = dotted.rpartition(".")[2]
    if dotted.startswith(_ELSEWHERE):
        return None
    if name == "GenericForeignKey":
        return FieldKind.GENERIC_FOREIGN_KEY
    if name == "GenericRelation":
        return FieldKind.GENERIC_RELATION
    if name.endswith(_KEYS):
        return FieldKind.FOREIGN_KEY
    if name.endswith(_ONES):
        return FieldKind.ONE_TO_ONE
    if name.endswith(_MANY):
        return FieldKind.MANY_TO_MANY
    if name.endswith("Field"):
        return FieldKind.PLAIN
    return None


# Forms, serializers, filters and factories have fields too.
_ELSEWHERE: Final = (
    "django.forms",
    "rest_framework",
    "django_filters",
    "wtforms",
    "marshmallow",
    "graphene",
    "factory",
    "import_export",
    "dataclasses",
    "django.contrib.postgres.forms",
    "sqlalchemy",
)


def _of_own_class(
    codebase: Codebase, module: PythonModule, ref: ClassRef, call: Call
) -> Declaration | None:
    kind = field_kind(codebase, ref)
    if kind is None:
        return None
    arguments = arguments_of(call, kind)
    given = _set_by_constructor(codebase, ref)
    fixed = "to" if "to" in given else "through"
    if fixed in given and (fixed not in arguments or _takes_no_target(codebase, ref)):
        where, _ = given[fixed]
        keywords = {each.name: each.value for each in call.keywords if each.name}
        values = {name: value for name, (_, value) in given.items()}
        return Declaration(kind, where, values | keywords, ref)
    defaults = {name: value for name, (_, value) in given.items() if name in _SAFE_DEFAULTS}
    return Declaration(kind, module, defaults | arguments, ref)


# They mean the same in every module: names of Django's and truth values.
_SAFE_DEFAULTS: Final = frozenset({"on_delete", "null", "related_name"})


def _takes_no_target(codebase: Codebase, ref: ClassRef) -> bool:
    init = codebase.member(ref, "__init__")
    if not isinstance(init, FunctionRef):
        return False
    names = [each.name for each in init.node.parameters if not each.form]
    return "to" not in names


def _set_by_constructor(
    codebase: Codebase, ref: ClassRef
) -> dict[str, tuple[PythonModule, Expression]]:
    """What a field class's ``__init__`` passes on or sets among the keywords."""
    found: dict[str, tuple[PythonModule, Expression]] = {}
    for one in codebase.lineage(ref):
        if not isinstance(one, ClassRef):
            continue
        init = codebase.own(one, "__init__")
        if not isinstance(init, Function):
            continue
        parameters = {each.name: each.default for each in init.parameters}
        for statement in straightened(init.body):
            for name, value in _given(statement):
                if isinstance(value, Name) and value.id in parameters:
                    default = parameters[value.id]
                    if default is None:
                        continue
                    value = default  # noqa: PLW2901
                found.setdefault(name, (one.module, value))
    return found


def _given(statement: object) -> list[tuple[str, Expression]]:
    match statement:
        case Assign(targets=(Subscript(value=Name(), index=Text(value=name)),), value=value) if (
            value is not None
        ):
            return [(name, value)]
        case Evaluate(value=Call() as call) | Return(value=Call() as call):
            match call:
                case Call(
                    function=Attribute(name="setdefault", value=Name()),
                    arguments=(Text(value=name), value),
                ):
                    return [(name, value)]
                case Call(function=Attribute(name="update", value=Name())):
                    return [(each.name, each.value) for each in call.keywords if each.name]
                case Call(function=Attribute(name="__init__")):
                    named = [(each.name, each.value) for each in call.keywords if each.name]
                    first = [one for one in call.arguments if not _is_passed_on(one)]
                    return named + [("to", one) for one in first[:1]]
                case _:
                    return []
        case _:
            return []


def _is_passed_on(argument: Expression) -> bool:
    return not isinstance(argument, Name | Attribute | Text | Call) or (
        isinstance(argument, Name) and argument.id in ("self", "args", "kwargs")
    )


def _of_function(
    codebase: Codebase, module: PythonModule, function: FunctionRef, call: Call, depth: int
) -> Declaration | None:
    """The field that a function of the project makes and returns."""
    for statement in straightened(function.node.body):
        if isinstance(statement, Return) and isinstance(statement.value, Call):
            made = declaration(codebase, function.module, statement.value, depth + 1)
            if made is None:
                return None
            names = [each.name for each in function.node.parameters if each.form in ("", "/")]
            passed = dict(zip(names, call.arguments, strict=False))
            passed.update({each.name: each.value for each in call.keywords if each.name})
            arguments = dict(made.arguments)
            where = made.module
            for name, value in made.arguments.items():
                if isinstance(value, Name) and value.id in passed:
                    arguments[name] = passed[value.id]
                    where = module if name == "to" else where
            if any(each.name is None for each in statement.value.keywords):
                taken = {each.name for each in function.node.parameters}
                rest = {name: value for name, value in passed.items() if name not in taken}
                arguments = rest | arguments
            return Declaration(made.kind, where, arguments, made.field_class)
    return None


def _completed(codebase: Codebase, module: PythonModule, partial: Call, call: Call) -> Call | None:
    """The call that a ``functools.partial`` ends in."""
    what = codebase.resolve(module, partial.function)
    is_partial = isinstance(what, External) and what.name == "functools.partial"
    if not is_partial or not partial.arguments:
        return None
    begun = _begun(partial)
    return Call(
        call.line,
        begun.function,
        (*begun.arguments, *call.arguments),
        (*begun.keywords, *call.keywords),
    )


def _begun(partial: Call) -> Call:
    """The call that a ``functools.partial`` begins."""
    return Call(partial.line, partial.arguments[0], partial.arguments[1:], partial.keywords)
