"""Goes through statements, each once, and keeps what names hold after them."""

from collections.abc import Callable
from typing import Any, Final

from banyan.survey.following.annotations import bounds_of
from banyan.survey.following.binding import bind
from banyan.survey.following.expressions import evaluate
from banyan.survey.following.frames import Frame
from banyan.survey.following.library import iterated
from banyan.survey.following.narrowing import annotated, split
from banyan.survey.following.signals import heard, is_receiver, sender_rows
from banyan.survey.following.transactions import has_decorator, is_atomic
from banyan.survey.following.values import (
    NOTHING,
    REQUEST,
    Atom,
    ClassValue,
    Inner,
    Many,
    Object,
    Outside,
    Row,
    Several,
    Value,
    combined,
    fresh,
    joined,
    kept,
)
from banyan.survey.following.world import Summary, World
from banyan.survey.meanings import ClassRef
from banyan.survey.syntax import (
    Assign,
    Attribute,
    Call,
    Class,
    Delete,
    Evaluate,
    Expression,
    For,
    Function,
    If,
    Import,
    Match,
    Name,
    Raise,
    Return,
    Statement,
    Try,
    While,
    With,
)

_HANDLERS: Final = frozenset(["dispatch", "get", "post", "put", "patch", "delete"])


def finished(frame: Frame, node: Function) -> Summary:
    """What going through a function's body has shown."""
    result = Summary()
    value = frame.returns
    if frame.is_generator:
        value = (Many(frame.yields),)
        if has_decorator(node, "contextmanager", "asynccontextmanager"):
            value = frame.yields
    if not value and node.returns is not None:
        value = annotated(frame, node.returns)
    elif node.returns is not None and not _tells(value):
        value = joined(annotated(frame, node.returns), value)
    result.returns = value
    result.attributes = frame.attributes
    for decorator in node.decorators:
        if is_atomic(frame, decorator):
            frame.atomic(getattr(decorator, "line", node.line), frame.writes)
    result.writes = frozenset(frame.writes)
    frame.names = {}
    result.frame = frame
    return result


def _tells(value: Value) -> bool:
    return any(not isinstance(item, Outside) for item in value)


# --- Statements; each tells whether nothing after it in its block is reached


def block(frame: Frame, body: tuple[Statement, ...]) -> bool:
    """Go through statements; tells whether nothing after them is reached."""
    return any(_EXECUTE[type(statement)](frame, statement) for statement in body)


def _assign(frame: Frame, node: Assign) -> bool:
    if node.value is None:
        if node.annotation is not None and isinstance(node.targets[0], Name):
            frame.names[node.targets[0].id] = annotated(frame, node.annotation)
        return False
    value = evaluate(frame, node.value)
    if node.operator:
        target = node.targets[0]
        if isinstance(target, Name):
            held = frame.names.get(target.id, NOTHING)
            frame.names[target.id] = combined(held, kept(value))
        else:
            bind(frame, target, value)
        return False
    if node.annotation is not None:
        value = joined(annotated(frame, node.annotation), value)
    for target in node.targets:
        bind(frame, target, value)
    return False


def _evaluate(frame: Frame, node: Evaluate) -> bool:
    evaluate(frame, node.value)
    return False


def _return(frame: Frame, node: Return) -> bool:
    if node.value is not None:
        value = fresh(kept(evaluate(frame, node.value)))
        if value:
            frame.returns = joined(frame.returns, value)
    return True


def _raise(frame: Frame, node: Raise) -> bool:
    if node.value is not None:
        evaluate(frame, node.value)
    return True


def _delete(frame: Frame, node: Delete) -> bool:
    for target in node.targets:
        if not isinstance(target, Name):
            evaluate(frame, target)
    return False


def _if(frame: Frame, node: If) -> bool:
    _tested(frame, node.test)
    holds, fails = split(frame, node.test)
    if holds is None:
        return block(frame, node.otherwise)
    before = frame.names
    frame.names = {**before, **holds}
    ends = block(frame, node.body)
    if fails is None:
        return ends
    then = frame.names
    frame.names = {**before, **fails}
    outer = set(frame.writes)
    otherwise_ends = block(frame, node.otherwise)
    if isinstance(node.test, Attribute) and node.test.name == "in_atomic_block":
        # What is done outside of transactions is written in none.
        frame.writes = outer
    if ends and otherwise_ends:
        return True
    if not ends:
        frame.names = then if otherwise_ends else _merged(frame.names, then)
    return False


def _tested(frame: Frame, test: Expression) -> None:
    value = evaluate(frame, test)
    if isinstance(test, Name | Attribute):
        iterated(frame, value, test, test.line)


def _merged(one: dict[str, Value], other: dict[str, Value]) -> dict[str, Value]:
    result = dict(one)
    for name, value in other.items():
        held = result.get(name)
        if held is None:
            result[name] = value
        elif held is not value:
            result[name] = joined(held, value)
    return result


def _while(frame: Frame, node: While) -> bool:
    _tested(frame, node.test)
    before = frame.names
    frame.names = dict(before)
    outer, frame.writes = frame.writes, set()
    block(frame, node.body)
    frame.repeated(getattr(node.test, "line", 0), outer)
    frame.names = _merged(before, frame.names)
    block(frame, node.otherwise)
    return False


def _for(frame: Frame, node: For) -> bool:
    value = evaluate(frame, node.iterable)
    items = iterated(frame, value, node.iterable, getattr(node.iterable, "line", 0))
    before = frame.names
    frame.names = dict(before)
    bind(frame, node.target, items)
    outer, frame.writes = frame.writes, set()
    block(frame, node.body)
    of_all = any(isinstance(item, Several) for item in value)
    frame.repeated(getattr(node.iterable, "line", 0), outer, of_all=of_all)
    frame.names = _merged(before, frame.names)
    block(frame, node.otherwise)
    return False


