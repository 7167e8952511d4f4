"""Goes through functions, classes and modules, and remembers what it has learnt of each."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from banyan.survey.following import frameworks
from banyan.survey.following.annotations import Reader, bounds_of
from banyan.survey.following.attributes import class_of
from banyan.survey.following.expressions import evaluate
from banyan.survey.following.flows import FlowKey
from banyan.survey.following.frames import Frame
from banyan.survey.following.signals import sender_rows
from banyan.survey.following.statements import block, finished
from banyan.survey.following.values import (
    NOTHING,
    REQUEST,
    Atom,
    ClassValue,
    Closure,
    Entries,
    FunctionValue,
    Many,
    Rows,
    Value,
    kept,
)
from banyan.survey.following.world import Summary, World
from banyan.survey.meanings import ClassRef, FunctionRef, PythonModule, ValueRef
from banyan.survey.syntax import Expression, Parameter

_DEEPEST: Final = 30
_LONGEST_GIVEN: Final = 40  # lines of a function that is gone through for what it is given
_DEEPEST_GIVEN: Final = 3
_MOST_TRIES: Final = 3
_EMPTY: Final = Summary()
_STARS: Final[dict[str, Value]] = {"*": (Many(),), "**": (Entries(),)}

Key = tuple[object, ...]


class _Known:
    """Summaries of functions, by function, ``self`` and arguments.

    Attributes:
        passing: results inside of a recursion depend on where it was entered: they hold within it.
        tries: how often each was worked out.
    """

    def __init__(self) -> None:
        self.summaries: dict[Key, Summary] = {}
        self.passing: dict[Key, Summary] = {}
        self.tries: dict[Key, int] = {}


class Walker:
    """Goes through code, each function once for each thing that ``self`` can be."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._told = _Known()
        # Without what functions are given, as far as that matters.
        self._hidden = _Known()
        self._active: dict[Key, int] = {}
        self._bodies: dict[str, tuple[Frame, int]] = {}
        self._lowest = len(self._active)
        self._given_depth = 0
        self._consulted = world.codebase.consulted
        self._constants: dict[int, tuple[object, Value, int]] = {}

    def restart(self) -> None:
        """Forget what held for one file only."""
        self._told.passing.clear()
        self._hidden.passing.clear()

    def forget(self, changed: Collection[FlowKey]) -> None:
        """Forget what depends on what functions are given, where that has changed."""
        self.restart()
        marks = self.world.flows.marks(changed)
        known = self._told
        for key, summary in list(known.summaries.items()):
            if summary.marks & marks or (key[-1] is None and key_of(key[0]) in changed):
                del known.summaries[key]
                known.tries.pop(key, None)
        for path, body in list(self._bodies.items()):
            if body[1] & marks:
                del self._bodies[path]

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
        self._consulted.marks |= ref.module.bit
        if from_all:
            arguments = self.world.flows.of(key_of(ref))
            if arguments is not None:
                key = (ref, owner, None)
        elif arguments is not None:
            too_long = ref.node.end - ref.node.line > _LONGEST_GIVEN
            if too_long or self._given_depth >= _DEEPEST_GIVEN:
                return self.summary(ref, owner)
            key = (ref, owner, tuple(arguments.items()))
        known = self._known(key)
        if known is not None:
            self._consulted.marks |= known.marks
            return known
        depth = self._active.get(key)
        if depth is not None:
            self._lowest = min(self._lowest, depth)
            return _EMPTY
        if len(self._active) >= _DEEPEST:
            self._lowest = -1
            return _EMPTY
        return self._made(key, ref, owner, arguments)

    def _known(self, key: Key) -> Summary | None:
        told = self._told
        flows = self.world.flows
        if not flows.is_hidden:
            return told.summaries.get(key) or told.passing.get(key)
        found = told.summaries.get(key)
        if found is not None and not found.marks & flows.bit:
            return found
        return self._hidden.summaries.get(key) or self._hidden.passing.get(key)

    def _made(
        self,
        key: Key,
        ref: FunctionRef,
        owner: Atom | None,
        arguments: Mapping[str, Value] | None,
    ) -> Summary:
        depth = self._active[key] = len(self._active)
        known = self._hidden if self.world.flows.is_hidden else self._told
        before = len(known.passing)
        outer, self._lowest = self._lowest, depth
        is_given = arguments is not None and key[-1] is not None
        self._given_depth += is_given
        around = self._consulted.begin()
        try:
            result = self._run(ref, owner, arguments or {}, of_call=is_given)
        finally:
            del self._active[key]
            self._given_depth -= is_given
            marks = self._consulted.end(around)
        result.marks = marks
        is_whole = self._lowest >= depth
        while is_whole and len(known.passing) > before:
            # They were made while this one was not known yet.
            known.passing.popitem()
        tries = known.tries[key] = known.tries.get(key, 0) + 1
        # In a large knot of functions each could be gone through once for each of the others.
        is_enough = is_whole or tries >= _MOST_TRIES
        if is_enough and not marks & self.world.flows.bit:
            self._told.summaries[key] = result
        else:
            (known.summaries if is_enough else known.passing)[key] = result
        self._lowest = outer if is_enough else min(outer, self._lowest)
        return result

    def constant(self, value: ValueRef) -> Value:
        """What was assigned to a name at the top of a module or class."""
        key = id(value.expression)
        known = self._constants.get(key)
        if known is None:
            outer, was_hidden = self._consulted.begin(), self.world.flows.hide()
            self._consulted.marks |= value.module.bit
            self._constants[key] = value.expression, NOTHING, value.module.bit
            me = ClassValue(value.owner) if value.owner else None
            frame = Frame(self.world, value.module, "", value.owner, me)
            if value.owner is not None:
                frame.names = _ClassNames(self.world, value.owner, value.expression)
            found = kept(evaluate(frame, value.expression))
            known = self._constants[key] = value.expression, found, self._consulted.end(outer)
            self.world.flows.is_hidden = was_hidden
        else:
            self._consulted.marks |= known[2]
        return known[1]

    def evaluated(self, frame: Any, node: Expression) -> Value:
        """What an expression is by the names of a frame."""
        return evaluate(frame, node)

    def body(self, module: PythonModule) -> Frame:
        """Goes through what a module does when it is imported, its classes' bodies included."""
        known = self._bodies.get(module.path)
        if known is None:
            outer = self._consulted.begin()
            frame = Frame(self.world, module, "")
            frame.is_body = True
            block(frame, self.world.codebase.source(module).body)
            frame.names = {}
            known = self._bodies[module.path] = frame, self._consulted.end(outer)
        else:
            self._consulted.marks |= known[1]
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
        self,
        ref: FunctionRef,
        owner: Atom | None,
        arguments: Mapping[str, Value],
        *,
        of_call: bool,
    ) -> Summary:
        frame = Frame(self.world, ref.module, ref.qualname, ref.owner, owner)
        if ref.node.bounds or (ref.owner is not None and ref.owner.node.bounds):
            frame.bounds = bounds_of(ref.owner.node if ref.owner else None, ref.node)
        self._parameters(frame, ref, owner, arguments, of_call=of_call)
        if of_call:
            frame.given = frozenset(arguments)
        block(frame, ref.node.body)
        return finished(frame, ref.node)

    def _parameters(
        self,
        frame: Frame,
        ref: FunctionRef,
        owner: Atom | None,
        arguments: Mapping[str, Value],
        *,
        of_call: bool,
    ) -> None:
        node = ref.node
        parameters = node.parameters
        if owner is not None and ref.owner is not None and parameters:
            frame.names[parameters[0].name] = (owner,)
            parameters = parameters[1:]
        rows = sender_rows(frame, node) if node.decorators else {}
        for parameter in parameters:
            value = self._parameter(frame, ref, owner, parameter)
            if of_call and len(value) > 1 and parameter.annotation is not None:
                # Of the several that an annotation allows, what is given is one.
                value = arguments.get(parameter.name) or value
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
            names = frame.names.get
            reader = Reader(self.world, ref.module, owner, names, frame.bounds)
            value = reader.value(parameter.annotation)
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
