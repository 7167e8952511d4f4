"""Goes through functions, classes and modules, and remembers what it has learnt of each."""

from collections.abc import Collection, Hashable, Mapping
from typing import Any, Final

from banyan.survey.consulted import Marks
from banyan.survey.following import frameworks
from banyan.survey.following.annotations import Reader, bounds_of
from banyan.survey.following.attributes import class_of
from banyan.survey.following.expressions import evaluate
from banyan.survey.following.flows import FlowKey
from banyan.survey.following.frames import Frame
from banyan.survey.following.memory import Kept
from banyan.survey.following.questions import Arguments, Key, Question, is_same, place
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

_DEEPEST: Final = 60
_LONGEST_GIVEN: Final = 40  # lines of a function that is gone through for what it is given
_DEEPEST_GIVEN: Final = 3
_EMPTY: Final = Summary()
_SETTLING: Final = "settling"
_STARS: Final[dict[str, Value]] = {"*": (Many(),), "**": (Entries(),)}


class Walker:
    """Goes through code, each function once for each thing that ``self`` can be."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._summaries: dict[Key, Summary] = {}
        # Of those that have asked others for what may be something else by now.
        self._doubtful: dict[Key, Summary] = {}
        # What the function that is gone through has asked others for.
        self._asked: dict[Question, tuple[Summary, Marks]] | None = None
        # What is taken for the functions of a knot while it is settled.
        self._assumed: Mapping[Key, tuple[Summary, Hashable]] = {}
        self._bodies: dict[str, tuple[Frame, Marks]] = {}
        self._consulted = world.codebase.consulted
        self._constants: dict[int, Kept[Value]] = {}
        # Kept, so that their identities are nothing else's.
        self._expressions: list[Expression] = []

    def restart(self) -> None:
        """Forget what held for one file only."""
        self.world.underway.clear()

    def forget(self, changed: Collection[FlowKey]) -> None:
        """Forget what depends on what functions are given, where that has changed."""
        self.restart()
        bits = self.world.flows.bits(changed)
        gone = {key: one for key, one in self._summaries.items() if one.marks.given & bits}
        for key in gone:
            del self._summaries[key]
        self._doubtful |= {key: one for key, one in gone.items() if one.asked is not None}
        for key, summary in list(self._doubtful.items()):
            if summary.own.given & bits:
                del self._doubtful[key]
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
        return self._of(Key(ref, owner, given, depth, world.flows.is_hidden))

    def assigned(self, ref: FunctionRef, owner: Atom | None, name: str) -> Value:
        """What a method gives to an attribute of ``self``, by what all its callers give it."""
        key = Key(ref, owner, None, 0, self.world.flows.is_hidden)
        return self._of(key, name).attributes.get(name, NOTHING)

    def _of(self, key: Key, attribute: str = "") -> Summary:
        """What is known of a function, by now or from now on.

        Args:
            attribute: the one that nothing else is asked for; "" for all.
        """
        consulted = self._consulted
        found = None if key.given is None else self._known(key)
        if found is not None:
            marks = found.marks
        else:
            around = consulted.begin()
            exact = key
            if key.given is None and self.world.flows.of(key_of(key.ref)) is None:
                exact = key._replace(given="")
            found = self._now(exact)
            consulted.take(found.marks)
            marks = consulted.leave(around)
        asked = self._asked if marks.given and not key.is_hidden else None
        question = key, attribute
        if asked is None or asked.setdefault(question, (found, marks))[0] is not found:
            consulted.take(marks)
        return found

    def _now(self, key: Key) -> Summary:
        underway = self.world.underway
        found = self._known(key) or underway.passing(key)
        if found is not None:
            return found
        if not underway.is_begun(key):
            if len(underway) < _DEEPEST:
                return self._made(key)
            underway.give_up()
        self.world.codebase.look_into(key.ref)
        return _EMPTY

    def _known(self, key: Key) -> Summary | None:
        assumed = self._assumed.get(key)
        if assumed is not None:
            self.world.underway.is_begun(assumed[1])
            return assumed[0]
        found = self._summaries.get(key)
        if found is None and key.is_hidden:
            # What functions are given did not matter.
            found = self._summaries.get(key._replace(is_hidden=False))
            if found is not None and found.marks.given:
                return None
        if found is not None and found.knot and self.world.underway.is_within(found.knot):
            return None
        return found

    def _made(self, key: Key) -> Summary:
        result, knot = self._gone_through(key)
        if knot is None:
            return result
        if all(isinstance(one, Key) for one in knot):
            return self._settled(key, knot) if knot else self._kept(key, result)
        result.knot = frozenset(knot)
        return self._kept(key, result)

    def _settled(self, key: Key, knot: dict[Any, Summary]) -> Summary:
        """A function that depends on itself, as all in its knot are gone through once more.

        The knot is entered by the one that comes first in any run, and what is found so is taken
        for each when the others are gone through: it does not matter who asked first. Where that
        shows that others belong to it, all is done with these, too.
        """
        first = min(knot, key=place)
        while first == key:
            found, more = self._gone_through_again(knot)
            if more is None:
                return found[key]
            if not more:
                for one, summary in found.items():
                    self._kept(one, summary)
                return found[key]
            knot = found | more
            first = min(knot, key=place)
        self._made(first)
        known = self._known(key)
        if known is None:
            entered = self._known(first)
            if entered is not None and not entered.knot:
                return self._made(key)
        return known or knot[key]

    def _gone_through_again(
        self, knot: dict[Any, Summary]
    ) -> tuple[dict[Any, Summary], dict[Any, Summary] | None]:
        """What is found for each of a knot where this is taken for them.

        Returns:
            Besides, what was found for others that depend on it; None where it depends on what is
            begun still.
        """
        underway, outer = self.world.underway, self._assumed
        # Another knot may be met, and settled, on the way.
        settling = _SETTLING, len(underway)
        underway.begin(settling)
        self._assumed = {**outer, **{one: (summary, settling) for one, summary in knot.items()}}
        found = {one: self._gone_through(one)[0] for one in sorted(knot, key=place)}
        self._assumed = outer
        inside = underway.end(settling, None)
        # Each stands on all of them: on that they are a knot, and where it begins.
        around = self._consulted.begin()
        for summary in (*knot.values(), *found.values()):
            self._consulted.take(summary.marks)
        marks = self._consulted.end(around)
        for summary in found.values():
            summary.marks, summary.asked = marks, None
        if inside is None:
            return found, None
        return found, {
            one: each for one, each in inside.items() if isinstance(one, Key) and one not in knot
        }

    def _gone_through(self, key: Key) -> tuple[Summary, dict[Any, Any] | None]:
        world = self.world
        is_given = isinstance(key.given, tuple)
        before = world.given_depth, world.flows.is_hidden
        world.given_depth, world.flows.is_hidden = key.depth + is_given, key.is_hidden
        around, asker = self._consulted.begin(), self._asked
        self._asked = {}
        world.codebase.look_into(key.ref)
        world.underway.begin(key)
        result = self._found_again(key) or self._run(key)
        self._consulted.take(result.own)
        result.own, asked = self._consulted.marks, self._asked
        for _, marks in asked.values():
            self._consulted.take(marks)
        result.marks, self._asked = self._consulted.leave(around), asker
        world.given_depth, world.flows.is_hidden = before
        knot = world.underway.end(key, result)
        result.asked = None
        if knot is None or knot:
            self._consulted.take(result.marks)
        else:
            result.asked = asked
        return result, knot

    def _found_again(self, key: Key) -> Summary | None:
        """What was found before, where all that it asked others for is the same as it was.

        They are asked in the order in which it asked them, and none after the first that gives
        something else: so nobody is asked whom it would not ask when it is gone through.
        """
        found = self._doubtful.pop(key, None)
        if found is None or found.asked is None:
            return None
        within = f"{key.ref.qualname}."
        for (one, attribute), (before, _) in found.asked.items():
            now = self._of(one, attribute)
            # Of the functions of its own classes it has all that they do.
            is_inside = one.ref.qualname.startswith(within)
            if now is not before and (is_inside or not is_same(now, before, attribute)):
                return None
        return found

    def _kept(self, key: Key, result: Summary) -> Summary:
        if not result.marks.given:
            key = key._replace(is_hidden=False)
        self._summaries.setdefault(key, result)
        return result

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

    def _run(self, key: Key) -> Summary:
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
        binding = self._world.codebase.own(self._owner, key)
        if binding is None or getattr(binding, "expression", None) is self._expression:
            return default
        meaning = self._world.codebase.meaning(self._owner.module, binding, self._owner)
        return default if meaning is None else self._world.value(meaning)
