"""What ``value.name`` is, for all that a value can be."""

from typing import Final

from banyan.survey.facts import REQUEST_USER
from banyan.survey.following import frameworks
from banyan.survey.following.annotations import Reader, bounds_of
from banyan.survey.following.flows import on_requests
from banyan.survey.following.frames import Frame
from banyan.survey.following.queries import METHODS, READ
from banyan.survey.following.values import (
    NOTHING,
    REQUEST,
    Atom,
    ClassValue,
    Descriptor,
    FormOf,
    FunctionValue,
    Method,
    ModuleValue,
    Object,
    Outside,
    Request,
    Row,
    Rows,
    Super,
    Value,
    Written,
    joined,
    kept,
)
from banyan.survey.following.world import World
from banyan.survey.meanings import ClassRef, FunctionRef, Meaning, ValueRef
from banyan.survey.modelgraph import Field, FieldKind, Model
from banyan.survey.syntax import Attribute, Call, Expression, Name

PROPERTIES: Final = ("property", "cached_property", "classproperty", "hybrid_property")
SETTINGS: Final = "django.conf.settings"
_KEYS: Final = (FieldKind.FOREIGN_KEY, FieldKind.ONE_TO_ONE)


def attribute(frame: Frame, value: Value, name: str, node: Expression, line: int) -> Value:
    """What an attribute of a value is; rows that are read for it are told in the frame."""
    if not value:
        return NOTHING
    if len(value) == 1:
        return _of(frame, value[0], name, node, line)
    result: Value = NOTHING
    for item in value:
        found = _of(frame, item, name, node, line)
        if found:
            result = joined(result, found)
    return result


def _of(frame: Frame, item: object, name: str, node: Expression, line: int) -> Value:
    match item:
        case Row():
            if item == frame.me:
                frame.asked.add(name)
                if name in frame.attributes:
                    return frame.attributes[name]
            return of_row(frame, item, name, node, line)
        case Object():
            if item == frame.me:
                frame.asked.add(name)
                if name in frame.attributes:
                    return joined(frame.attributes[name], of_object(frame, item, name))
            return of_object(frame, item, name)
        case ClassValue():
            return of_class(frame, item, name)
        case ModuleValue(module=module):
            return frame.world.name(module, name)
        case Rows():
            if item == frame.me:
                frame.asked.add(name)
            return of_rows(frame, item, name, node, line)
        case Outside(name=of):
            if of.startswith(SETTINGS):
                return setting(frame, name, line) if of == SETTINGS else NOTHING
            return (Outside(f"{of}.{name}"),)
        case Request():
            return of_request(frame, name, node, line)
        case Descriptor(field=field) if name == "through":
            through = frame.world.graph.through(field)
            return (ClassValue(through.ref),)
        case FormOf(model=model) if name == "instance":
            return (Row(model),)
        case Super():
            return of_super(frame, item, name)
        case _:
            return NOTHING


def setting(frame: Frame, name: str, line: int) -> Value:
    """What the project's settings give to a name, where that is a text."""
    text = frame.world.setting(name)
    return NOTHING if text is None else (Written(text, frame.path, line),)


def of_row(frame: Frame, row: Row, name: str, node: Expression, line: int) -> Value:
    """An attribute of an instance of a model."""
    world, model = frame.world, row.model
    field = world.graph.field(model, name)
    if field is not None:
        target = world.graph.target(field)
        return NOTHING if target is None else _forward(frame, field, target, node, line)
    reverse = world.graph.reverse(model, name)
    if reverse is not None:
        return _backward(frame, reverse, node, line)
    if name == "__class__":
        return (ClassValue(model.ref),)
    found = member(frame, model.ref, row, name)
    if found is not None:
        return found
    child = world.graph.child(model, name)
    if child is not None:
        frame.access(node, line, child, READ, reverse=True)
        return (Row(child),)
    return NOTHING


def _forward(frame: Frame, field: Field, target: Model, node: Expression, line: int) -> Value:
    if field.kind in _KEYS:
        frame.access(node, line, target, READ)
        return (Row(target),)
    rows = related(frame.world, target, field, is_reverse=False)
    frame.query(node, line, rows, READ)
    return (rows,)


def _backward(frame: Frame, field: Field, node: Expression, line: int) -> Value:
    owner = frame.world.concrete(field.owner) or field.owner
    rows = related(frame.world, owner, field, is_reverse=True)
    frame.reached(node, line, rows)
    return (Row(owner),) if field.kind is FieldKind.ONE_TO_ONE else (rows,)


def related(world: World, model: Model, field: Field, *, is_reverse: bool) -> Rows:
    """The manager that a relation gives, with the methods of the model's own."""
    classes: tuple[ClassRef, ...] = ()
    is_open = False
    for item in world.manager(model, "_default_manager"):
        if isinstance(item, Rows):
            classes, is_open = item.classes, item.is_open
    return Rows(model, classes, field, is_reverse, is_manager=True, is_open=is_open)


def of_object(frame: Frame, item: Object, name: str) -> Value:
    """An attribute of an instance of a class that is no model."""
    if name == "__class__":
        return (ClassValue(item.ref),)
    found = member(frame, item.ref, item, name)
    if found is not None:
        return found
    if name == "request" or frame.world.is_foreign(item.ref):
        return frameworks.attribute(frame.world, item.ref, name)
    return NOTHING


def of_class(frame: Frame, item: ClassValue, name: str) -> Value:
    """An attribute of a class."""
    world, ref = frame.world, item.ref
    model = world.graph.model_of(ref)
    if model is not None:
        managers = world.manager(model, name)
        if managers:
            return managers
        field = world.graph.field(model, name)
        if field is not None:
            return (Descriptor(field),) if field.kind is FieldKind.MANY_TO_MANY else NOTHING
    meaning = world.bound(ref, name)
    if meaning is None:
        return NOTHING
    if isinstance(meaning, FunctionRef):
        owner = item if decorated(meaning, "classmethod") else None
        return (FunctionValue(meaning, owner),)
    return world.value(meaning)


