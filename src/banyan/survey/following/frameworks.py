"""What Django's, REST framework's and alike classes give to the classes that derive from them."""

from typing import Final

from banyan.survey.codebase import Codebase
from banyan.survey.following.values import (
    NOTHING,
    REQUEST,
    ClassValue,
    Cleaned,
    FormOf,
    Object,
    Row,
    Rows,
    Value,
)
from banyan.survey.following.world import World
from banyan.survey.meanings import ClassRef, FunctionRef
from banyan.survey.modelgraph import Model
from banyan.survey.namespaces import Assigned, straightened
from banyan.survey.syntax import (
    Attribute,
    Call,
    Display,
    Evaluate,
    Expression,
    Function,
    Name,
    Parameter,
)

ADMINS: Final = ("ModelAdmin", "TabularInline", "StackedInline", "InlineModelAdmin", "Admin")
_OF_ROW: Final = frozenset({"obj", "instance", "record", "object", "root"})
_OF_ROWS: Final = frozenset({"queryset", "qs", "query_set"})
_CHECKED: Final = frozenset({"validated_data", "cleaned_data", "attrs"})


def model_of(world: World, ref: ClassRef) -> Model | None:
    """The model that a class of a library's kind is about: a view's, a form's, an admin's."""
    marks = ref.marks
    return world.once(world.subjects, ref, None, marks, lambda: _model_of(world, ref))


def _model_of(world: World, ref: ClassRef) -> Model | None:
    if not world.is_foreign(ref):
        return None
    return (
        of_meta(world, ref)
        or _of_model(world, world.class_attribute(ref, "model"))
        or _of_rows(world.class_attribute(ref, "queryset"))
        or _of_rows(_returned(world, ref, "get_queryset"))
        or _of_row(_returned(world, ref, "get_object"))
        or _of_forms(world, ref)
        or registered(world, ref)
    )


def of_meta(world: World, ref: ClassRef) -> Model | None:
    """The model in the ``Meta`` of a form, serializer, filter…"""
    meta = world.bound(ref, "Meta")
    if not isinstance(meta, ClassRef):
        return None
    return _of_model(world, world.class_attribute(meta, "model"))


def registered(world: World, ref: ClassRef) -> Model | None:
    """The model that an admin's class is registered for."""
    if not world.derives(ref, *ADMINS):
        return None
    for candidate in (ref, *world.heirs(ref)[:4]):
        for wanted in registrations(world.codebase, candidate):
            for item in world.value(world.codebase.resolve(candidate.module, wanted)):
                if isinstance(item, ClassValue):
                    model = world.graph.model_of(item.ref)
                    if model is not None:
                        return model
    return None


def registrations(codebase: Codebase, ref: ClassRef) -> list[Expression]:
    """The models that a class is registered for in its own module, as they are written."""
    found: list[Expression] = []
    for decorator in ref.node.decorators:
        match decorator:
            case Call(function=Name(id="register") | Attribute(name="register")):
                found.extend(decorator.arguments)
            case _:
                pass
    for statement in straightened(codebase.source(ref.module).body):
        match statement:
            case Evaluate(
                value=Call(
                    function=Attribute(name="register"),
                    arguments=(model, Name(id=name), *_),
                )
            ) if name == ref.node.name:
                found.extend(model.items if isinstance(model, Display) else (model,))
            case _:
                pass
    return found


def parameter(world: World, ref: ClassRef, function: Function, given: Parameter) -> Value:
    """What a library passes to a method of a class that derives from it."""
    name = given.name
    if name == "form":
        return form_of(world, ref)
    if name == "serializer":
        return instance_of(world.class_attribute(ref, "serializer_class"))
    if name in _CHECKED and world.is_foreign(ref):
        return (Cleaned(ref),)
    is_row = name in _OF_ROW or (
        len(function.parameters) == 2
        and given is function.parameters[1]
        and not function.name.startswith(("_", "get_", "has_", "clean", "validate", "to_"))
        and world.derives(ref, *ADMINS)
    )
    if not is_row and name not in _OF_ROWS:
        return NOTHING
    if name == "obj" and world.derives(ref, "Permission"):
        return NOTHING
    model = model_of(world, ref)
    if model is None:
        return NOTHING
    return (Row(model),) if is_row else (Rows(model),)


