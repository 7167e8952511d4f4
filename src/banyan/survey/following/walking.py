"""Goes through functions, classes and modules, and remembers what it has learnt of each."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from banyan.survey.consulted import Marks
from banyan.survey.following import frameworks
from banyan.survey.following.annotations import Reader, bounds_of
from banyan.survey.following.attributes import class_of
from banyan.survey.following.expressions import evaluate
from banyan.survey.following.flows import FlowKey
from banyan.survey.following.frames import Frame
from banyan.survey.following.memory import Kept
from banyan.survey.following.questions import Arguments, Key
from banyan.survey.following.signals import sender_rows
from banyan.survey.following.statements import block, finished
from banyan.survey.following.summaries import Summaries, key_of
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

_LONGEST_GIVEN: Final = 40  # lines of a function that is gone through for what it is given
_DEEPEST_GIVEN: Final = 3
_STARS: Final[dict[str, Value]] = {"*": (Many(),), "**": (Entries(),)}


class Walker(Summaries):
    """Goes through code, each function once for each thing that ``self`` can be."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self._bodies: dict[str, tuple[Frame, Marks]] = {}
        self._constants: dict[int, Kept[Value]] = {}
        # Kept, so that their identities are nothing else's.
        self._expressions: list[Expression] = []

    def forget(self, changed: Collection[FlowKey]) -> None:
        """Forget what depends on what functions are given, where that has changed."""
        super().forget(changed)
        bits = self.world.flows.bits(changed)
        for path, body in list(self._bodies.items()):
            if body[1].given & bits:
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
        world = self.world
        given: Arguments | str | None = ""
        depth = 0
        if from_all:
            given = None
        elif arguments is not None:
            depth = world.given_depth
            too_long = ref.node.end - ref.node.line > _LONGEST_GIVEN
            if too_long or depth >= _DEEPEST_GIVEN:
                arguments, depth = None, 0
            else:
                given = tuple(arguments.items())
        return self.of(Key(ref, owner, given, depth, world.flows.is_hidden))

    def assigned(self, ref: FunctionRef, owner: Atom | None, name: str) -> Value:
        """What a method gives to an attribute of ``self``, by what all its callers give it."""
        key = Key(ref, owner, None, 0, self.world.flows.is_hidden)
        return self.of(key, name).attributes.get(name, NOTHING)

    def constant(self, value: ValueRef) -> Value:
        """What was assigned to a name at the top of a module or class."""
        key = id(value.expression)
        if key not in self._constants:
            self._expressions.append(value.expression)
        return self.world.once(
            self._constants, key, NOTHING, value.module.marks, lambda: self._constant(value)
        )

    def _constant(self, value: ValueRef) -> Value:
        me = ClassValue(value.owner) if value.owner else None
        frame = Frame(self.world, value.module, "", value.owner, me)
        if value.owner is not None:
            frame.names = _ClassNames(self.world, value.owner, value.expression)
        return kept(evaluate(frame, value.expression))

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
            self._consulted.take(known[1])
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

    def gone_through(self, key: Key) -> Summary:
        """What a function gives and does, found out by going through it."""
        ref, owner, given = key.ref, key.owner, key.given
        frame = Frame(self.world, ref.module, ref.qualname, ref.owner, owner)
        if ref.node.bounds or (ref.owner is not None and ref.owner.node.bounds):
            frame.bounds = bounds_of(ref.owner.node if ref.owner else None, ref.node)
        of_call = isinstance(given, tuple)
        arguments: Mapping[str, Value] = {}
        if isinstance(given, tuple):
            arguments = dict(given)
        elif given is None:
            arguments = self.world.flows.of(key_of(ref)) or {}
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
        binding = self._world.codebase.own(self._owner, key)
        if binding is None or getattr(binding, "expression", None) is self._expression:
            return default
        meaning = self._world.codebase.meaning(self._owner.module, binding, self._owner)
        return default if meaning is None else self._world.value(meaning)