def _with(frame: Frame, node: With) -> bool:
    line = 0
    outer = frame.writes
    for item in node.items:
        value = evaluate(frame, item.value)
        if not line and is_atomic(frame, item.value):
            line = getattr(item.value, "line", node.line)
        if item.target is not None:
            bind(frame, item.target, value)
    frame.writes = set()
    opened, frame.opened = frame.opened, 0
    ends = block(frame, node.body)
    # `stack.enter_context(transaction.atomic())`
    line, frame.opened = line or frame.opened, opened
    if line:
        frame.atomic(line, frame.writes)
    frame.writes |= outer
    return ends


def _try(frame: Frame, node: Try) -> bool:
    before = dict(frame.names)
    ends = block(frame, node.body)
    after = frame.names
    in_handlers = _merged(before, after)
    if not ends:
        ends = block(frame, node.otherwise)
    result = frame.names
    every_ends = ends
    for handler in node.handlers:
        frame.names = dict(in_handlers)
        if handler.name:
            frame.names[handler.name] = NOTHING
        handler_ends = block(frame, handler.body)
        if not handler_ends:
            result = frame.names if every_ends else _merged(result, frame.names)
            every_ends = False
    frame.names = result
    return block(frame, node.final) or every_ends


def _match(frame: Frame, node: Match) -> bool:
    evaluate(frame, node.subject)
    before = frame.names
    result = dict(before)
    for case in node.cases:
        frame.names = dict(before)
        if not block(frame, case):
            result = _merged(result, frame.names)
    frame.names = result
    return False


def _import(frame: Frame, node: Import) -> bool:
    if not node.is_inner or node.name == "*":
        return False
    meaning = frame.world.codebase.imported(frame.module, node)
    bound = node.alias or node.name or node.module.partition(".")[0]
    frame.names[bound] = NOTHING if meaning is None else frame.world.value(meaning)
    return False


def _decorated(frame: Frame, node: Function | Class) -> None:
    for decorator in node.decorators:
        evaluate(frame, decorator)
        if isinstance(decorator, Call) and is_receiver(decorator):
            heard(frame, decorator, decorator.line)
        elif isinstance(node, Class) and is_atomic(frame, decorator):
            _atomic_class(frame, node, getattr(decorator, "line", node.line))


def _atomic_class(frame: Frame, node: Class, line: int) -> None:
    """``@method_decorator(transaction.atomic, name="dispatch")``: each request is a transaction."""
    world = frame.world
    ref = world.codebase.class_ref(frame.module, node)
    me = instance(world, ref)
    within = frame.within(ref.qualname)
    for each in node.body:
        if isinstance(each, Function) and each.name in _HANDLERS:
            function = world.codebase.function_ref(frame.module, each, ref)
            within.atomic(line, world.interpreter.summary(function, me).writes)


def _inner_function(frame: Frame, node: Function) -> bool:
    qualname = f"{frame.qualname}.{node.name}" if frame.qualname else node.name
    if frame.is_body:
        declared = frame.within(qualname)
        _decorated(declared, node)
        for parameter in node.parameters:
            if parameter.default is not None:
                evaluate(declared, parameter.default)
        declared.names = {}
        return False
    _decorated(frame, node)
    inner = frame.within(qualname)
    if node.bounds:
        inner.bounds = {**frame.bounds, **bounds_of(node)}
    flows = frame.world.flows.of((frame.path, qualname)) or {}
    for parameter in node.parameters:
        value: Value = NOTHING
        if parameter.annotation is not None:
            value = annotated(inner, parameter.annotation)
        elif parameter.name == "request":
            value = REQUEST
        inner.names[parameter.name] = value or flows.get(parameter.name, NOTHING)
    inner.names.update(sender_rows(frame, node) if node.decorators else {})
    block(inner, node.body)
    summary = finished(inner, node)
    frame.names[node.name] = (Inner(summary.returns),)
    frame.writes |= summary.writes
    return False


def _inner_class(frame: Frame, node: Class) -> bool:
    qualname = f"{frame.qualname}.{node.name}" if frame.qualname else node.name
    _decorated(frame, node)
    if frame.is_body:
        body = frame.within(qualname)
        body.is_body = True
        block(body, node.body)
        body.names = {}
        return False
    ref = frame.world.codebase.class_ref(frame.module, node, None, frame.qualname)
    body = frame.within(qualname)
    block(body, tuple(each for each in node.body if not isinstance(each, Function | Class)))
    body.names = {}
    for each in node.body:
        if isinstance(each, Function):
            function = frame.world.codebase.function_ref(frame.module, each, ref)
            inner = frame.world.interpreter.summary(function, instance(frame.world, ref)).frame
            if isinstance(inner, Frame):
                frame.inner.append(inner)
    frame.names[node.name] = (ClassValue(ref),)
    return False


def instance(world: World, ref: ClassRef) -> Atom:
    """What ``self`` is in the methods of a class."""
    model = world.graph.model_of(ref)
    if model is not None:
        return Row(world.concrete(model) or model)
    return Object(ref)


_EXECUTE: Final[dict[type, Callable[[Frame, Any], bool]]] = {
    Assign: _assign,
    Evaluate: _evaluate,
    Return: _return,
    Raise: _raise,
    Delete: _delete,
    If: _if,
    While: _while,
    For: _for,
    With: _with,
    Try: _try,
    Match: _match,
    Import: _import,
    Function: _inner_function,
    Class: _inner_class,
}
