"""Tells what modules assign to their names, by following their statements without running them.

Both branches of a condition are taken as possible, and what depends on the environment is its
default. It is made for settings: for everything that goes beyond, the answer is Unknown.
"""

import fnmatch
import posixpath
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from banyan.survey.codebase import Codebase
from banyan.survey.constants import (
    Either,
    Scalar,
    Value,
    alternatives,
    copied,
    either,
    formatted,
    joined,
    method,
    operated,
    path_joined,
    texts,
)
from banyan.survey.foreign import BUILTINS, ENVIRONMENT, called, changed
from banyan.survey.meanings import (
    ClassRef,
    External,
    FunctionRef,
    Meaning,
    ModuleRef,
    PythonModule,
    Unknown,
    ValueRef,
)
from banyan.survey.syntax import (
    Assign,
    Attribute,
    Await,
    Call,
    Class,
    Comprehension,
    Conditional,
    Constant,
    Display,
    Evaluate,
    Expression,
    For,
    Format,
    Function,
    If,
    Import,
    Match,
    Name,
    Operation,
    Raise,
    Return,
    Slice,
    Starred,
    Statement,
    Subscript,
    Text,
    Try,
    Walrus,
    While,
    With,
)
from banyan.survey.syntax import Mapping as MappingNode

_DEEPEST: Final = 12
_MOST_STEPS: Final = 50_000
_MOST_ROUNDS: Final = 400
_ENDING: Final = (Raise, Return)


@dataclass(frozen=True, slots=True)
class Observed:
    """A call of something outside of the project, made at a module's top level."""

    module: PythonModule
    name: str
    arguments: tuple[Value, ...]
    line: int


@dataclass(slots=True)
class _Frame:
    """Where names are looked up: the innermost scope last."""

    module: PythonModule
    scopes: list[dict[str, Value]]
    depth: int = 0
    owner: ClassRef | None = None
    returns: list[Value] = field(default_factory=list[Value])

    @property
    def names(self) -> dict[str, Value]:
        return self.scopes[-1]


