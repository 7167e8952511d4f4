"""Evaluates expressions to what they can stand for, and notes what they do to rows."""

from collections.abc import Callable
from typing import Any, Final

from banyan.survey.following import frameworks
from banyan.survey.following.arguments import Arguments, given
from banyan.survey.following.attributes import attribute, of_meta
from banyan.survey.following.binding import bind, grow
from banyan.survey.following.calls import (
    called,
    method_called,
)
from banyan.survey.following.choices import each_of
from banyan.survey.following.containers import otherwise
from banyan.survey.following.endings import unresolved
from banyan.survey.following.frames import Frame
from banyan.survey.following.library import BUILTINS, iterated, library
from banyan.survey.following.literals import displayed, formatted, mapped, text
from banyan.survey.following.narrowing import annotated, narrow, split
from banyan.survey.following.passing import passed_by_name
from banyan.survey.following.queries import METHODS, ON_ROW
from banyan.survey.following.signals import SENDING, sent
from banyan.survey.following.sql_writes import EXECUTING, executed
from banyan.survey.following.transactions import is_atomic
from banyan.survey.following.values import (
    NOTHING,
    REQUEST,
    ClassValue,
    Cleaned,
    Closure,
    Entries,
    Many,
    Object,
    Outside,
    Paths,
    Rows,
    Value,
    Written,
    all_joined,
    combined,
    elements,
    entries,
    entry,
    joined,
    kept,
    part,
    texts,
)
from banyan.survey.syntax import (
    Attribute,
    Await,
    Call,
    Comprehension,
    Conditional,
    Constant,
    Display,
    Expression,
    Format,
    Lambda,
    Mapping,
    Name,
    Operation,
    Parts,
    Slice,
    Starred,
    Subscript,
    Text,
    Walrus,
    Yield,
)

_LOADERS: Final = frozenset(
    [
        "get_user_model",
        "get_model",
        "require_model",
        "get_registered_model",
        "get_class",
        "get_classes",
        "import_string",
        "locate",
        "load_class",
        "load_model",
    ]
)


def evaluate(frame: Frame, node: Expression) -> Value:
    """What an expression can stand for."""
    return _EVALUATE[type(node)](frame, node)


def _name(frame: Frame, node: Name) -> Value:
    found = frame.names.get(node.id)
    if found is not None:
        return found
    return frame.world.name(frame.module, node.id)


def _attribute(frame: Frame, node: Attribute) -> Value:
    if isinstance(node.value, Attribute) and node.value.name == "_meta":
        return of_meta(frame, evaluate(frame, node.value.value), node.name, node.line)
    value = evaluate(frame, node.value)
    if not value:
        return _of_unknown(node)
    return attribute(frame, value, node.name, node, node.line)


def _of_unknown(node: Attribute) -> Value:
    if node.name == "request":
        return REQUEST
    if node.name == "context" and isinstance(node.value, Name) and node.value.id == "info":
        return REQUEST
    return NOTHING


def _call(frame: Frame, node: Call) -> Value:
    function = node.function
    if isinstance(function, Attribute):
        return _method(frame, function, node)
    if isinstance(function, Name):
        return _function(frame, function, node)
    callee = evaluate(frame, function)
    return called(frame, callee, given(frame, node), node)


def _function(frame: Frame, function: Name, node: Call) -> Value:
    name = function.id
    if name in _LOADERS:
        loaded = _loaded(frame, node)
        if loaded is not None:
            return loaded
    callee = _name(frame, function)
    if not callee:
        builtin = BUILTINS.get(name)
        arguments = given(frame, node)
        return builtin(frame, arguments, node) if builtin is not None else NOTHING
    return _known(frame, callee, node)


def _known(frame: Frame, callee: Value, node: Call) -> Value:
    arguments: Arguments | None = None
    result: Value = NOTHING
    rest: list[Any] = []
    for item in callee:
        if isinstance(item, Outside):
            if item.name.endswith(".cast") and len(node.arguments) == 2:
                evaluate(frame, node.arguments[1])
                return annotated(frame, node.arguments[0])
            understood = library(item.name)
            if understood is not None:
                arguments = arguments or given(frame, node)
                result = joined(result, understood(frame, arguments, node))
                continue
        rest.append(item)
    if rest or arguments is None:
        arguments = arguments or given(frame, node)
        result = joined(result, called(frame, tuple(rest), arguments, node))
    return result


