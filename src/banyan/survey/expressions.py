"""What expressions give, as far as constants, assignments and simple functions tell."""

import fnmatch
import posixpath
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final, TypeAlias

from banyan.survey.codebase import Codebase
from banyan.survey.constants import (
    Either,
    Scalar,
    Value,
    alternatives,
    copied,
    either,
    formatted,
    method,
    operated,
    path_joined,
    texts,
)
from banyan.survey.entry_points import EntryPoint
from banyan.survey.foreign import BUILTINS, ENVIRONMENT, called, changed
from banyan.survey.meanings import (
    ClassRef,
    External,
    FunctionRef,
    ModuleRef,
    PythonModule,
    Unknown,
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
    Name,
    Operation,
    Slice,
    Starred,
    Statement,
    Subscript,
    Text,
    Walrus,
)
from banyan.survey.syntax import Mapping as MappingNode

_DEEPEST: Final = 12
MOST_STEPS: Final = 50_000
MOST_ROUNDS: Final = 400

Answer: TypeAlias = Callable[[Sequence[Value], Mapping[str, Value]], Value]


@dataclass(frozen=True, slots=True)
class Observed:
    """A call of something outside of the project, made at a module's top level."""

    module: PythonModule
    name: str
    arguments: tuple[Value, ...]
    line: int


@dataclass(slots=True)
class Frame:
    """Where names are looked up: the innermost scope last."""

    module: PythonModule
    scopes: list[dict[str, Value]]
    depth: int = 0
    owner: ClassRef | None = None
    returns: list[Value] = field(default_factory=list[Value])

    @property
    def names(self) -> dict[str, Value]:
        return self.scopes[-1]


