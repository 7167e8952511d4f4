"""The names that a body of statements binds, in the order in which it binds them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from banyan.survey.syntax import (
    Assign,
    Attribute,
    Class,
    Constant,
    Display,
    Expression,
    For,
    Function,
    If,
    Import,
    Match,
    Name,
    Starred,
    Statement,
    Subscript,
    Text,
    Try,
    While,
    With,
)


@dataclass(frozen=True, slots=True)
class Assigned:
    """``name = expression``."""

    expression: Expression
    line: int
    annotation: Expression | None = None


Binding: TypeAlias = Import | Class | Function | Assigned


@dataclass(slots=True)
class Namespace:
    """Bindings by name, the last one last.

    Attributes:
        stars: the ``from … import *`` among them.
    """

    bindings: dict[str, list[Binding]] = field(default_factory=dict[str, list[Binding]])
    stars: list[Import] = field(default_factory=list[Import])

    def last(self, name: str) -> Binding | None:
        """The binding that holds at the end of the body."""
        found = self.bindings.get(name)
        return found[-1] if found else None


def namespace(body: Iterable[Statement]) -> Namespace:
    """The names of a module's or class's body, those under ``if`` and ``try`` included."""
    found = Namespace()
    bindings = found.bindings
    for statement in straightened(body):
        # Every body is gone through here, so it is asked for the type and no more.
        if isinstance(statement, Import):
            if statement.name == "*":
                found.stars.append(statement)
                continue
            bound = statement.alias or statement.name or statement.module.partition(".")[0]
            bindings.setdefault(bound, []).append(statement)
        elif isinstance(statement, Class | Function):
            bindings.setdefault(statement.name, []).append(statement)
        elif isinstance(statement, Assign) and not statement.operator:
            if statement.value is None:
                continue
            for target in statement.targets:
                for name, expression in unpacked(target, statement.value):
                    assigned = Assigned(expression, statement.line, statement.annotation)
                    bindings.setdefault(name, []).append(assigned)
    return found


def listed(bindings: Sequence[Binding]) -> Sequence[str] | None:
    """The names that a module's ``__all__`` has; None where there is none that can be read."""
    binding = bindings[-1] if bindings else None
    if not isinstance(binding, Assigned) or not isinstance(binding.expression, Display):
        return None
    items = binding.expression.items
    found = [item.value for item in items if isinstance(item, Text)]
    return found if len(found) == len(items) else None


_AROUND: Final = frozenset({If, While, For, With, Try, Match})


def straightened(body: Iterable[Statement]) -> Iterator[Statement]:
    """All statements of a body in order, whatever branch or block they stand in."""
    for statement in body:
        yield statement
        if type(statement) not in _AROUND:
            continue
        match statement:
            case If() | While() | For():
                yield from straightened(statement.body)
                yield from straightened(statement.otherwise)
            case With():
                yield from straightened(statement.body)
            case Try():
                yield from straightened(statement.body)
                for handler in statement.handlers:
                    yield from straightened(handler.body)
                yield from straightened(statement.otherwise)
                yield from straightened(statement.final)
            case Match():
                for case in statement.cases:
                    yield from straightened(case)
            case _:
                pass


def unpacked(target: Expression, value: Expression) -> Iterator[tuple[str, Expression]]:
    """The names that ``target = value`` binds, each with its part of the value."""
    match target:
        case Name(id=name):
            yield name, value
        case Display(items=targets):
            straight = (
                isinstance(value, Display)
                and len(value.items) == len(targets)
                and not any(isinstance(item, Starred) for item in (*targets, *value.items))
            )
            for index, each in enumerate(targets):
                part: Expression
                if straight and isinstance(value, Display):
                    part = value.items[index]
                else:
                    part = Subscript(getattr(each, "line", 0), value, Constant(index))
                yield from unpacked(each, part)
        case _:
            pass


def assigned_by(method: Function) -> Iterator[tuple[str, Expression | None]]:
    """The attributes that a method gives to its first parameter, each time.

    With what is given, where it is told: in ``self.a, self.b = …`` and ``self.c += …`` it is not.
    """
    if not method.parameters:
        return
    me = method.parameters[0].name
    for statement in straightened(method.body):
        if isinstance(statement, Assign):
            for target in statement.targets:
                is_alone = isinstance(target, Attribute) and not statement.operator
                for name in _attributes_of(target, me):
                    yield name, statement.value if is_alone else None


def _attributes_of(target: Expression, me: str) -> Iterator[str]:
    match target:
        case Attribute(value=Name(id=name), name=attribute) if name == me:
            yield attribute
        case Display(items=items):
            for item in items:
                yield from _attributes_of(item, me)
        case _:
            pass
