"""Goes through functions, classes and modules, statement by statement, once."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from banyan.survey.following import frameworks
from banyan.survey.following.annotations import Reader
from banyan.survey.following.attributes import class_of
from banyan.survey.following.expressions import annotated, bind, combined, evaluate, narrow
from banyan.survey.following.flows import FlowKey
from banyan.survey.following.frames import Frame
from banyan.survey.following.happenings import Atomic
from banyan.survey.following.library import iterated
from banyan.survey.following.signals import heard, is_receiver, sender_rows
from banyan.survey.following.transactions import has_decorator, is_atomic
from banyan.survey.following.values import (
    NOTHING,
    REQUEST,
    Atom,
    ClassValue,
    Closure,
    Entries,
    FunctionValue,
    Inner,
    Many,
    Object,
    Outside,
    Row,
    Rows,
    Value,
    joined,
    kept,
)
from banyan.survey.following.world import Summary, World
from banyan.survey.meanings import ClassRef, FunctionRef, PythonModule, ValueRef
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
    Parameter,
    Raise,
    Return,
    Statement,
    Try,
    While,
    With,
)

_DEEPEST: Final = 30
_LONGEST_GIVEN: Final = 40  # lines of a function that is gone through for what it is given
_DEEPEST_GIVEN: Final = 3
_EMPTY: Final = Summary()
_HANDLERS: Final = frozenset(["dispatch", "get", "post", "put", "patch", "delete"])
_STARS: Final[dict[str, Value]] = {"*": (Many(),), "**": (Entries(),)}

Key = tuple[object, ...]


class Walker:
    """Goes through code, each function once for each thing that ``self`` can be."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._summaries: dict[Key, Summary] = {}
        # Results inside of a recursion depend on where it was entered: they hold within it.
        self._passing: dict[Key, Summary] = {}
        self._active: dict[Key, int] = {}
        self._bodies: dict[str, tuple[Frame, frozenset[FlowKey]]] = {}
        self._lowest = len(self._active)
        self._given_depth = 0
        self._constants: dict[int, tuple[object, Value]] = {}

    def restart(self) -> None:
        """Forget what held for one file only."""
        self._passing.clear()

    def forget(self, changed: set[FlowKey]) -> set[str]:
        """Forget what depends on what functions are given, where that has changed.

        Returns:
            The files in which something was forgotten.
        """
        self._passing.clear()
        paths = {path for path, _ in changed}
        for key, summary in list(self._summaries.items()):
            if not summary.asked.isdisjoint(changed) or (
                key[-1] is None and key_of(key[0]) in changed
            ):
                del self._summaries[key]
                paths.add(key_of(key[0])[0])
        for path, body in list(self._bodies.items()):
            if not body[1].isdisjoint(changed):
                del self._bodies[path]
                paths.add(path)
        return paths

    # --- What others ask

    def summary(
        self,
        ref: FunctionRef,
        owner: Atom | None,
        arguments: Mapping[str, Value] | None = None,
        *,
        from_all: bool = False,
    ) -> Summary:
        """What a function gives and does.

        Args:
            arguments: what it is given, where its annotations do not say it.
            from_all: whether it is to be gone through with what all its callers give it.
        """
        key: Key = (ref, owner)
        if from_all:
            arguments = self.world.flows.of(key_of(ref))
            if arguments is not None:
                key = (ref, owner, None)
        elif arguments is not None:
            too_long = ref.node.end - ref.node.line > _LONGEST_GIVEN
            if too_long or self._given_depth >= _DEEPEST_GIVEN:
                return self.summary(ref, owner)
            key = (ref, owner, tuple(arguments.items()))
        known = self._summaries.get(key) or self._passing.get(key)
        if known is not None:
            if known.asked:
                self.world.flows.asked |= known.asked
            return known
        depth = self._active.get(key)
        if depth is not None:
            self._lowest = min(self._lowest, depth)
            return _EMPTY
        if len(self._active) >= _DEEPEST:
            self._lowest = -1
            return _EMPTY
        return self._made(key, ref, owner, arguments)

    def _made(
        self,
        key: Key,
        ref: FunctionRef,
        owner: Atom | None,
        arguments: Mapping[str, Value] | None,
    ) -> Summary:
        depth = self._active[key] = len(self._active)
        before = len(self._passing)
        outer, self._lowest = self._lowest, depth
        is_given = arguments is not None and key[-1] is not None
        self._given_depth += is_given
        flows = self.world.flows
        asked, flows.asked = flows.asked, set()
        try:
            result = self._run(ref, owner, arguments)
        finally:
            del self._active[key]
            self._given_depth -= is_given
            inner, flows.asked = flows.asked, asked | flows.asked
        if inner:
            result.asked = frozenset(inner)
        is_whole = self._lowest >= depth
        while is_whole and len(self._passing) > before:
            # They were made while this one was not known yet.
            self._passing.popitem()
        (self._summaries if is_whole else self._passing)[key] = result
        self._lowest = outer if is_whole else min(outer, self._lowest)
        return result

    def constant(self, value: ValueRef) -> Value:
        """What was assigned to a name at the top of a module or class."""
        key = id(value.expression)
        known = self._constants.get(key)
        if known is None:
            self._constants[key] = (value.expression, NOTHING)
            me = ClassValue(value.owner) if value.owner else None
            frame = Frame(self.world, value.module, "", value.owner, me)
            if value.owner is not None:
                frame.names = _ClassNames(self.world, value.owner, value.expression)
            known = self._constants[key] = (
                value.expression,
                kept(evaluate(frame, value.expression)),
            )
        return known[1]

    def evaluated(self, frame: object, node: Expression) -> Value:
        """What an expression is by the names of a frame."""
        assert isinstance(frame, Frame)  # noqa: S101
        return evaluate(frame, node)

    def body(self, module: PythonModule) -> Frame:
        """Goes through what a module does when it is imported, its classes' bodies included."""
        known = self._bodies.get(module.path)
        if known is None:
            flows = self.world.flows
            flows.asked = set()
            frame = Frame(self.world, module, "")
            frame.is_body = True
            _block(frame, self.world.codebase.source(module).body)
            frame.names = {}
            known = self._bodies[module.path] = frame, frozenset(flows.asked)
        return known[0]

    def applied(self, frame: object, closure: Closure, arguments: list[Value]) -> Value:
        """What a lambda gives."""
        assert isinstance(frame, Frame)  # noqa: S101
        saved = frame.names
        frame.names = dict(closure.names)
        for index, parameter in enumerate(closure.node.parameters):
            value = arguments[index] if index < len(arguments) else NOTHING
            if not value and parameter.name == "request":
                value = REQUEST
            frame.names[parameter.name] = value
        try:
            return evaluate(frame, closure.node.body)
        finally:
            frame.names = saved

    # --- Functions

    def _run(
        self, ref: FunctionRef, owner: Atom | None, arguments: Mapping[str, Value] | None
    ) -> Summary:
        frame = Frame(self.world, ref.module, ref.qualname, ref.owner, owner)
        self._parameters(frame, ref, owner, arguments or {})
        _block(frame, ref.node.body)
        return finished(frame, ref.node)

    def _parameters(
        self, frame: Frame, ref: FunctionRef, owner: Atom | None, arguments: Mapping[str, Value]
    ) -> None:
        node = ref.node
        parameters = node.parameters
        if owner is not None and ref.owner is not None and parameters:
            frame.names[parameters[0].name] = (owner,)
            parameters = parameters[1:]
        rows = sender_rows(frame, node) if node.decorators else {}
        for parameter in parameters:
            value = self._parameter(frame, ref, owner, parameter)
            if not value:
                value = arguments.get(parameter.name) or rows.get(parameter.name, NOTHING)
            if not value and parameter.form in _STARS:
                value = _STARS[parameter.form]
            if not value and parameter.default is not None:
                value = _class_only(evaluate(frame, parameter.default))
            frame.names[parameter.name] = value

    def _parameter(
        self, frame: Frame, ref: FunctionRef, owner: Atom | None, parameter: Parameter
    ) -> Value:
        if parameter.annotation is not None:
            value = Reader(self.world, ref.module, owner, frame.names.get).value(
                parameter.annotation
            )
            if value and parameter.form == "*":
                return (Many(value),)
            if value and parameter.form == "**":
                return (Entries((), value),)
            if value:
                return value
        if parameter.form == "**":
            return NOTHING
        if parameter.name == "request":
            return REQUEST
        of = class_of(owner) if owner is not None and not isinstance(owner, Rows) else None
        if of is not None:
            return frameworks.parameter(self.world, of, ref.node, parameter)
        return NOTHING