def _loaded(frame: Frame, node: Call) -> Value | None:
    """The class that a call gives which names it, as ``get_model("orders", "Order")``."""
    world = frame.world
    for loader in world.codebase.loaders:
        meaning = loader(world.codebase, frame.module, node)
        if meaning is not None:
            return world.value(world.codebase.followed(meaning))
    if getattr(node.function, "id", "") == "get_user_model":
        return (ClassValue(world.user.ref),)
    labels = [text for each in node.arguments[:1] for text in texts(evaluate(frame, each))]
    models = [world.graph.labelled(label.text) for label in labels if label.is_whole]
    return tuple(ClassValue(model.ref) for model in models if model is not None) or None


def _method(frame: Frame, function: Attribute, node: Call) -> Value:
    name = function.name
    if name in _LOADERS:
        loaded = _loaded(frame, node)
        if loaded is not None:
            for argument in node.arguments:
                evaluate(frame, argument)
            return loaded
    receiver = evaluate(frame, function.value)
    if name == "enter_context" and node.arguments and is_atomic(frame, node.arguments[0]):
        frame.opened = getattr(node.arguments[0], "line", node.line)
    if not receiver:
        if name in ("request", "get_request"):
            return REQUEST
        arguments = given(frame, node)
        passed_by_name(frame, name, arguments, node)
        if name in ("get", "pop", "setdefault"):
            return otherwise(arguments)
        if not isinstance(function.value, Text | Constant | Format | Display | Mapping):
            unresolved(frame, name, node, function.value)
        return NOTHING
    _continue(frame, receiver, function.value, name)
    if name in SENDING:
        sent(frame, function.value, node, given(frame, node))
    if all(isinstance(item, Outside) for item in receiver):
        if name in EXECUTING:
            executed(frame, receiver, given(frame, node), node.line)
        outside = tuple(Outside(f"{item.name}.{name}") for item in receiver)  # type: ignore[union-attr]
        if name == "from_queryset":
            return method_called(frame, receiver[0], name, given(frame, node), node)
        return _known(frame, outside, node)
    arguments = given(frame, node)
    grow(frame, function, name, arguments)
    return each_of(
        frame,
        receiver,
        node.line,
        lambda item: method_called(frame, item, name, arguments, node),
    )


def _continue(frame: Frame, receiver: Value, node: Expression, name: str) -> None:
    """Let a longer chain take the place of a shorter one."""
    for item in receiver:
        if isinstance(item, Rows):
            if item.is_reverse:
                return
            if (
                name in METHODS
                or item.is_open
                or item.via is not None
                or (frame.world.method(item, name) is not None)
            ):
                frame.continued(node)
                return
        elif name in ON_ROW:
            return


def _nothing(_frame: Frame, _node: Expression) -> Value:
    return NOTHING


def _slice(frame: Frame, node: Slice) -> Value:
    for each in node.parts:
        evaluate(frame, each)
    return NOTHING


# --- Compound


def _subscript(frame: Frame, node: Subscript) -> Value:
    value = evaluate(frame, node.value)
    index = node.index
    if isinstance(index, Slice):
        _slice(frame, index)
        return value
    if not value:
        evaluate(frame, index)
        if isinstance(index, Text) and index.value == "request":
            return REQUEST
        return NOTHING
    if isinstance(index, Constant) and isinstance(index.value, int):
        _indexed(frame, value, node)
        return joined(part(value, index.value), entries(value))
    keys = texts(evaluate(frame, index))
    result: Value = NOTHING
    for item in value:
        match item:
            case Entries():
                found = all_joined(entry((item,), key.text) for key in keys)
                result = joined(result, found if keys else entries((item,)))
            case Cleaned(ref=ref):
                for key in keys:
                    result = joined(result, frameworks.checked(frame.world, ref, key.text))
            case Object() | Outside():
                if any(key.text == "request" for key in keys):
                    result = joined(result, REQUEST)
            case _:
                result = joined(result, elements((item,)))
    _indexed(frame, value, node)
    return result