def attribute(world: World, ref: ClassRef, name: str) -> Value:
    """An attribute that a library's class gives to an object of a class that derives from it."""
    match name:
        case "request":
            return REQUEST
        case "instance" | "object":
            model = model_of(world, ref)
            return (Row(model),) if model else NOTHING
        case "queryset" | "object_list" | "qs":
            model = model_of(world, ref)
            return (Rows(model),) if model else NOTHING
        case "model":
            model = model_of(world, ref)
            return (ClassValue(model.ref),) if model else NOTHING
        case "cleaned_data" | "validated_data":
            return (Cleaned(ref),)
        case _:
            return NOTHING


def method(world: World, ref: ClassRef, name: str) -> Value:
    """What a method gives that a library's class has."""
    match name:
        case "get_object":
            model = model_of(world, ref)
            return (Row(model),) if model else NOTHING
        case "get_queryset" | "filter_queryset" | "paginate_queryset":
            model = model_of(world, ref)
            return (Rows(model),) if model else NOTHING
        case "get_form":
            return form_of(world, ref)
        case "get_form_class":
            return world.class_attribute(ref, "form_class")
        case "get_serializer":
            return instance_of(world.class_attribute(ref, "serializer_class"))
        case "get_serializer_class":
            return world.class_attribute(ref, "serializer_class")
        case _:
            return NOTHING


def form_of(world: World, ref: ClassRef) -> Value:
    """The form of a view or an admin: of its own class, or as Django makes it for the model."""
    for name in ("form_class", "form"):
        if own := instance_of(world.class_attribute(ref, name)):
            return own
    model = model_of(world, ref)
    return (FormOf(model),) if model else NOTHING


def saves(world: World, ref: ClassRef) -> Model | None:
    """The model that ``save()`` of a form or serializer writes."""
    if world.derives(ref, "Form", "Serializer", "FormSet", "Resource"):
        return of_meta(world, ref)
    return None


def writes(world: World, ref: ClassRef, model: Model) -> bool:
    """Whether what a view writes is of the model that it names: its queries may be of another."""
    return all(
        found(_returned(world, ref, name)) is model
        for name, found in (("get_queryset", _of_rows), ("get_object", _of_row))
        if world.binding(ref, name) is not None
    )


def checked(world: World, ref: ClassRef, field: str) -> Value:
    """What a form or serializer has checked of a field: a row, where the field gives one."""
    found = world.binding(ref, field)
    if found is not None and isinstance(found[1], Assigned):
        match found[1].expression:
            case Call(keywords=keywords):
                for keyword in keywords:
                    if keyword.name == "queryset":
                        owner = found[0]
                        value = world.value(world.codebase.resolve(owner.module, keyword.value))
                        model = _of_rows(value)
                        return (Row(model),) if model else NOTHING
            case _:
                pass
        return NOTHING
    model = of_meta(world, ref)
    if model is not None:
        relation = world.graph.field(model, field)
        target = world.graph.target(relation) if relation is not None else None
        if relation is not None and target is not None:
            if relation.kind in ("foreign_key", "one_to_one"):
                return (Row(target),)
            return (Rows(target),)
    return NOTHING


def instance_of(classes: Value) -> Value:
    """Objects of classes."""
    return tuple(Object(item.ref) for item in classes if isinstance(item, ClassValue))


def _returned(world: World, ref: ClassRef, name: str) -> Value:
    function = world.bound(ref, name)
    if not isinstance(function, FunctionRef):
        return NOTHING
    return world.interpreter.summary(function, Object(ref)).returns


def _of_model(world: World, value: Value) -> Model | None:
    # Where it is not told which of several it is, none is taken.
    refs = {item.ref for item in value if isinstance(item, ClassValue)}
    return world.graph.model_of(refs.pop()) if len(refs) == 1 else None


def _of_rows(value: Value) -> Model | None:
    models = {item.model for item in value if isinstance(item, Rows)}
    return models.pop() if len(models) == 1 else None


def _of_row(value: Value) -> Model | None:
    models = {item.model for item in value if isinstance(item, Row)}
    return models.pop() if len(models) == 1 else None


def _of_forms(world: World, ref: ClassRef) -> Model | None:
    for name in ("form_class", "serializer_class", "form"):
        for item in world.class_attribute(ref, name):
            if isinstance(item, ClassValue) and item.ref is not ref:
                return of_meta(world, item.ref)
    return None
