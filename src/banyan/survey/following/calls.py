"""What a call gives, and what it does to rows, for all that can be called."""

from typing import Final

import msgspec

from banyan.survey.following import frameworks
from banyan.survey.following.arguments import Arguments
from banyan.survey.following.attributes import attribute, class_of
from banyan.survey.following.choices import each_of
from banyan.survey.following.containers import collection_asked, otherwise
from banyan.survey.following.forms import form_saved, leads_to_save
from banyan.survey.following.frames import Frame
from banyan.survey.following.lookups import looked_up, paths_in
from banyan.survey.following.passing import decided, keep, passed
from banyan.survey.following.queries import (
    BY_EXPRESSION,
    CREATE,
    LOADING,
    METHODS,
    ON_ROW,
    READ,
    RELATED,
    ROW,
    SAME,
    TREES,
    UPDATE,
)
from banyan.survey.following.values import (
    NOTHING,
    Atom,
    ClassValue,
    Cleaned,
    Closure,
    Entries,
    FormOf,
    FunctionValue,
    Inner,
    Item,
    Managing,
    Many,
    Method,
    Object,
    Outside,
    Paths,
    Row,
    Rows,
    Several,
    Super,
    Value,
    all_joined,
    joined,
    kept,
    texts,
)
from banyan.survey.following.views import as_declared
from banyan.survey.meanings import ClassRef, FunctionRef
from banyan.survey.modelgraph import Model
from banyan.survey.syntax import Call

_ANNOTATING: Final = frozenset({"annotate", "alias", "extra", "values", "raw", "union"})


def called(frame: Frame, callee: Value, arguments: Arguments, node: Call) -> Value:
    """What calling a value gives."""
    return each_of(frame, callee, node.line, lambda item: _called(frame, item, arguments, node))


def _called(frame: Frame, item: Item, arguments: Arguments, node: Call) -> Value:
    match item:
        case FunctionValue(ref=ref, owner=owner):
            return function_called(frame, ref, owner, arguments)
        case ClassValue():
            return class_called(frame, item, arguments, node)
        case Outside():
            return (Outside(item.name + "()"),)
        case Inner(returns=found):
            return found
        case Closure():
            return frame.world.interpreter.applied(frame, item, arguments.positional)
        case Method(owner=owner, name=name):
            # What it does was told where it was taken.
            told, frame.accesses = frame.accesses, {}
            found = method_called(frame, owner, name, arguments, node)
            frame.accesses = told
            return found
        case Managing(is_class=True):
            return (msgspec.structs.replace(item, is_class=False),)
        case Object():
            return method_called(frame, item, "__call__", arguments, node)
        case _:
            return NOTHING


# --- Functions and classes of the project


def function_called(
    frame: Frame, ref: FunctionRef, owner: Atom | None, arguments: Arguments
) -> Value:
    """What a first-party function gives; what it is given is kept for following it itself."""
    given = passed(ref, owner, arguments)
    world = frame.world
    if given:
        keep(frame, ref, given)
        of = class_of(owner)
        if of is not None and not isinstance(owner, ClassValue):
            for other in world.overrides(of, ref):
                keep(frame, other, passed(other, owner, arguments))
    given.update(decided(ref, owner, arguments))
    # What it gives may be made of what it is given, and what it does decided by it.
    summary = world.interpreter.summary(ref, owner, given or None)
    frame.writes |= summary.writes
    return kept(summary.returns)


def class_called(frame: Frame, item: ClassValue, arguments: Arguments, node: Call) -> Value:
    """A new object of a class."""
    world, ref = frame.world, item.ref
    model = world.graph.model_of(ref)
    if model is not None:
        return (Row(model, is_new=True),)
    if world.is_query_class(ref):
        return _query_made(frame, ref, arguments)
    me = Object(ref)
    if "many" in arguments.named and world.derives(ref, "Serializer"):
        for rows in arguments.first:
            if isinstance(rows, Rows):
                frame.query(node, node.line, rows, READ)
    maker = world.bound(ref, "__init__")
    if isinstance(maker, FunctionRef):
        keep(frame, maker, passed(maker, me, arguments))
        frame.writes |= world.interpreter.summary(maker, me).writes
    return (me,)