def of_rows(frame: Frame, rows: Rows, name: str, node: Expression, line: int) -> Value:
    """An attribute of a manager or query that is not called."""
    if name == "model":
        return (ClassValue(rows.model.ref),)
    if name == "through" and rows.via is not None:
        return (ClassValue(frame.world.graph.through(rows.via).ref),)
    found = frame.world.method(rows, name)
    if found is None:
        if name in METHODS:
            frame.query(node, line, rows, METHODS[name][0])
            return (Method(rows, name),)
        return NOTHING
    if decorated(found, *PROPERTIES):
        return frame.world.interpreter.summary(found, rows).returns
    return (FunctionValue(found, rows),)


def of_request(frame: Frame, name: str, node: Expression, line: int) -> Value:
    """An attribute of a request."""
    world = frame.world
    if name in ("user", "auser"):
        frame.access(node, line, world.user, READ, by=REQUEST_USER)
        return (Row(world.user),)
    if name in ("_request", "request"):
        return REQUEST
    return (world.flows.of(on_requests(name)) or {}).get(name, NOTHING)


def of_super(frame: Frame, item: Super, name: str) -> Value:
    """``super().name``."""
    owner = item.owner
    ref = class_of(owner)
    if ref is None:
        return NOTHING
    lineage = frame.world.codebase.lineage(ref)
    after = lineage.index(item.after) + 1 if item.after in lineage else 1
    for one in lineage[after:]:
        if isinstance(one, ClassRef):
            binding = frame.world.codebase.own(one, name)
            meaning = frame.world.codebase.meaning(one.module, binding, one) if binding else None
            if meaning is not None:
                return _bound(frame, meaning, owner)
    return NOTHING


def class_of(item: object) -> ClassRef | None:
    """The class that an instance, or a class, is of."""
    match item:
        case Row(model=model):
            return model.ref
        case Object(ref=ref) | ClassValue(ref=ref):
            return ref
        case Rows(classes=(ref, *_)):
            return ref
        case _:
            return None


def member(frame: Frame, ref: ClassRef, me: Atom, name: str) -> Value | None:
    """What an instance has under a name by its class; None where nothing there says so."""
    world = frame.world
    meaning = world.bound(ref, name)
    if isinstance(meaning, FunctionRef):
        return _bound(frame, meaning, me)
    result: Value = NOTHING
    is_known = meaning is not None
    if meaning is not None:
        if isinstance(meaning, ValueRef):
            wrapped = _wrapped_property(frame, meaning, me)
            result = wrapped if wrapped is not None else world.value(meaning)
        else:
            result = world.value(meaning)
        result = tuple(
            item for item in result if not (isinstance(item, Outside) and item.name.endswith(")"))
        )
    annotated = world.annotation(ref, name)
    if annotated is not None:
        is_known = True
        owner, annotation = annotated
        reader = Reader(world, owner.module, me, bounds=bounds_of(owner.node))
        result = joined(reader.value(annotation), result)
    for owner, method in world.assigning(ref, name):
        is_known = True
        function = world.codebase.function_ref(owner.module, method, owner)
        result = joined(result, kept(world.interpreter.assigned(function, me, name)))
    return result if is_known and result else (None if not is_known else result or None)


def _wrapped_property(frame: Frame, meaning: ValueRef, me: Atom) -> Value | None:
    """``name = property(method)``."""
    match meaning.expression:
        case Call(function=Name(id="property" | "cached_property"), arguments=(Name(id=of), *_)):
            ref = class_of(me)
            function = frame.world.bound(ref, of) if ref else None
            if isinstance(function, FunctionRef):
                return frame.world.interpreter.summary(function, me).returns
            return NOTHING
        case _:
            return None


def _bound(frame: Frame, meaning: Meaning, me: Atom) -> Value:
    if not isinstance(meaning, FunctionRef):
        return frame.world.value(meaning)
    if not meaning.node.decorators:
        return (FunctionValue(meaning, me),)
    if decorated(meaning, *PROPERTIES):
        summary = frame.world.interpreter.summary(meaning, me)
        frame.writes |= summary.writes
        return kept(summary.returns)
    if decorated(meaning, "staticmethod"):
        return (FunctionValue(meaning, None),)
    if decorated(meaning, "classmethod"):
        ref = class_of(me)
        return (FunctionValue(meaning, ClassValue(ref) if ref else None),)
    return (FunctionValue(meaning, me),)


def decorated(function: FunctionRef, *names: str) -> bool:
    """Whether a function has one of these decorators, by the last part of its name."""
    for decorator in function.node.decorators:
        if isinstance(decorator, Call):
            decorator = decorator.function  # noqa: PLW2901
        if isinstance(decorator, Name):
            if decorator.id in names:
                return True
        elif isinstance(decorator, Attribute) and decorator.name in names:
            return True
    return False


def of_meta(frame: Frame, value: Value, name: str, line: int) -> Value:
    """``row._meta.model``, and the name of its table."""
    if name == "db_table":
        models = (frame.world.graph.model_of(ref) for item in value if (ref := class_of(item)))
        return tuple(Written(one.table, frame.path, line) for one in models if one and one.table)
    if name not in ("model", "concrete_model"):
        return NOTHING
    return tuple(
        ClassValue(item.model.ref) if isinstance(item, Row) else item
        for item in value
        if isinstance(item, Row | ClassValue)
    )
