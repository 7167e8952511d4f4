"""The scopes of a file, and what can be known of a name in one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from banyan.survey.codebase import Codebase
from banyan.survey.meanings import (
    ClassRef,
    Meaning,
    PythonModule,
)
from banyan.survey.namespaces import Assigned, straightened, unpacked
from banyan.survey.syntax import (
    Assign,
    Class,
    Expression,
    For,
    Function,
    Import,
    Lambda,
    Name,
    Statement,
    Subscript,
    With,
)


@dataclass(frozen=True, slots=True, eq=False)
class Instance:
    """An object of a first-party class."""

    of: ClassRef


@dataclass(frozen=True, slots=True, eq=False)
class Local:
    """A value that is no name: a literal, an operation, with the scope to read it in."""

    expression: Expression
    scope: "Scope"


Known: TypeAlias = Meaning | Instance | Local
Bound: TypeAlias = Import | Class | Function | Assigned


@dataclass(slots=True, eq=False)
class Scope:
    """A module, class or function whose body binds names.

    Attributes:
        symbol: the qualified name within the module, "" for the module itself.
    """

    module: PythonModule
    node: Class | Function | Lambda | None = None
    parent: "Scope | None" = None
    symbol: str = ""
    _names: dict[str, list[Bound]] | None = field(default=None, repr=False)

    @property
    def name(self) -> str:
        """Its full name, as ``orders.views.checkout``."""
        return f"{self.module.name}.{self.symbol}" if self.symbol else self.module.name

    def names(self) -> dict[str, list[Bound]]:
        """What its own body binds, the last binding last."""
        if self._names is None:
            body = () if isinstance(self.node, Lambda) or self.node is None else self.node.body
            self._names = _bound(body)
        return self._names

    def is_parameter(self, name: str) -> bool:
        """Whether it is a function with such a parameter."""
        return isinstance(self.node, Function | Lambda) and any(
            one.name == name for one in self.node.parameters
        )

    def owner(self, codebase: Codebase) -> ClassRef | None:
        """The class in whose body this function, or the class itself, is."""
        scope: Scope | None = self
        while scope is not None and not isinstance(scope.node, Class):
            scope = scope.parent
        if scope is None or not isinstance(scope.node, Class):
            return None
        outer = scope.parent.owner(codebase) if scope.parent else None
        return codebase.class_ref(self.module, scope.node, outer)


def _bound(body: Sequence[Statement]) -> dict[str, list[Bound]]:
    found: dict[str, list[Bound]] = {}
    for statement in straightened(body):
        match statement:
            case Import(module=module, name=name, alias=alias) if name != "*":
                found.setdefault(alias or name or module.partition(".")[0], []).append(statement)
            case Class(name=name) | Function(name=name):
                found.setdefault(name, []).append(statement)
            case Assign(value=value, operator="") if value is not None:
                for target in statement.targets:
                    for name, expression in unpacked(target, value):
                        bound = Assigned(expression, statement.line)
                        found.setdefault(name, []).append(bound)
            case With(items=items):
                for item in items:
                    if isinstance(item.target, Name):
                        bound = Assigned(item.value, statement.line)
                        found.setdefault(item.target.id, []).append(bound)
            case For(target=Name(id=name, line=line), iterable=iterable):
                bound = Assigned(Subscript(line, iterable, Name(line, "…")), line)
                found.setdefault(name, []).append(bound)
            case _:
                pass
    return found
