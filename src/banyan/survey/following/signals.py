"""Receivers of signals: which model's or which app's signal a function hears."""

from collections.abc import Iterator

from banyan.survey.following.arguments import Arguments
from banyan.survey.following.flows import SIGNALS
from banyan.survey.following.frames import Frame
from banyan.survey.following.happenings import Hearing
from banyan.survey.following.values import (
    NOTHING,
    ClassValue,
    FunctionValue,
    Many,
    Object,
    Outside,
    Row,
    Rows,
    Several,
    Value,
    Written,
    elements,
    kept,
)
from banyan.survey.following.world import World
from banyan.survey.meanings import External, ValueRef
from banyan.survey.modelgraph import Model
from banyan.survey.namespaces import Assigned
from banyan.survey.syntax import Attribute, Call, Display, Expression, Function, Name

SENDING = frozenset({"send", "send_robust", "asend", "asend_robust"})
_OF_USERS = ("user_logged_in", "user_logged_out")


def sender_rows(frame: Frame, node: Function) -> dict[str, Value]:
    """What Django passes to a function that its decorators make a receiver."""
    models: list[Model] = []
    of_users = False
    for decorator in node.decorators:
        if is_receiver(decorator):
            assert isinstance(decorator, Call)  # noqa: S101
            models.extend(senders(frame, decorator))
            of_users = of_users or any(
                name in _OF_USERS for name in _names(decorator.arguments[:1])
            )
    given: dict[str, Value] = {}
    for decorator in node.decorators:
        if is_receiver(decorator) and isinstance(decorator, Call) and decorator.arguments:
            for signal in _made(frame, decorator.arguments[0]):
                given.update(frame.world.flows.of((SIGNALS, signal[1])) or {})
    if models:
        given["instance"] = tuple(Row(model) for model in models)
        given["sender"] = tuple(ClassValue(model.ref) for model in models)
    if of_users:
        given["user"] = (Row(frame.world.user),)
    return given


def is_receiver(decorator: Expression) -> bool:
    """Whether a decorator is ``@receiver(…)``."""
    match decorator:
        case Call(function=Name(id="receiver") | Attribute(name="receiver")):
            return True
        case _:
            return False


def senders(frame: Frame, call: Call) -> list[Model]:
    """The models that a ``sender=`` names."""
    for keyword in call.keywords:
        if keyword.name == "sender":
            found = list(dict.fromkeys(_models(frame, keyword.value)))
            of = keyword.value
            if not found and isinstance(of, Name) and not _evaluated(frame, of):
                frame.end(call.line, f"the sender `{of.id}` is no model that is known")
            return found
    if len(call.arguments) > 1 and not is_receiver(call):
        return list(dict.fromkeys(_models(frame, call.arguments[1])))
    return []


def _models(frame: Frame, node: Expression) -> Iterator[Model]:
    world = frame.world
    match node:
        case Display(items=items):
            for each in items:
                yield from _models(frame, each)
            return
        case Attribute(name="AUTH_USER_MODEL"):
            yield world.user
            return
        case Attribute(name="through", value=Attribute(value=of, name=name)):
            for item in _evaluated(frame, of):
                model = world.graph.model_of(item.ref) if isinstance(item, ClassValue) else None
                field = world.graph.field(model, name) if model else None
                if field is not None:
                    yield world.graph.through(field)
            return
        case _:
            pass
    for item in _evaluated(frame, node):
        for one in elements((item,)) if isinstance(item, Many | Several) else (item,):
            if isinstance(one, ClassValue):
                model = world.graph.model_of(one.ref)
            elif isinstance(one, Written):
                model = world.graph.labelled(one.text)
            else:
                model = None
            if model is not None:
                yield world.concrete(model) or model


def _evaluated(frame: Frame, node: Expression) -> Value:
    return frame.world.interpreter.evaluated(frame, node)


def heard(frame: Frame, call: Call, line: int) -> None:
    """A receiver is declared: tell whose models and whose signals it hears."""
    if not any(
        isinstance(item, Outside) and item.name.endswith(".receiver")
        for item in _evaluated(frame, call.function)
    ):
        return
    for model in senders(frame, call):
        frame.hearings.append(Hearing(line, model.label, model.app))
    for signal in call.arguments[:1]:
        _signals(frame, signal, line)


def connected(frame: Frame, arguments: Arguments, call: Call) -> Value:
    """``signal.connect(function, sender=…)``."""
    models = senders(frame, call)
    for model in models:
        frame.hearings.append(Hearing(call.line, model.label, model.app))
    if isinstance(call.function, Attribute):
        _signals(frame, call.function.value, call.line)
    for item in arguments.first or arguments.named.get("receiver", NOTHING):
        if not isinstance(item, FunctionValue):
            continue
        key = (item.ref.module.path, item.ref.qualname)
        if isinstance(call.function, Attribute):
            for _, target in _made(frame, call.function.value):
                for name, value in (frame.world.flows.of((SIGNALS, target)) or {}).items():
                    frame.flow(key, name, value)
        if models:
            frame.flow(key, "instance", tuple(Row(model) for model in models))
            frame.flow(key, "sender", tuple(ClassValue(model.ref) for model in models))
    return NOTHING


def sent(frame: Frame, node: Expression, _call: Call, arguments: Arguments) -> None:
    """``signal.send(sender, …)``: what is sent is what its receivers are given."""
    for _, target in _made(frame, node):
        for name, value in arguments.named.items():
            telling = tuple(item for item in kept(value) if isinstance(item, Row | Rows | Object))
            if telling and name != "sender":
                frame.flow((SIGNALS, target), name, telling)


def _signals(frame: Frame, node: Expression, line: int) -> None:
    """A signal that another file of the project makes."""
    for path, target in _made(frame, node):
        frame.hearings.append(Hearing(line, target, path=path))


def _made(frame: Frame, node: Expression) -> Iterator[tuple[str, str]]:
    """The signals of the project that an expression names: where each is made, and its name."""
    if isinstance(node, Display):
        for each in node.items:
            yield from _made(frame, each)
        return
    if not isinstance(node, Name | Attribute):
        return
    found = frame.world.codebase.resolve(frame.module, node)
    if isinstance(found, ValueRef) and is_signal(frame.world, found):
        name = _bound_name(frame.world, found)
        yield found.module.path, f"{found.module.name}.{name}" if name else found.module.name


def is_signal(world: World, value: ValueRef) -> bool:
    """Whether an assignment makes a signal."""
    match value.expression:
        case Call(function=function):
            made = world.codebase.resolve(value.module, function)
            return isinstance(made, External) and made.name.endswith("Signal")
        case _:
            return False


def _bound_name(world: World, value: ValueRef) -> str:
    codebase, owner = world.codebase, value.owner
    space = codebase.class_namespace(owner) if owner else codebase.namespace(value.module)
    for name, bindings in space.bindings.items():
        for binding in bindings:
            if isinstance(binding, Assigned) and binding.expression is value.expression:
                return f"{owner.qualname}.{name}" if owner else name
    return ""


def _names(nodes: tuple[Expression, ...]) -> Iterator[str]:
    for node in nodes:
        match node:
            case Name(id=name) | Attribute(name=name):
                yield name
            case Display(items=items):
                yield from _names(items)
            case _:
                pass