def _query_made(frame: Frame, ref: ClassRef, arguments: Arguments) -> Value:
    model = arguments.named.get("model") or arguments.first
    for item in model:
        if isinstance(item, ClassValue):
            found = frame.world.graph.model_of(item.ref)
            if found is not None:
                return (Rows(found, frame.world.method_classes(ref)),)
    return tuple(
        Rows(one, frame.world.method_classes(ref)) for one in frame.world.queried_most(ref)
    )


# --- Methods


def method_called(frame: Frame, item: Item, name: str, arguments: Arguments, node: Call) -> Value:
    """What a method of one thing gives."""
    match item:
        case Rows():
            return rows_asked(frame, item, name, arguments, node)
        case Row():
            return row_asked(frame, item, name, arguments, node)
        case Object():
            return object_asked(frame, item, name, arguments, node)
        case ClassValue():
            return class_asked(frame, item, name, arguments, node)
        case Super():
            return super_asked(frame, item, name, arguments, node)
        case Many() | Several() | Entries():
            return collection_asked(item, name, arguments)
        case FormOf(model=model) if name == "save":
            return form_saved(frame, model, node)
        case Managing(is_class=True) if name == "from_queryset":
            return (_with_query(item.classes, arguments),)
        case Cleaned(ref=ref):
            if name in ("get", "pop"):
                keys = texts(arguments.first)
                found = [frameworks.checked(frame.world, ref, key.text) for key in keys]
                return joined(all_joined(found), otherwise(arguments))
            return NOTHING
        case Paths():
            if name == "add":
                return (Paths((*item.paths, *paths_in(arguments.everything))),)
            return (item,)
        case Outside() if name == "from_queryset":
            return (_with_query((), arguments),)
        case _:
            return called(
                frame, attribute(frame, (item,), name, node.function, node.line), arguments, node
            )


def _with_query(classes: tuple[ClassRef, ...], arguments: Arguments) -> Managing:
    refs = tuple(item.ref for item in arguments.first if isinstance(item, ClassValue))
    return Managing((*classes, *refs), is_class=True)


def rows_asked(frame: Frame, rows: Rows, name: str, arguments: Arguments, node: Call) -> Value:
    """A method of a manager or query."""
    world = frame.world
    if rows.is_run:
        rows = msgspec.structs.replace(rows, is_run=False)
    if rows == frame.me:
        frame.asked.add(name)
    own = world.method(rows, name)
    if own is not None:
        me = msgspec.structs.replace(rows, via=None)
        frame.query(node, node.line, rows, _verb(frame, own, me))
        given = function_called(frame, own, me, arguments)
        if rows.via is not None:
            given = tuple(
                msgspec.structs.replace(one, via=rows.via, is_reverse=rows.is_reverse)
                if isinstance(one, Rows)
                else one
                for one in given
            )
        return given
    if name == "none":
        # No query is run for it.
        return (query_of(frame, rows),)
    known = METHODS.get(name)
    is_of_relation = known is None and rows.is_manager and rows.via is not None
    if is_of_relation:
        known = RELATED.get(name)
    if known is None:
        if rows.is_open and not name.startswith("_"):
            # A library's own method of a manager: it asks the table whatever it is.
            frame.query(node, node.line, rows, READ)
            return (rows,)
        return NOTHING
    verb, gives = known
    if is_of_relation:
        frame.paired(node, node.line, rows, name)
    else:
        frame.query(node, node.line, rows, verb)
    if gives != SAME:
        loaded_along(frame, rows, node, node.line)
    if name in BY_EXPRESSION:
        before = len(frame.lookups)
        looked_up(frame, rows, name, arguments, node)
        if name in LOADING and len(frame.lookups) > before:
            more = (each.model for each in frame.lookups[before:])
            loads = tuple(dict.fromkeys((*rows.loads, *more)))
            rows = msgspec.structs.replace(rows, loads=loads, loaded_in=frame.path)
    if name in _ANNOTATING:
        rows = msgspec.structs.replace(rows, is_annotated=True)
    return _given(frame, rows, gives)


def loaded_along(frame: Frame, rows: Rows, node: object, line: int) -> None:
    """A query is run that another file has told to load rows of other models along."""
    if rows.loads and rows.loaded_in != frame.path:
        for model in rows.loads:
            frame.access(node, line, model, READ)


def _verb(frame: Frame, own: FunctionRef, rows: Rows) -> str:
    """What a method that the project gives to a manager or query does in the end."""
    inner = frame.world.interpreter.summary(own, rows).frame
    if not isinstance(inner, Frame):
        return READ
    model = frame.world.concrete(rows.model)
    told = (one for found in inner.accesses.values() for one in found if one.model is model)
    writes = [one for one in told if one.verb != READ]
    return max(writes, key=lambda one: one.line).verb if writes else READ


