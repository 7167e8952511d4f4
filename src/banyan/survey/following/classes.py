"""Classes of a project: what they bind and are given, and which others derive from them."""

from collections.abc import Iterator
from typing import Final

from banyan.survey.codebase import Codebase
from banyan.survey.following.memory import Memory
from banyan.survey.meanings import ClassRef, External, FunctionRef, Meaning, PythonModule
from banyan.survey.namespaces import Binding, assigned_by
from banyan.survey.syntax import (
    Assign,
    Attribute,
    Call,
    Class,
    Expression,
    Function,
    If,
    Name,
    Subscript,
    Try,
)

# Of how many methods of one name any may be meant by a call on something unknown.
_MOST_NAMESAKES: Final = 16
# What names begin with under which classes and methods are known to all files.
HEIRS: Final = "heirs of "
METHODS: Final = "methods "


class Classes(Memory):
    """Looks classes up, each once."""

    def __init__(self, codebase: Codebase) -> None:
        super().__init__(codebase.consulted)
        self.codebase = codebase
        # With what was looked at for it.
        self._bindings: dict[tuple[ClassRef, str], tuple[tuple[ClassRef, Binding] | None, int]] = {}
        self._annotated: dict[ClassRef, dict[str, Expression]] = {}
        self._assigned: dict[ClassRef, dict[str, list[Function]]] = {}
        self._foreign: dict[ClassRef, bool] = {}
        self._heirs: dict[ClassRef, tuple[list[ClassRef], int]] = {}
        self._by_base: dict[str, list[tuple[PythonModule, Class, ClassRef | None]]] | None = None
        self._methods: dict[str, list[FunctionRef]] | None = None

    def binding(self, ref: ClassRef, name: str) -> tuple[ClassRef, Binding] | None:
        """What a class, or the nearest that it inherits from, binds to a name."""
        key = (ref, name)
        known = self._bindings.get(key)
        if known is None:
            outer = self._consulted.begin()
            found = self._binding(ref, name)
            known = self._bindings[key] = found, self._consulted.end(outer)
        else:
            self._consulted.marks |= known[1]
        return known[0]

    def _binding(self, ref: ClassRef, name: str) -> tuple[ClassRef, Binding] | None:
        for ancestor in self.codebase.lineage(ref):
            if isinstance(ancestor, ClassRef):
                found = self.codebase.class_namespace(ancestor).last(name)
                if found is not None:
                    return ancestor, found
        return None

    def bound(self, ref: ClassRef, name: str) -> Meaning | None:
        """What a class's attribute means; None where nothing first-party says so."""
        found = self.binding(ref, name)
        if found is None:
            return None
        owner, binding = found
        return self.codebase.meaning(owner.module, binding, owner)

    def annotation(self, ref: ClassRef, name: str) -> tuple[ClassRef, Expression] | None:
        """The annotation that a class gives to an attribute."""
        for ancestor in self.codebase.lineage(ref):
            if isinstance(ancestor, ClassRef):
                known = self._annotated.get(ancestor)
                if known is None:
                    known = self._annotated[ancestor] = _annotations(ancestor.node)
                if name in known:
                    return ancestor, known[name]
        return None

    def assigning(self, ref: ClassRef, name: str) -> Iterator[tuple[ClassRef, Function]]:
        """The methods of a class and its ancestors that assign ``self.name``."""
        for ancestor in self.codebase.lineage(ref):
            if isinstance(ancestor, ClassRef):
                self.codebase.look_into_methods(ancestor)
                known = self._assigned.get(ancestor)
                if known is None:
                    known = self._assigned[ancestor] = _assigned(ancestor.node)
                for method in known.get(name, ()):
                    yield ancestor, method

    def is_foreign(self, ref: ClassRef) -> bool:
        """Whether a class derives from a library's class."""
        lineage = self.codebase.lineage(ref)
        if ref not in self._foreign:
            self._foreign[ref] = any(
                isinstance(one, External)
                and one.name not in ("object", "abc.ABC", "typing.Generic")
                for one in lineage
            )
        return self._foreign[ref]

    def derives(self, ref: ClassRef, *endings: str) -> bool:
        """Whether a class derives from a library's class whose name ends so."""
        return any(
            isinstance(one, External) and one.name.endswith(endings)
            for one in self.codebase.lineage(ref)
        )

    def heirs(self, ref: ClassRef) -> list[ClassRef]:
        """All classes that derive from a class."""
        known = self._heirs.get(ref)
        if known is not None:
            self._consulted.marks |= known[1]
            return known[0]
        outer = self._consulted.begin()
        found: list[ClassRef] = []
        self._heirs[ref] = found, ref.module.bit
        for module, node, owner in self._candidates(ref.node.name):
            heir = self.codebase.class_ref(module, node, owner)
            if heir is ref or ref not in self.codebase.bases(heir):
                continue
            for each in (heir, *self.heirs(heir)):
                if each not in found:
                    found.append(each)
        self._heirs[ref] = found, self._consulted.end(outer)
        return found

    def _candidates(self, name: str) -> list[tuple[PythonModule, Class, ClassRef | None]]:
        if self._by_base is None:
            self._by_base = {}
            # Of the files that this goes through, those are looked at that have the name.
            outer = self._consulted.begin()
            for module in self.codebase.modules():
                if module.place is None:
                    self._enter(module, self.codebase.source(module).body, None)
            self._consulted.marks = outer
        self._consulted.look(HEIRS + name)
        return self._by_base.get(name, [])

    def _enter(
        self, module: PythonModule, body: tuple[object, ...], owner: ClassRef | None
    ) -> None:
        assert self._by_base is not None  # noqa: S101
        for node in body:
            match node:
                case Class():
                    for base in node.bases:
                        if name := _last_name(base):
                            self._by_base.setdefault(name, []).append((module, node, owner))
                case If() | Try():
                    self._enter(module, node.body, owner)
                    self._enter(module, node.otherwise, owner)
                case _:
                    pass

    def overrides(self, ref: ClassRef, function: FunctionRef) -> Iterator[FunctionRef]:
        """What the heirs of a class have in place of one of its methods."""
        name = function.node.name
        for heir in self.heirs(ref):
            binding = self.codebase.class_namespace(heir).last(name)
            if isinstance(binding, Function) and binding is not function.node:
                yield self.codebase.function_ref(heir.module, binding, heir)

    def methods(self, name: str) -> list[FunctionRef]:
        """All methods of a name; none where there are so many that the name tells nothing."""
        if self._methods is None:
            self._methods = {}
            outer = self._consulted.begin()
            for module in self.codebase.modules():
                if module.place is None:
                    self._enter_methods(module, self.codebase.source(module).body, None)
            self._consulted.marks = outer
        self._consulted.look(METHODS + name)
        found = self._methods.get(name, [])
        if len(found) > _MOST_NAMESAKES:
            return []
        for one in found:
            self._consulted.marks |= one.module.bit
        return found

    def entered(self) -> dict[str, list[str]]:
        """Under which names each file's classes and methods are known to all files."""
        self._candidates("")
        self.methods("")
        found: dict[str, list[str]] = {}
        for name, classes in (self._by_base or {}).items():
            for module, node, _ in classes:
                found.setdefault(module.path, []).append(f"{HEIRS}{name} {node.name}")
        for name, methods in (self._methods or {}).items():
            for one in methods:
                found.setdefault(one.module.path, []).append(f"{METHODS}{name} {one.qualname}")
        return found

    def _enter_methods(
        self, module: PythonModule, body: tuple[object, ...], owner: ClassRef | None
    ) -> None:
        assert self._methods is not None  # noqa: S101
        for node in body:
            match node:
                case Class():
                    ref = self.codebase.class_ref(module, node, owner)
                    self._enter_methods(module, node.body, ref)
                case Function() if owner is not None and len(node.parameters) > 1:
                    method = self.codebase.function_ref(module, node, owner)
                    self._methods.setdefault(node.name, []).append(method)
                case If() | Try():
                    self._enter_methods(module, node.body, owner)
                    self._enter_methods(module, node.otherwise, owner)
                case _:
                    pass


def _annotations(node: Class) -> dict[str, Expression]:
    return {
        each.targets[0].id: each.annotation
        for each in node.body
        if isinstance(each, Assign)
        and each.annotation is not None
        and isinstance(each.targets[0], Name)
    }


def _assigned(node: Class) -> dict[str, list[Function]]:
    """The methods of a class by the attributes that they give to their first parameter."""
    found: dict[str, list[Function]] = {}
    for method in node.body:
        if isinstance(method, Function):
            for name in dict.fromkeys(name for name, _ in assigned_by(method)):
                found.setdefault(name, []).append(method)
    return found


def _last_name(base: Expression) -> str:
    match base:
        case Name(id=name) | Attribute(name=name):
            return name
        case Subscript(value=value):
            return _last_name(value)
        case Call(arguments=arguments):
            return _last_name(arguments[-1]) if arguments else ""
        case _:
            return ""