class Expressions(ABC):
    """Evaluates expressions; who derives from it knows what names have.

    Args:
        answers: what calls of some functions outside of the project give, by their names.
    """

    def __init__(self, codebase: Codebase, answers: Mapping[str, Answer] | None = None) -> None:
        self._codebase = codebase
        self._answers = answers or {}
        # Imported values, by module and name: only those that are asked for are evaluated.
        self._later: dict[str, dict[str, tuple[PythonModule, str]]] = {}
        self._steps = 0
        self.observed: list[Observed] = []

    @abstractmethod
    def of_module(self, module: PythonModule) -> Mapping[str, Value]:
        """The names at the end of a module, those from star imports included."""

    @abstractmethod
    def of_name(self, module: PythonModule, name: str) -> Value:
        """What a name has at the end of a module, also where it is imported."""

    @abstractmethod
    def of_class(self, ref: ClassRef) -> Mapping[str, Value]:
        """The attributes of a class, inherited ones included; properties are evaluated."""

    @abstractmethod
    def _bind(self, target: Expression, value: Value, frame: Frame) -> None:
        """Give a value to what an assignment's left side names."""

    @abstractmethod
    def _run(self, body: Sequence[Statement], frame: Frame) -> None:
        """Go through statements."""

    def _value(self, expression: Expression, frame: Frame) -> Value:
        match expression:
            case Text(value=value) | Constant(value=value):
                return value
            case Name(id=name):
                return self._name(name, frame)
            case Display(items=items):
                return self._items(items, frame)
            case MappingNode(items=pairs):
                return self._mapping(pairs, frame)
            case Operation(operator=operator, left=left, right=right):
                return operated(operator, self._value(left, frame), self._value(right, frame))
            case Conditional(then=then, otherwise=otherwise):
                return either((self._value(then, frame), self._value(otherwise, frame)))
            case Format(parts=parts):
                return formatted(self._value(part, frame) for part in parts)
            case Attribute(value=Call() as of, name=name) if _is_super(of):
                return self._inherited(name, frame)
            case Attribute(value=of, name=name):
                return self._attribute(self._value(of, frame), name, frame)
            case Subscript(value=of, index=index):
                return self._item(self._value(of, frame), index, frame)
            case Comprehension():
                return self._comprehension(expression, frame)
            case Call():
                return self._call(expression, frame)
            case Walrus(target=target, value=value):
                found = self._value(value, frame)
                self._bind(target, found, frame)
                return found
            case Await(value=value):
                return self._value(value, frame)
            case _:
                return Unknown("an expression that is not followed")

    def _name(self, name: str, frame: Frame) -> Value:
        for scope in reversed(frame.scopes):
            if name in scope:
                return scope[name]
        if name in self._later.get(frame.module.path, ()):
            found = self._imported_value(frame.module, name)
            frame.scopes[0].setdefault(name, found)
            return frame.scopes[0][name]
        if name in BUILTINS:
            return External(f"builtins.{name}")
        return Unknown(f"{name} is not bound in {frame.module.name}")

    def _imported_value(self, module: PythonModule, name: str) -> Value:
        return copied(self.of_name(*self._later[module.path][name]))

    def _items(self, items: Iterable[Expression], frame: Frame) -> list[Value]:
        found: list[Value] = []
        for item in items:
            if isinstance(item, Starred):
                part = self._value(item.value, frame)
                if isinstance(part, dict):
                    part = list(part)
                found.extend(part if isinstance(part, list) else [part])
            else:
                found.append(self._value(item, frame))
        return found

    def _mapping(
        self, pairs: Iterable[tuple[Expression | None, Expression]], frame: Frame
    ) -> dict[Scalar, Value]:
        found: dict[Scalar, Value] = {}
        for key, item in pairs:
            value = self._value(item, frame)
            if key is None:
                if isinstance(value, dict):
                    found.update(value)
                continue
            for one in alternatives(self._value(key, frame)):
                if one is None or isinstance(one, str | int | float):
                    found[one] = value
        return found

    def _attribute(self, of: Value, name: str, frame: Frame) -> Value:
        match of:
            case Either(values=values):
                return either(self._attribute(one, name, frame) for one in values)
            case ModuleRef(module=module):
                found = self.of_name(module, name)
                child = self._codebase.child(module, name) if isinstance(found, Unknown) else None
                return ModuleRef(child) if child else found
            case ClassRef():
                return self.of_class(of).get(name, Unknown(f"{of.name} has no {name}"))
            case External(name=dotted):
                return External(f"{dotted}.{name}")
            case str() if name == "parent":
                return posixpath.dirname(of)
            case str() if name == "parents":
                parents: list[Value] = []
                while of:
                    of = posixpath.dirname(of)
                    parents.append(of)
                return parents
            case str() if name in ("name", "stem"):
                last = posixpath.basename(of)
                return posixpath.splitext(last)[0] if name == "stem" else last
            case EntryPoint() if name == "entry_point":
                # Of stevedore's extension, which is taken for the entry point that it stands for.
                return of
            case EntryPoint() if (said := of.said(name)) is not None:
                return said
            case Unknown():
                return of
            case _:
                return Unknown(f"nothing is known of .{name} here")

    def _item(self, of: Value, index: Expression, frame: Frame) -> Value:
        if isinstance(of, Either):
            return either(self._item(one, index, frame) for one in of.values)
        if isinstance(index, Slice):
            # Which part is not told; most often the rest is put beside it.
            return list(of) if isinstance(of, list) else Unknown("a slice of a value")
        key = self._value(index, frame)
        match of, key:
            case list(), int() if -len(of) <= key < len(of):
                return of[key]
            case dict(), (str() | int() | None):
                return of.get(key, Unknown(f"there is no {key!r} in it"))
            case External(name=name), _ if name.startswith(ENVIRONMENT):
                return Unknown(f"the environment's {key}")
            case External(name=name), _ if answer := self._answers.get(f"{name}.__getitem__"):
                return answer([key], {})
            case _:
                return Unknown("a part of a value that is not known")

    def _comprehension(self, node: Comprehension, frame: Frame) -> Value:
        inner = Frame(frame.module, [*frame.scopes, {}], frame.depth, frame.owner)
        found: list[Value] = []
        self._clauses(node, 0, inner, found)
        if node.form == "dict":
            return {
                item[0]: item[1]
                for item in found
                if isinstance(item, list)
                and len(item) == 2
                and (item[0] is None or isinstance(item[0], str | int | float))
            }
        return found

    def _clauses(self, node: Comprehension, number: int, frame: Frame, found: list[Value]) -> None:
        if number == len(node.clauses):
            found.append(self._value(node.element, frame))
            return
        clause = node.clauses[number]
        iterable = self._value(clause.iterable, frame)
        if isinstance(iterable, dict):
            iterable = list(iterable)
        if not isinstance(iterable, list):
            found.append(Unknown("a comprehension over what is not known"))
            return
        for item in iterable[:MOST_ROUNDS]:
            self._steps += 1
            if self._steps > MOST_STEPS:
                return
            self._bind(clause.target, item, frame)
            self._clauses(node, number + 1, frame, found)

    # --- Calls

    def _call(self, call: Call, frame: Frame) -> Value:
        arguments = tuple(self._items(call.arguments, frame))
        keywords = {
            keyword.name: self._value(keyword.value, frame)
            for keyword in call.keywords
            if keyword.name
        }
        if isinstance(call.function, Attribute):
            of = self._value(call.function.value, frame)
            name = call.function.name
            if isinstance(call.function.value, Call) and _is_super(call.function.value):
                return self._inherited(name, frame)
            after = changed(of, name, arguments)
            if after is not None:
                self._bind(call.function.value, after, frame)
                return None
            if isinstance(of, str | list | dict | Either):
                return method(of, name, arguments, keywords)
            callee = self._attribute(of, name, frame)
        else:
            callee = self._value(call.function, frame)
        match callee:
            case FunctionRef():
                return self._returned(callee, arguments, keywords, frame)
            case External(name=name):
                self._observe(frame, name, arguments, call.line)
                if name.startswith("split_settings.tools."):
                    return self._included(name, arguments, frame)
                return self._answers.get(name, partial(called, name))(arguments, keywords)
            case ClassRef():
                return Unknown(f"an instance of {callee.name}")
            case str() if arguments and all(isinstance(one, str) for one in arguments):
                # A path of django-environ, called with what is below it.
                return path_joined([callee, *texts(list(arguments))])
            case Unknown():
                return callee
            case _:
                return Unknown("the result of a call that is not followed")

    def _observe(self, frame: Frame, name: str, arguments: tuple[Value, ...], line: int) -> None:
        if not name.startswith("builtins."):
            self.observed.append(Observed(frame.module, name, arguments, line))

    def _inherited(self, name: str, frame: Frame) -> Value:
        """What ``super().name()`` stands for, where it is a property or an attribute."""
        for scope in reversed(frame.scopes):
            if name in scope:
                return scope[name]
        return Unknown(f"the inherited {name}")

    def _returned(
        self,
        function: FunctionRef,
        arguments: Sequence[Value],
        keywords: Mapping[str, Value],
        frame: Frame,
    ) -> Value:
        if frame.depth >= _DEEPEST or function.node.is_async:
            return Unknown(f"the result of {function.name}")
        outer = frame.scopes if function.module is frame.module else None
        scopes: list[dict[str, Value]] = (
            list(outer) if outer else [dict(self.of_module(function.module))]
        )
        inner = Frame(function.module, [*scopes, {}], frame.depth + 1, frame.owner)
        given = list(arguments)
        if frame.owner and not arguments and function.node.parameters[:1]:
            inner.names[function.node.parameters[0].name] = frame.owner
        for parameter in function.node.parameters:
            if parameter.form == "*":
                inner.names[parameter.name] = given[:]
                given.clear()
            elif parameter.form == "**":
                inner.names[parameter.name] = dict(keywords.items())
            elif parameter.name in keywords:
                inner.names[parameter.name] = keywords[parameter.name]
            elif given and parameter.form != "kw":
                inner.names[parameter.name] = given.pop(0)
            elif parameter.default is not None:
                inner.names[parameter.name] = self._value(parameter.default, inner)
            else:
                inner.names.setdefault(parameter.name, Unknown(f"the parameter {parameter.name}"))
        self._run(function.node.body, inner)
        if not inner.returns:
            return None
        return either(inner.returns)

    def _included(self, name: str, arguments: Sequence[Value], frame: Frame) -> Value:
        """``include`` of django-split-settings runs files in place; ``optional`` gives a path."""
        if name.endswith(".optional"):
            return arguments[0] if arguments else None
        folder = posixpath.dirname(frame.module.path)
        for pattern in (text for argument in arguments for text in texts(argument)):
            wanted = path_joined([folder, pattern])
            for path in sorted(fnmatch.filter(self._codebase.paths, wanted)):
                module = self._codebase.at(path)
                inner = Frame(module, frame.scopes, frame.depth + 1)
                if frame.depth < _DEEPEST:
                    self._run(self._codebase.source(module).body, inner)
        return None


def _is_super(call: Call) -> bool:
    return isinstance(call.function, Name) and call.function.id == "super"