def _given(frame: Frame, rows: Rows, gives: str) -> Value:
    row: Value = NOTHING if rows.has_values else (Row(rows.model),)
    match gives:
        case "query":
            return (query_of(frame, rows),)
        case "values":
            return (msgspec.structs.replace(rows, has_values=True, is_manager=False),)
        case "row":
            return row
        case "row and truth":
            return (Several((row, NOTHING)),)
        case "rows":
            return (Many(row),)
        case "rows by key":
            return (Entries((), row),)
        case _:
            return NOTHING


def query_of(frame: Frame, rows: Rows) -> Rows:
    """The query that a manager starts, with the methods of the class it makes."""
    if not rows.is_manager:
        return rows
    classes = rows.classes
    getter = frame.world.method(rows, "get_queryset")
    if getter is not None:
        for item in frame.world.interpreter.summary(getter, rows).returns:
            if isinstance(item, Rows):
                classes = tuple(dict.fromkeys((*item.classes, *classes)))
    return msgspec.structs.replace(rows, classes=classes, is_manager=False)


def row_asked(frame: Frame, row: Row, name: str, arguments: Arguments, node: Call) -> Value:
    """A method of an instance of a model."""
    verb = ON_ROW.get(name)
    found = attribute(frame, (row,), name, node.function, node.line)
    if verb is not None:
        if verb == UPDATE and row.is_new:
            verb = CREATE
        frame.access(node, node.line, row.model, verb)
    elif name.startswith(("get_next_by_", "get_previous_by_")):
        return (Row(row.model),)
    elif not found and name in TREES and frame.world.is_library_model(row.model):
        return _in_tree(frame, row.model, name, node)
    return called(frame, found, arguments, node)


def _in_tree(frame: Frame, model: Model, name: str, node: Call) -> Value:
    """A method that treebeard and mptt give to models that are trees."""
    verb, gives = TREES[name]
    frame.access(node, node.line, model, verb)
    return (Row(model),) if gives == ROW else (Rows(model),)


def object_asked(frame: Frame, item: Object, name: str, arguments: Arguments, node: Call) -> Value:
    """A method of an object."""
    if item == frame.me:
        frame.asked.add(name)
    world = frame.world
    own = world.bound(item.ref, name)
    found = attribute(frame, (item,), name, node.function, node.line)
    result = called(frame, found, arguments, node)
    if world.is_foreign(item.ref):
        if name == "save":
            model = frameworks.saves(world, item.ref)
            if model is not None and leads_to_save(world, own, item, model):
                saved = form_saved(frame, model, node)
                return result or saved
        if own is None:
            return joined(result, frameworks.method(world, item.ref, name))
    return result


def class_asked(
    frame: Frame, item: ClassValue, name: str, arguments: Arguments, node: Call
) -> Value:
    """A method of a class."""
    world = frame.world
    if name == "as_manager" and world.is_query_class(item.ref):
        return (Managing(world.method_classes(item.ref)),)
    if name == "from_queryset":
        return (_with_query(world.method_classes(item.ref), arguments),)
    found = attribute(frame, (item,), name, node.function, node.line)
    model = None if found else world.graph.model_of(item.ref)
    if model is not None and name in TREES and world.is_library_model(model):
        return _in_tree(frame, model, name, node)
    return called(frame, found, arguments, node)


def super_asked(frame: Frame, item: Super, name: str, arguments: Arguments, node: Call) -> Value:
    """``super().name()``."""
    found = attribute(frame, (item,), name, node.function, node.line)
    if found:
        return called(frame, found, arguments, node)
    match item.owner:
        case Row() as row if name in ON_ROW:
            frame.access(node, node.line, row.model, ON_ROW[name])
            return NOTHING
        case Rows() as rows if name in METHODS:
            return _given(frame, msgspec.structs.replace(rows, is_manager=False), METHODS[name][1])
        case Object(ref=ref):
            if name == "save":
                model = frameworks.saves(frame.world, ref)
                if model is not None:
                    return form_saved(frame, model, node)
            if name in ("get_object", "get_queryset", "filter_queryset"):
                return as_declared(frame, ref, name)
            return frameworks.method(frame.world, ref, name)
        case _:
            return NOTHING