def _indexed(frame: Frame, value: Value, node: Subscript) -> None:
    for item in value:
        if isinstance(item, Rows) and not item.is_manager and isinstance(node.value, Name):
            iterated(frame, (item,), node, node.line)


def _operation(frame: Frame, node: Operation) -> Value:
    left = evaluate(frame, node.left)
    if node.operator == "and":
        narrowed = narrow(frame, node.left)
        saved = frame.names
        if narrowed:
            frame.names = {**saved, **narrowed}
        right = evaluate(frame, node.right)
        if narrowed:
            frame.names = saved
        return right
    right = evaluate(frame, node.right)
    if node.operator in ("|", "&", "or", "+", "^", "-"):
        return combined(left, right)
    if node.operator in ("*", "/", "%") and any(isinstance(item, Paths) for item in left):
        return combined(left, right)
    return NOTHING


def _conditional(frame: Frame, node: Conditional) -> Value:
    evaluate(frame, node.test)
    holds, fails = split(frame, node.test)
    saved = frame.names
    result: Value = NOTHING
    for names, branch in ((holds, node.then), (fails, node.otherwise)):
        if names is not None:
            frame.names = {**saved, **names} if names else saved
            result = joined(result, evaluate(frame, branch))
    frame.names = saved
    return result


def _lambda(frame: Frame, node: Lambda) -> Value:
    closure = Closure(node, frame.names)
    # What it writes is written where it is called.
    saved, frame.writes = frame.writes, set()
    frame.world.interpreter.applied(frame, closure, [])
    frame.writes = saved
    return (closure,)


def _comprehension(frame: Frame, node: Comprehension) -> Value:
    saved = frame.names
    frame.names = dict(saved)
    for clause in node.clauses:
        value = evaluate(frame, clause.iterable)
        items = iterated(frame, value, clause.iterable, getattr(clause.iterable, "line", node.line))
        bind(frame, clause.target, items)
        for condition in clause.conditions:
            evaluate(frame, condition)
            frame.names.update(narrow(frame, condition))
    outer, frame.writes = frame.writes, set()
    element = kept(evaluate(frame, node.element))
    frame.repeated(node.line, outer)
    frame.names = saved
    if node.form == "dict":
        return (Entries((), part(element, 1)),)
    return (Many(element),)


def _inside(frame: Frame, node: Await | Starred) -> Value:
    return evaluate(frame, node.value)


def _yield(frame: Frame, node: Yield) -> Value:
    frame.is_generator = True
    if node.value is not None:
        value = kept(evaluate(frame, node.value))
        if node.is_delegated:
            value = iterated(frame, value, node.value, getattr(node.value, "line", 0))
        frame.yields = joined(frame.yields, value)
    return NOTHING


def _walrus(frame: Frame, node: Walrus) -> Value:
    value = evaluate(frame, node.value)
    frame.names[node.target.id] = kept(value)
    return value


def _parts(frame: Frame, node: Parts) -> Value:
    paths: list[Written] = []
    for each in node.parts:
        for item in evaluate(frame, each):
            if isinstance(item, Paths):
                paths.extend(item.paths)
    return (Paths(tuple(paths)),) if paths else NOTHING


_EVALUATE: Final[dict[type, Callable[[Frame, Any], Value]]] = {
    Name: _name,
    Attribute: _attribute,
    Call: _call,
    Text: text,
    Constant: _nothing,
    Format: formatted,
    Display: displayed,
    Mapping: mapped,
    Subscript: _subscript,
    Slice: _slice,
    Operation: _operation,
    Conditional: _conditional,
    Starred: _inside,
    Lambda: _lambda,
    Comprehension: _comprehension,
    Await: _inside,
    Yield: _yield,
    Walrus: _walrus,
    Parts: _parts,
}