class Evaluation:
    """Evaluates the modules and classes of a codebase, each once."""

    def __init__(self, codebase: Codebase) -> None:
        self._codebase = codebase
        self._modules: dict[str, dict[str, Value]] = {}
        # Imported values, by module and name: only those that are asked for are evaluated.
        self._later: dict[str, dict[str, tuple[PythonModule, str]]] = {}
        self._classes: dict[ClassRef, dict[str, Value]] = {}
        self._steps = 0
        self.observed: list[Observed] = []

    def of_module(self, module: PythonModule) -> Mapping[str, Value]:
        """The names at the end of a module, those from star imports included."""
        names = self._modules.get(module.path)
        if names is None:
            names = self._modules[module.path] = {
                "__file__": module.path,
                "__name__": module.name,
                "__package__": module.name if module.is_package else module.name.rpartition(".")[0],
            }
            self._steps = 0
            self._run(self._codebase.source(module).body, _Frame(module, [names]))
        return names

    def of_name(self, module: PythonModule, name: str) -> Value:
        """What a name has at the end of a module, also where it is imported."""
        names = self.of_module(module)
        if name in names:
            return names[name]
        later = self._later.get(module.path, {}).pop(name, None)
        if later is None:
            return Unknown(f"{name} is not bound in {module.name}")
        found = self._modules[module.path][name] = copied(self.of_name(*later))
        return found

    def settled(self, module: PythonModule) -> Mapping[str, Value]:
        """The names at the end of a module, with the values of all constants it imports."""
        names = self.of_module(module)
        for name in list(self._later.get(module.path, ())):
            if name.isupper():
                self.of_name(module, name)
        return names

    def of_class(self, ref: ClassRef) -> Mapping[str, Value]:
        """The attributes of a class, inherited ones included; properties are evaluated."""
        names = self._classes.get(ref)
        if names is None:
            names = self._classes[ref] = {}
            for ancestor in reversed(self._codebase.lineage(ref)):
                if isinstance(ancestor, ClassRef):
                    self._class_body(ancestor, names)
        return names

    def value(self, module: PythonModule, expression: Expression) -> Value:
        """What an expression at the end of a module gives."""
        self._steps = 0
        names = dict(self.of_module(module))
        return self._value(expression, _Frame(module, [names]))

    # --- Statements

    def _class_body(self, ref: ClassRef, names: dict[str, Value]) -> None:
        outer = dict(self.of_module(ref.module))
        frame = _Frame(ref.module, [outer, names], owner=ref)
        self._run(ref.node.body, frame)

    def _run(self, body: Sequence[Statement], frame: _Frame) -> None:
        for statement in body:
            self._steps += 1
            if self._steps > _MOST_STEPS:
                return
            self._step(statement, frame)
            if isinstance(statement, _ENDING):
                return

    def _step(self, statement: Statement, frame: _Frame) -> None:
        match statement:
            case Assign():
                self._assign(statement, frame)
            case Import():
                self._import(statement, frame)
            case Evaluate(value=value):
                self._value(value, frame)
            case Return(value=value):
                frame.returns.append(self._value(value, frame) if value else None)
            case If(test=test, body=body, otherwise=otherwise):
                self._value(test, frame)
                self._branches((body, otherwise), frame)
            case Try():
                before = copied_names(frame.names)
                self._run(statement.body, frame)
                for handler in statement.handlers:
                    if not any(isinstance(one, _ENDING) for one in handler.body):
                        self._branch(handler.body, before, frame)
                self._run(statement.otherwise, frame)
                self._run(statement.final, frame)
            case For(target=target, iterable=iterable, body=body):
                self._loop(target, self._value(iterable, frame), body, frame)
            case While(body=body):
                self._branches((body, ()), frame)
            case With(items=items, body=body):
                for item in items:
                    entered = self._value(item.value, frame)
                    if item.target is not None:
                        self._bind(item.target, entered, frame)
                self._run(body, frame)
            case Match(cases=cases):
                self._branches((*cases, ()), frame)
            case Function(name=name, decorators=decorators):
                function = self._codebase.function_ref(frame.module, statement, frame.owner)
                is_property = frame.owner and any(_is_property(one) for one in decorators)
                # The name still has what is inherited, for ``super()``.
                frame.names[name] = (
                    self._returned(function, (), {}, frame) if is_property else function
                )
            case Class(name=name):
                frame.names[name] = self._codebase.class_ref(frame.module, statement, frame.owner)
            case _:
                pass

    def _branches(self, bodies: Iterable[Sequence[Statement]], frame: _Frame) -> None:
        before = copied_names(frame.names)
        ways = [body for body in bodies if not any(isinstance(one, Raise) for one in body)]
        for number, body in enumerate(ways):
            if number:
                self._branch(body, before, frame)
            else:
                self._run(body, frame)

    def _branch(
        self, body: Sequence[Statement], before: Mapping[str, Value], frame: _Frame
    ) -> None:
        """Run a body from an earlier state, and join what it leaves to the frame's names."""
        names = copied_names(before)
        inner = _Frame(
            frame.module, [*frame.scopes[:-1], names], frame.depth, frame.owner, frame.returns
        )
        self._run(body, inner)
        together = joined(frame.names, names)
        frame.names.update(together)

    def _loop(
        self, target: Expression, iterable: Value, body: Sequence[Statement], frame: _Frame
    ) -> None:
        if isinstance(iterable, dict):
            iterable = list(iterable)
        if not isinstance(iterable, list):
            self._bind(target, Unknown("the loop goes over what is not known"), frame)
            self._branches((body, ()), frame)
            return
        for item in list(iterable)[:_MOST_ROUNDS]:
            self._bind(target, item, frame)
            self._run(body, frame)

    def _assign(self, statement: Assign, frame: _Frame) -> None:
        if statement.value is None:
            return
        value = self._value(statement.value, frame)
        for target in statement.targets:
            if statement.operator:
                before = self._value(target, frame)
                self._bind(target, operated(statement.operator, before, value), frame)
            else:
                self._bind(target, copied(value), frame)

    def _bind(self, target: Expression, value: Value, frame: _Frame) -> None:
        match target:
            case Name(id=name):
                frame.names[name] = value
            case Display(items=targets):
                items = value if isinstance(value, list) else []
                fits = len(items) == len(targets)
                for number, each in enumerate(targets):
                    part = items[number] if fits else Unknown("a part of a value")
                    self._bind(each, part, frame)
            case Subscript(value=of, index=index):
                self._set_item(self._value(of, frame), self._value(index, frame), value)
                if isinstance(of, Attribute | Name):
                    container = self._value(of, frame)
                    if isinstance(container, External):
                        key = self._value(index, frame)
                        self._observe(frame, f"{container.name}.__setitem__", (key, value), 0)
            case _:
                pass

    def _set_item(self, container: Value, key: Value, value: Value) -> None:
        for each in alternatives(container):
            match each, key:
                case dict(), (str() | int() | float() | None):
                    each[key] = value
                case list(), int() if -len(each) <= key < len(each):
                    each[key] = value
                case _:
                    pass

    def _import(self, node: Import, frame: _Frame) -> None:
        codebase = self._codebase
        if node.is_typing:
            return
        base = (
            codebase.relative(frame.module, node.level, node.module)
            if node.level
            else codebase.find(node.module, frame.module)
        )
        later = self._later.setdefault(frame.module.path, {})
        if node.name == "*":
            if base is not None and base.path != frame.module.path:
                self._import_all(base, frame)
            return
        bound = node.alias or node.name or node.module.partition(".")[0]
        meaning = codebase.imported(frame.module, node)
        if isinstance(meaning, ValueRef) and base is not None and node.name:
            frame.names.pop(bound, None)
            later[bound] = (base, node.name)
        else:
            frame.names[bound] = meaning or Unknown(f"{node.module} has no {node.name}")

    def _import_all(self, base: PythonModule, frame: _Frame) -> None:
        offered = self._codebase.offered(base)
        later = self._later.setdefault(frame.module.path, {})
        for name, value in list(self.of_module(base).items()):
            if not name.startswith("_") if offered is None else name in offered:
                frame.names[name] = copied(value)
        for name in self._later.get(base.path, ()):
            if not name.startswith("_") if offered is None else name in offered:
                frame.names.pop(name, None)
                later[name] = (base, name)

    # --- Expressions

    def _value(self, expression: Expression, frame: _Frame) -> Value:
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

    def _name(self, name: str, frame: _Frame) -> Value:
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

    def _items(self, items: Iterable[Expression], frame: _Frame) -> list[Value]:
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
        self, pairs: Iterable[tuple[Expression | None, Expression]], frame: _Frame
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

    def _attribute(self, of: Value, name: str, frame: _Frame) -> Value:
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
            case Unknown():
                return of
            case _:
                return Unknown(f"nothing is known of .{name} here")

    def _item(self, of: Value, index: Expression, frame: _Frame) -> Value:
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
            case _:
                return Unknown("a part of a value that is not known")

    def _comprehension(self, node: Comprehension, frame: _Frame) -> Value:
        inner = _Frame(frame.module, [*frame.scopes, {}], frame.depth, frame.owner)
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

    def _clauses(self, node: Comprehension, number: int, frame: _Frame, found: list[Value]) -> None:
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
        for item in iterable[:_MOST_ROUNDS]:
            self._steps += 1
            if self._steps > _MOST_STEPS:
                return
            self._bind(clause.target, item, frame)
            self._clauses(node, number + 1, frame, found)

    # --- Calls

    def _call(self, call: Call, frame: _Frame) -> Value:
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
                return called(name, arguments, keywords)
            case ClassRef():
                return Unknown(f"an instance of {callee.name}")
            case str() if arguments and all(isinstance(one, str) for one in arguments):
                # A path of django-environ, called with what is below it.
                return path_joined([callee, *texts(list(arguments))])
            case Unknown():
                return callee
            case _:
                return Unknown("the result of a call that is not followed")

    def _observe(self, frame: _Frame, name: str, arguments: tuple[Value, ...], line: int) -> None:
        if not name.startswith("builtins."):
            self.observed.append(Observed(frame.module, name, arguments, line))

    def _inherited(self, name: str, frame: _Frame) -> Value:
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
        frame: _Frame,
    ) -> Value:
        if frame.depth >= _DEEPEST or function.node.is_async:
            return Unknown(f"the result of {function.name}")
        outer = frame.scopes if function.module is frame.module else None
        scopes: list[dict[str, Value]] = (
            list(outer) if outer else [dict(self.of_module(function.module))]
        )
        inner = _Frame(function.module, [*scopes, {}], frame.depth + 1, frame.owner)
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

    def _included(self, name: str, arguments: Sequence[Value], frame: _Frame) -> Value:
        """``include`` of django-split-settings runs files in place; ``optional`` gives a path."""
        if name.endswith(".optional"):
            return arguments[0] if arguments else None
        folder = posixpath.dirname(frame.module.path)
        for pattern in (text for argument in arguments for text in texts(argument)):
            wanted = path_joined([folder, pattern])
            for path in sorted(fnmatch.filter(self._codebase.paths, wanted)):
                module = self._codebase.at(path)
                inner = _Frame(module, frame.scopes, frame.depth + 1)
                if frame.depth < _DEEPEST:
                    self._run(self._codebase.source(module).body, inner)
        return None


def copied_names(names: Mapping[str, Value]) -> dict[str, Value]:
    """Names whose lists and dictionaries may be changed without changing these."""
    return {name: copied(value) for name, value in names.items()}


def from_meaning(evaluation: Evaluation, meaning: Meaning) -> Value:
    """The value that a name has whose meaning is known."""
    if isinstance(meaning, ValueRef):
        return evaluation.value(meaning.module, meaning.expression)
    return meaning


def _is_property(decorator: Expression) -> bool:
    match decorator:
        case Name(id=name) | Attribute(name=name):
            return name in ("property", "classproperty", "cached_property")
        case _:
            return False


def _is_super(call: Call) -> bool:
    return isinstance(call.function, Name) and call.function.id == "super"