def key_of(ref: object) -> FlowKey:
    """Under which key it is kept what a function is given."""
    assert isinstance(ref, FunctionRef)  # noqa: S101
    return ref.module.path, ref.qualname


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
        if is_atomic(frame, decorator) and frame.writes:
            line = getattr(decorator, "line", node.line)
            frame.atomics.append(Atomic(line, tuple(frame.writes)))
    result.writes = frozenset(frame.writes)
    frame.names = {}
    result.frame = frame
    return result


def _tells(value: Value) -> bool:
    return any(not isinstance(item, Outside) for item in value)


def _class_only(value: Value) -> Value:
    return tuple(item for item in value if isinstance(item, ClassValue | FunctionValue | Rows))


class _ClassNames(dict[str, Value]):
    """The names of a class's body, for an expression in it."""

    def __init__(self, world: World, owner: ClassRef, expression: Expression) -> None:
        super().__init__()
        self._world = world
        self._owner = owner
        self._expression = expression

    def get(self, key: str, default: Any = None) -> Any:
        found = super().get(key)
        if found is not None:
            return found
        binding = self._world.codebase.class_namespace(self._owner).last(key)
        if binding is None or getattr(binding, "expression", None) is self._expression:
            return default
        meaning = self._world.codebase.meaning(self._owner.module, binding, self._owner)
        return default if meaning is None else self._world.value(meaning)


