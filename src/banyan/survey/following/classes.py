"""Classes of a project: what they bind and are given, and which others derive from them."""

from collections.abc import Iterator
from typing import Final, TypeAlias, TypeVar

from banyan.survey.consulted import MISSING, Marks
from banyan.survey.following.directory import HEIRS, METHODS, Directory
from banyan.survey.following.memory import Memory
from banyan.survey.meanings import ClassRef, External, FunctionRef, Meaning, PythonModule
from banyan.survey.namespaces import Binding, assigned_by
from banyan.survey.syntax import (
    Assign,
    Class,
    Expression,
    Function,
    Name,
)

# Of how many methods of one name any may be meant by a call on something unknown.
_MOST_NAMESAKES: Final = 16

V = TypeVar("V")
_Known: TypeAlias = dict[tuple[ClassRef, str], tuple[V, Marks]]


class Classes(Memory):
    """Looks classes up, each once."""

    def __init__(self, directory: Directory) -> None:
        super().__init__(directory.codebase.consulted)
        self.codebase = directory.codebase
        self.directory = directory
        # With what was looked at for it.
        self._bindings: _Known[tuple[ClassRef, Binding] | None] = {}
        self._annotations: _Known[tuple[ClassRef, Expression] | None] = {}
        self._assigning: _Known[list[tuple[ClassRef, Function]]] = {}
        self._annotated: dict[ClassRef, dict[str, Expression]] = {}
        self._assigned: dict[ClassRef, dict[str, list[Function]]] = {}
        self._foreign: dict[ClassRef, bool] = {}
        self._heirs: dict[ClassRef, tuple[list[ClassRef], Marks]] = {}
        self._methods: dict[str, list[FunctionRef]] = {}

    def binding(self, ref: ClassRef, name: str) -> tuple[ClassRef, Binding] | None:
        """What a class, or the nearest that it inherits from, binds to a name."""
        return self._consulted.remembered(self._bindings, self._binding, ref, name)

    def _binding(self, ref: ClassRef, name: str) -> tuple[ClassRef, Binding] | None:
        for ancestor in self._first_party(ref):
            found = self.codebase.own(ancestor, name)
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
        return self._consulted.remembered(self._annotations, self._annotation, ref, name)

    def _annotation(self, ref: ClassRef, name: str) -> tuple[ClassRef, Expression] | None:
        for ancestor in self._first_party(ref):
            known = self._annotated.get(ancestor)
            if known is None:
                known = self._annotated[ancestor] = _annotations(ancestor.node)
            if name in known:
                self.codebase.look_at(ancestor, name)
                return ancestor, known[name]
            self._consulted.look(f"{MISSING}.{name}")
        return None

    def assigning(self, ref: ClassRef, name: str) -> list[tuple[ClassRef, Function]]:
        """The methods of a class and its ancestors that assign ``self.name``."""
        return self._consulted.remembered(self._assigning, self._all_assigning, ref, name)

    def _all_assigning(self, ref: ClassRef, name: str) -> list[tuple[ClassRef, Function]]:
        found: list[tuple[ClassRef, Function]] = []
        for ancestor in self._first_party(ref):
            self.codebase.look_into_methods(ancestor)
            known = self._assigned.get(ancestor)
            if known is None:
                known = self._assigned[ancestor] = _assigned(ancestor.node)
            found += [(ancestor, method) for method in known.get(name, ())]
        return found

    def _first_party(self, ref: ClassRef) -> Iterator[ClassRef]:
        return (one for one in self.codebase.lineage(ref) if isinstance(one, ClassRef))

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
            self._consulted.take(known[1])
            return known[0]
        outer = self._consulted.begin()
        found: list[ClassRef] = []
        self._heirs[ref] = found, ref.marks
        for module, node in self._candidates(ref.node.name):
            heir = self.codebase.class_ref(module, node)
            if heir is ref or ref not in self.codebase.bases(heir):
                continue
            for each in (heir, *self.heirs(heir)):
                if each not in found:
                    found.append(each)
        self._heirs[ref] = found, self._consulted.end(outer)
        return found

    def _candidates(self, name: str) -> list[tuple[PythonModule, Class]]:
        self._consulted.look(HEIRS + name)
        return self.directory.deriving(name)

    def overrides(self, ref: ClassRef, function: FunctionRef) -> Iterator[FunctionRef]:
        """What the heirs of a class have in place of one of its methods."""
        name = function.node.name
        for heir in self.heirs(ref):
            binding = self.codebase.own(heir, name)
            if isinstance(binding, Function) and binding is not function.node:
                yield self.codebase.function_ref(heir.module, binding, heir)

    def methods(self, name: str) -> list[FunctionRef]:
        """All methods of a name; none where there are so many that the name tells nothing."""
        known = self._methods.get(name)
        if known is None:
            is_telling = self.directory.count(name) <= _MOST_NAMESAKES
            known = self._methods[name] = self.directory.methods(name) if is_telling else []
        self._consulted.look(METHODS + name)
        for one in known:
            self._consulted.take(one.marks)
        return known


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
