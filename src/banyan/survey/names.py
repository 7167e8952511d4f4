"""What names mean inside functions and classes, as far as one file's own statements tell."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from banyan.survey.codebase import Codebase
from banyan.survey.consulted import Marks
from banyan.survey.meanings import (
    ClassRef,
    External,
    FunctionRef,
    Meaning,
    ModuleRef,
    Unknown,
    ValueRef,
)
from banyan.survey.namespaces import Assigned, assigned_by, straightened
from banyan.survey.scopes import Bound, Instance, Known, Local, Scope
from banyan.survey.syntax import (
    Attribute,
    Await,
    Call,
    Class,
    Conditional,
    Constant,
    Expression,
    Function,
    Import,
    Name,
    Operation,
    Return,
    Subscript,
    Text,
)

_DEEPEST: Final = 12
_MOST_FUNCTIONS: Final = 200
# Methods that give back what they are given, as Celery's.
_GIVING_BACK: Final = frozenset({"register_task"})
_PARAMETER: Final = Unknown("a parameter, whose value the callers give")
_DEEP: Final = Unknown("a value that came a long way")


# A method that assigns something to an attribute, and what, as far as it can be told.
_Given: TypeAlias = tuple[FunctionRef, Expression | None, Scope]


class Names:
    """Resolves expressions in scopes.

    The result of a call of something external is External, its name ending with ``()``, so that
    ``requests.Session().get`` is what a session's ``get`` means, wherever the session was made.
    """

    def __init__(self, codebase: Codebase) -> None:
        self.codebase = codebase
        # With what was looked at for it.
        self._results: dict[FunctionRef, tuple[Known, Marks]] = {}
        self._active: list[FunctionRef] = []
        self._left = 0
        self._assigned: dict[ClassRef, dict[str, list[_Given]]] = {}

    def known(self, scope: Scope, expression: Expression, depth: int = 0) -> Known:
        """What an expression means."""
        if depth > _DEEPEST:
            return _DEEP
        match expression:
            case Name(id=name):
                return self._name(scope, name, depth)
            case Attribute(value=of, name=name):
                return self._attribute(self.known(scope, of, depth + 1), name, depth)
            case Call(function=Attribute(name=name), arguments=[given]) if name in _GIVING_BACK:
                return self.known(scope, given, depth + 1)
            case Call(function=function):
                for loader in self.codebase.loaders:
                    loaded = loader(self.codebase, scope.module, expression)
                    if loaded is not None:
                        return self.codebase.followed(loaded)
                return self._called(self.known(scope, function, depth + 1), depth)
            case Subscript(value=of, index=index):
                whole = self.known(scope, of, depth + 1)
                if isinstance(whole, External) and isinstance(index, Text) and whole.is_setting:
                    return External(f"{whole.name}.{index.value}")
                if isinstance(whole, External):
                    return External(f"{whole.name}[]")
                return Local(expression, scope)
            case Await(value=value):
                return self.known(scope, value, depth + 1)
            case (
                Conditional(then=left, otherwise=right)
                | Operation(operator="or", left=left, right=right)
            ):
                first = self.known(scope, left, depth + 1)
                if isinstance(first, External | ClassRef | FunctionRef | Instance | ModuleRef):
                    return first
                second = self.known(scope, right, depth + 1)
                return Local(expression, scope) if isinstance(second, Local | Unknown) else second
            case _:
                return Local(expression, scope)

    def made(
        self, scope: Scope, expression: Expression, depth: int = 0
    ) -> tuple[Call, Scope] | None:
        """The call that made what an expression stands for, and where it is written."""
        if depth > _DEEPEST:
            return None
        match expression:
            case Call():
                return expression, scope
            case Await(value=value):
                return self.made(scope, value, depth + 1)
            case Name(id=name):
                at = scope
                while at.parent is not None:
                    is_visible = not isinstance(at.node, Class) or at is scope
                    bound = self.bound(at).get(name) if is_visible else None
                    if bound:
                        last = bound[-1]
                        if isinstance(last, Assigned):
                            return self.made(at, last.expression, depth + 1)
                        return None
                    if at.is_parameter(name):
                        return None
                    at = at.parent
                meaning = self.codebase.lookup(scope.module, name)
                if isinstance(meaning, ValueRef):
                    return self.made(Scope(meaning.module), meaning.expression, depth + 1)
                return None
            case Attribute(value=of, name=name):
                return self._made_attribute(self.known(scope, of), name, depth)
            case _:
                return None

    def _made_attribute(self, of: Known, name: str, depth: int) -> tuple[Call, Scope] | None:
        match of:
            case Instance(of=owner):
                for ancestor in self.codebase.lineage(owner):
                    if isinstance(ancestor, ClassRef):
                        for expression, scope in self._given(ancestor, name):
                            return self.made(scope, expression, depth + 1)
                member: Meaning | None = self.codebase.member(owner, name)
            case ModuleRef() | ClassRef():
                member = self.codebase.attribute(of, name)
            case _:
                return None
        if isinstance(member, ValueRef):
            return self.made(Scope(member.module), member.expression, depth + 1)
        return None

    def _name(self, scope: Scope, name: str, depth: int) -> Known:
        at = scope
        while at.parent is not None:
            is_visible = not isinstance(at.node, Class) or at is scope
            bound = self.bound(at).get(name) if is_visible else None
            if bound:
                return self._binding(at, bound[-1], depth)
            if at.is_parameter(name):
                return self._parameter(at, name, depth)
            at = at.parent
        meaning = self.codebase.lookup(scope.module, name)
        if meaning is None:
            return Unknown(f"{name} is not bound in {scope.module.name}")
        return self.meant(meaning, depth)

    def bound(self, scope: Scope) -> Mapping[str, Sequence[Bound]]:
        """What the body of a class or function binds, the last binding last."""
        if isinstance(scope.node, Class):
            owner = scope.owner(self.codebase)
            if owner is not None:
                self.codebase.look_through(owner)
        return scope.names()

    def meant(self, meaning: Meaning, depth: int = 0) -> Known:
        """What a meaning of the codebase is, assignments followed."""
        if isinstance(meaning, ValueRef) and meaning.owner is None:
            return self.known(Scope(meaning.module), meaning.expression, depth + 1)
        if isinstance(meaning, ValueRef):
            followed = self.codebase.followed(meaning)
            if isinstance(followed, ValueRef):
                return self.known(Scope(followed.module), followed.expression, depth + 1)
            return followed
        return meaning

    def _parameter(self, scope: Scope, name: str, depth: int) -> Known:
        node, parent = scope.node, scope.parent
        is_method = isinstance(node, Function) and parent and isinstance(parent.node, Class)
        if is_method and isinstance(node, Function) and node.parameters[0].name == name:
            decorators = {one.id for one in node.decorators if isinstance(one, Name)}
            owner = scope.owner(self.codebase)
            if owner is not None and "staticmethod" not in decorators:
                return owner if "classmethod" in decorators else Instance(owner)
        return self._hinted(scope, name, depth)

    def _hinted(self, scope: Scope, name: str, depth: int) -> Known:
        """What a parameter is by its annotation."""
        if isinstance(scope.node, Function):
            for parameter in scope.node.parameters:
                if parameter.name == name and parameter.annotation is not None:
                    outer = scope.parent or Scope(scope.module)
                    hinted = self.known(outer, _without_none(parameter.annotation), depth + 1)
                    if isinstance(hinted, ClassRef):
                        return Instance(hinted)
                    if isinstance(hinted, External):
                        return External(f"{hinted.name}()")
        return _PARAMETER

    def _binding(self, scope: Scope, bound: Bound, depth: int) -> Known:
        codebase = self.codebase
        match bound:
            case Import():
                meaning = codebase.imported(scope.module, bound)
                return self.meant(meaning, depth) if meaning else Unknown("nothing is imported")
            case Class():
                owner = scope.owner(codebase)
                return codebase.class_ref(scope.module, bound, owner)
            case Function():
                owner = scope.owner(codebase) if isinstance(scope.node, Class) else None
                return codebase.function_ref(scope.module, bound, owner, scope.symbol)
            case Assigned(expression=expression):
                return self.known(scope, expression, depth + 1)

    def _attribute(self, of: Known, name: str, depth: int) -> Known:
        match of:
            case Instance(of=owner):
                return self._of_instance(owner, name, depth)
            case ModuleRef() | ClassRef():
                return self.meant(self.codebase.attribute(of, name), depth)
            case External(name=dotted):
                return External(f"{dotted}.{name}")
            case FunctionRef():
                return External(f"{of.name}.{name}")
            case Unknown():
                return of
            case _:
                return Unknown(f"nothing is known of .{name} here")

    def _of_instance(self, owner: ClassRef, name: str, depth: int) -> Known:
        member = self.codebase.member(owner, name)
        found: Known | None = None
        if member is not None:
            found = self.meant(member, depth)
            if not (isinstance(found, Local) and _is_none(found)):
                return self._property(found, depth)
        for ancestor in self.codebase.lineage(owner):
            if isinstance(ancestor, ClassRef):
                for expression, scope in self._given(ancestor, name):
                    return self.known(scope, expression, depth + 1)
            elif isinstance(ancestor, External) and found is None:
                found = External(f"{ancestor.name}().{name}")
        return found or Unknown(f"{owner.name} has no {name}")

    def _property(self, found: Known, depth: int) -> Known:
        """What a property gives; everything else as it is."""
        if isinstance(found, FunctionRef):
            names = {getattr(one, "id", getattr(one, "name", "")) for one in found.node.decorators}
            if names & {"property", "cached_property"}:
                return self._result(found, depth)
        return found

    def _given(self, owner: ClassRef, name: str) -> Iterator[tuple[Expression, Scope]]:
        """What a class's methods assign to an attribute of ``self``."""
        self.codebase.look_into_methods(owner)
        known = self._assigned.get(owner)
        if known is None:
            known = self._assigned[owner] = {}
            outer = Scope(owner.module, owner.node, Scope(owner.module), owner.qualname)
            for node in owner.node.body:
                if isinstance(node, Function):
                    method = self.codebase.function_ref(owner.module, node, owner)
                    inner = Scope(owner.module, node, outer, method.qualname)
                    for attribute, value in assigned_by(node):
                        known.setdefault(attribute, []).append((method, value, inner))
        for method, value, inner in known.get(name, ()):
            self.codebase.look_into(method)
            if value is not None:
                yield value, inner

    def _called(self, callee: Known, depth: int) -> Known:
        match callee:
            case External(name=name):
                return External(f"{name}()")
            case ClassRef():
                return Instance(callee)
            case FunctionRef():
                return self._result(callee, depth)
            case Unknown():
                return callee
            case _:
                return Unknown("the result of a call that is not followed")

    def _result(self, function: FunctionRef, depth: int) -> Known:
        consulted = self.codebase.consulted
        known = self._results.get(function)
        if known is not None:
            consulted.take(known[1])
            return known[0]
        self.codebase.look_into(function)
        if not self._active:
            self._left = _MOST_FUNCTIONS
        self._left -= 1
        if function in self._active or self._left < 0:
            return Unknown(f"the result of {function.name}")
        self._active.append(function)
        outer = consulted.begin()
        try:
            found = self._returned(function, depth if len(self._active) > 1 else 0)
        finally:
            self._active.pop()
            marks = consulted.end(outer)
        if not self._active:
            # What was found on the way to another function's result may be cut short.
            self._results[function] = found, marks
        return found

    def _returned(self, function: FunctionRef, depth: int) -> Known:
        last: Known = Unknown(f"the result of {function.name}")
        for scope, value in self.returns(function):
            found = self.known(scope, value, depth + 2)
            if isinstance(found, External | Instance):
                return found
            if not isinstance(found, Unknown):
                last = found
        return last

    def returns(self, function: FunctionRef) -> Iterator[tuple[Scope, Expression]]:
        """What a function gives back, each with the scope to read it in."""
        self.codebase.look_into(function)
        outer = Scope(function.module)
        if function.owner is not None:
            outer = Scope(function.module, function.owner.node, outer, function.owner.qualname)
        scope = Scope(function.module, function.node, outer, function.qualname)
        for statement in straightened(function.node.body):
            if isinstance(statement, Return) and statement.value is not None:
                yield scope, statement.value


def _without_none(annotation: Expression) -> Expression:
    match annotation:
        case Operation(operator="|", left=left, right=Constant(value=None)):
            return left
        case Subscript(value=Name(id="Optional"), index=inside):
            return inside
        case _:
            return annotation


def _is_none(local: Local) -> bool:
    return getattr(local.expression, "value", "") is None
