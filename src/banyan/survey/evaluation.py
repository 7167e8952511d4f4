"""Tells what modules assign to their names, by following their statements without running them.

Both branches of a condition are taken as possible, and what depends on the environment is its
default. It is made for settings: for everything that goes beyond, the answer is Unknown.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from banyan.survey.codebase import Codebase
from banyan.survey.constants import (
    Value,
    alternatives,
    copied,
    joined,
    operated,
)
from banyan.survey.expressions import MOST_ROUNDS, MOST_STEPS, Answer, Expressions, Frame
from banyan.survey.meanings import (
    ClassRef,
    External,
    PythonModule,
    Unknown,
    ValueRef,
)
from banyan.survey.namespaces import listed
from banyan.survey.syntax import (
    Assign,
    Attribute,
    Class,
    Display,
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
    Subscript,
    Try,
    While,
    With,
)

_ENDING: Final = (Raise, Return)
# A tuple: what is asked of all names at each branch is to cost little.
_CONTAINERS: Final = (list, dict)


class Evaluation(Expressions):
    """Evaluates the modules and classes of a codebase, each once."""

    def __init__(self, codebase: Codebase, answers: Mapping[str, Answer] | None = None) -> None:
        super().__init__(codebase, answers)
        self._modules: dict[str, dict[str, Value]] = {}
        self._classes: dict[ClassRef, dict[str, Value]] = {}

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
            self._run(self._codebase.source(module).body, Frame(module, [names]))
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
        return self._value(expression, Frame(module, [names]))

    # --- Statements

    def _class_body(self, ref: ClassRef, names: dict[str, Value]) -> None:
        outer = dict(self.of_module(ref.module))
        frame = Frame(ref.module, [outer, names], owner=ref)
        self._run(ref.node.body, frame)

    def _run(self, body: Sequence[Statement], frame: Frame) -> None:
        for statement in body:
            self._steps += 1
            if self._steps > MOST_STEPS:
                return
            self._step(statement, frame)
            if isinstance(statement, _ENDING):
                return

    def _step(self, statement: Statement, frame: Frame) -> None:
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
                        self._branch(handler.body, copied_names(before), frame)
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

    def _branches(self, bodies: Iterable[Sequence[Statement]], frame: Frame) -> None:
        ways = [body for body in bodies if not any(isinstance(one, Raise) for one in body)]
        # Each way but the first has the names as they were before, and may change them.
        before = [copied_names(frame.names) for _ in ways[1:]]
        for body in ways[:1]:
            self._run(body, frame)
        for body, names in zip(ways[1:], before, strict=True):
            self._branch(body, names, frame)

    def _branch(self, body: Sequence[Statement], names: dict[str, Value], frame: Frame) -> None:
        """Run a body from an earlier state, and join what it leaves to the frame's names."""
        inner = Frame(
            frame.module, [*frame.scopes[:-1], names], frame.depth, frame.owner, frame.returns
        )
        self._run(body, inner)
        together = joined(frame.names, names)
        frame.names.update(together)

    def _loop(
        self, target: Expression, iterable: Value, body: Sequence[Statement], frame: Frame
    ) -> None:
        if isinstance(iterable, dict):
            iterable = list(iterable)
        if not isinstance(iterable, list):
            self._bind(target, Unknown("the loop goes over what is not known"), frame)
            self._branches((body, ()), frame)
            return
        for item in list(iterable)[:MOST_ROUNDS]:
            self._bind(target, item, frame)
            self._run(body, frame)

    def _assign(self, statement: Assign, frame: Frame) -> None:
        if statement.value is None:
            return
        value = self._value(statement.value, frame)
        for target in statement.targets:
            if statement.operator:
                before = self._value(target, frame)
                self._bind(target, operated(statement.operator, before, value), frame)
            else:
                self._bind(target, copied(value), frame)

    def _bind(self, target: Expression, value: Value, frame: Frame) -> None:
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

    def _import(self, node: Import, frame: Frame) -> None:
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

    def _import_all(self, base: PythonModule, frame: Frame) -> None:
        offered = listed(self._codebase.bindings(base, "__all__"))
        later = self._later.setdefault(frame.module.path, {})
        for name, value in list(self.of_module(base).items()):
            if not name.startswith("_") if offered is None else name in offered:
                frame.names[name] = copied(value)
        for name in self._later.get(base.path, ()):
            if not name.startswith("_") if offered is None else name in offered:
                frame.names.pop(name, None)
                later[name] = (base, name)


def copied_names(names: Mapping[str, Value]) -> dict[str, Value]:
    """Names whose lists and dictionaries may be changed without changing these."""
    return {
        name: copied(value) if isinstance(value, _CONTAINERS) else value
        for name, value in names.items()
    }


def _is_property(decorator: Expression) -> bool:
    match decorator:
        case Name(id=name) | Attribute(name=name):
            return name in ("property", "classproperty", "cached_property")
        case _:
            return False