# --- Statements; each tells whether nothing after it in its block is reached


def _block(frame: Frame, body: tuple[Statement, ...]) -> bool:
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
        value = kept(evaluate(frame, node.value))
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
    before = frame.names
    frame.names = {**before, **narrow(frame, node.test)}
    ends = _block(frame, node.body)
    then = frame.names
    frame.names = dict(before)
    otherwise_ends = _block(frame, node.otherwise)
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
    _block(frame, node.body)
    frame.names = _merged(before, frame.names)
    _block(frame, node.otherwise)
    return False


def _for(frame: Frame, node: For) -> bool:
    value = evaluate(frame, node.iterable)
    items = iterated(frame, value, node.iterable, getattr(node.iterable, "line", 0))
    before = frame.names
    frame.names = dict(before)
    bind(frame, node.target, items)
    _block(frame, node.body)
    frame.names = _merged(before, frame.names)
    _block(frame, node.otherwise)
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
    ends = _block(frame, node.body)
    # `stack.enter_context(transaction.atomic())`
    line, frame.opened = line or frame.opened, opened
    if line and frame.writes:
        frame.atomics.append(Atomic(line, tuple(frame.writes)))
    frame.writes |= outer
    return ends


def _try(frame: Frame, node: Try) -> bool:
    before = dict(frame.names)
    ends = _block(frame, node.body)
    after = frame.names
    in_handlers = _merged(before, after)
    if not ends:
        ends = _block(frame, node.otherwise)
    result = frame.names
    every_ends = ends
    for handler in node.handlers:
        frame.names = dict(in_handlers)
        if handler.name:
            frame.names[handler.name] = NOTHING
        handler_ends = _block(frame, handler.body)
        if not handler_ends:
            result = frame.names if every_ends else _merged(result, frame.names)
            every_ends = False
    frame.names = result
    return _block(frame, node.final) or every_ends


def _match(frame: Frame, node: Match) -> bool:
    evaluate(frame, node.subject)
    before = frame.names
    result = dict(before)
    for case in node.cases:
        frame.names = dict(before)
        if not _block(frame, case):
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
            writes = world.interpreter.summary(function, me).writes
            if writes:
                within.atomics.append(Atomic(line, tuple(writes)))


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
    flows = frame.world.flows.of((frame.path, qualname)) or {}
    for parameter in node.parameters:
        value: Value = NOTHING
        if parameter.annotation is not None:
            value = annotated(frame, parameter.annotation)
        elif parameter.name == "request":
            value = REQUEST
        inner.names[parameter.name] = value or flows.get(parameter.name, NOTHING)
    inner.names.update(sender_rows(frame, node) if node.decorators else {})
    _block(inner, node.body)
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
        _block(body, node.body)
        body.names = {}
        return False
    ref = frame.world.codebase.class_ref(frame.module, node, None, frame.qualname)
    body = frame.within(qualname)
    _block(body, tuple(each for each in node.body if not isinstance(each, Function | Class)))
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
