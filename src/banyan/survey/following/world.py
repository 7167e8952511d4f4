"""What the whole project knows that following asks for: classes, managers, heirs, constants."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, Protocol

from banyan.survey.consulted import UNMARKED, Fact, Marks
from banyan.survey.following.classes import Classes
from banyan.survey.following.directory import Directory
from banyan.survey.following.happenings import Write
from banyan.survey.following.memory import Kept
from banyan.survey.following.relations import Relations
from banyan.survey.following.underway import NO_KNOT
from banyan.survey.following.values import (
    NOTHING,
    Atom,
    ClassValue,
    Closure,
    FunctionValue,
    Managing,
    ModuleValue,
    Object,
    Outside,
    Rows,
    Value,
    joined,
)
from banyan.survey.meanings import (
    ClassRef,
    External,
    FunctionRef,
    Meaning,
    ModuleRef,
    PythonModule,
    ValueRef,
)
from banyan.survey.modelgraph import Model, ModelGraph
from banyan.survey.modelgraph.graph import key_of
from banyan.survey.namespaces import Assigned
from banyan.survey.syntax import (
    Expression,
)

# What the name begins with by which it is marked that it was asked of which models the managers or
# queries are that have a class.
MANAGING: Final = "managing "


class Territory(Protocol):
    """Which module a file, and an app, belong to."""

    def module_at(self, path: str) -> str | None:
        """The module that owns a file; None for code that is of no app."""
        ...

    def home(self, label: str, path: str) -> str | None:
        """The module of a model, by the label of its app and the file that it is in."""
        ...

    def module(self, label: str) -> str | None:
        """The module that an app is part of; None for apps outside of the project."""
        ...


class Summary:
    """What is known of a function when it has been gone through.

    Attributes:
        attributes: what it gives to attributes of ``self``.
        marks: of what was looked at for it.
        knot: in which it depends on itself.
        own: those of the marks that it does not have by other functions.
        asked: what was taken for other functions, in the order in which it was asked for, as far
            as it depends on what functions are given; None where it depends on itself.
    """

    __slots__ = ("asked", "attributes", "frame", "knot", "marks", "own", "returns", "writes")

    def __init__(self) -> None:
        self.returns: Value = NOTHING
        self.attributes: dict[str, Value] = {}
        self.writes: frozenset[Write] = frozenset()
        self.frame: object = None
        self.marks = UNMARKED
        self.knot = NO_KNOT
        self.own = UNMARKED
        self.asked: Mapping[Any, tuple[Summary, Marks]] | None = None


class Interpreter(Protocol):
    """Goes through code; what :mod:`statements` does, for those who must not know it."""

    def summary(
        self,
        ref: FunctionRef,
        owner: Atom | None,
        arguments: Mapping[str, Value] | None = None,
        *,
        from_all: bool = False,
    ) -> Summary: ...

    def assigned(self, ref: FunctionRef, owner: Atom | None, name: str) -> Value: ...

    def constant(self, value: ValueRef) -> Value: ...

    def evaluated(self, frame: object, node: Expression) -> Value: ...

    def applied(self, frame: object, closure: Closure, arguments: list[Value]) -> Value: ...


class World(Classes):
    """All that following knows of a project, worked out when asked for the first time.

    Args:
        user: the label of the model of users, as settings give it.
        setting: the text that the project's settings give to a name; None where it isn't known.
    """

    interpreter: Interpreter

    def __init__(
        self,
        directory: Directory,
        graph: ModelGraph,
        territory: Territory,
        user: str,
        setting: Callable[[str], str | None],
    ) -> None:
        super().__init__(directory)
        self.setting = setting
        self.graph = Relations(graph, self.codebase, user)
        self.territory = territory
        self.subjects: dict[ClassRef, Kept[Model | None]] = {}
        self._names: dict[tuple[str, str], Kept[Value]] = {}
        self._method_classes: dict[ClassRef, Kept[tuple[ClassRef, ...]]] = {}
        self._open: dict[ClassRef, bool] = {}
        self._managers: dict[tuple[Model, str], Kept[Value]] = {}
        self._homes: dict[Model, str | None] = {}
        self._queried: dict[ClassRef, list[Model]] | None = None

    @property
    def user(self) -> Model:
        """The model of users."""
        return self.graph.user

    # --- Names

    def name(self, module: PythonModule, name: str) -> Value:
        """What a name means at the end of a module."""

        def found() -> Value:
            meaning = self.codebase.lookup(module, name)
            return NOTHING if meaning is None else self.value(meaning)

        return self.once(self._names, (module.path, name), NOTHING, module.marks, found)

    def value(self, meaning: Meaning) -> Value:
        """A meaning as a value."""
        match meaning:
            case ClassRef():
                return (ClassValue(meaning),)
            case FunctionRef():
                return (FunctionValue(meaning),)
            case ModuleRef(module=module):
                return (ModuleValue(module),)
            case External(name=name):
                model = self.graph.outside(name)
                return (Outside(name),) if model is None else (ClassValue(model.ref),)
            case ValueRef():
                return self.interpreter.constant(meaning)
            case _:
                return NOTHING

    def concrete(self, model: Model) -> Model | None:
        """The model itself, or the one that an abstract model becomes a table in."""
        if not model.is_abstract:
            return model
        for heir in self.heirs(model.ref):
            found = self.graph.model_of(heir)
            if found is not None and not found.is_abstract:
                return found
        return None

    def home(self, model: Model) -> str | None:
        """The module that a model's rows belong to."""
        if model not in self._homes:
            self._homes[model] = self.territory.home(model.app, model.ref.module.path)
        return self._homes[model]

    def class_attribute(self, ref: ClassRef, name: str) -> Value:
        """The value that a class gives to a name in its body."""
        meaning = self.bound(ref, name)
        return NOTHING if meaning is None else self.value(meaning)

    # --- Managers and queries

    def manager(self, model: Model, name: str) -> Value:
        """The manager that a model's class has under a name; nothing where there is none."""
        marks = model.ref.marks
        return self.once(
            self._managers, (model, name), NOTHING, marks, lambda: self._manager(model, name)
        )

    def _manager(self, model: Model, name: str) -> Value:
        meaning = self.bound(model.ref, name)
        if meaning is None:
            if name == "_default_manager":
                return self._default(model)
            if name in ("objects", "_base_manager"):
                return (Rows(model, is_manager=True, is_open=self.is_library_model(model)),)
            return NOTHING
        result: Value = NOTHING
        if isinstance(meaning, ValueRef):
            for item in self.value(meaning):
                classes = self.managing(item)
                if classes is not None:
                    opened = any(self.is_open(one) for one in classes) or isinstance(item, Outside)
                    plain = isinstance(item, Outside) and item.name.startswith("django.")
                    rows = Rows(model, classes, is_manager=True, is_open=opened and not plain)
                    result = joined(result, (rows,))
        return result

    def is_library_model(self, model: Model) -> bool:
        """Whether a library's class may give the model a manager of its own."""
        return any(
            isinstance(one, External) and not one.name.startswith("django.")
            for one in self.codebase.lineage(model.ref)
        )

    def _default(self, model: Model) -> Value:
        if found := self.manager(model, "objects"):
            return found
        for ancestor in self.codebase.lineage(model.ref):
            if isinstance(ancestor, ClassRef):
                for name, bindings in self.codebase.class_namespace(ancestor).bindings.items():
                    if isinstance(bindings[-1], Assigned) and (found := self.manager(model, name)):
                        return found
        return (Rows(model, is_manager=True),)

    def managing(self, item: object) -> tuple[ClassRef, ...] | None:
        """The classes of a manager that an expression makes; None where it makes none."""
        match item:
            case Object(ref=ref) if self.is_manager_class(ref):
                return self.method_classes(ref)
            case Managing(classes=classes):
                return tuple(each for ref in classes for each in self.method_classes(ref))
            case Outside(name=name) if name.endswith("()") and "anager" in name:
                return ()
            case _:
                return None

    def is_manager_class(self, ref: ClassRef) -> bool:
        """Whether a class is a manager's."""
        return any(
            (isinstance(one, External) and one.name.endswith("Manager"))
            or (isinstance(one, ValueRef) and "from_queryset" in repr(one.expression))
            for one in self.codebase.lineage(ref)
        )

    def is_query_class(self, ref: ClassRef) -> bool:
        """Whether a class is a queryset's."""
        return any(
            isinstance(one, External) and one.name.lower().endswith("queryset")
            for one in self.codebase.lineage(ref)
        )

    def method_classes(self, ref: ClassRef) -> tuple[ClassRef, ...]:
        """A manager's or queryset's class, and those that ``from_queryset`` brings into it."""
        marks = ref.marks
        return self.once(
            self._method_classes, ref, (ref,), marks, lambda: self._classes_of_methods(ref)
        )

    def _classes_of_methods(self, ref: ClassRef) -> tuple[ClassRef, ...]:
        found = [ref]
        for ancestor in self.codebase.lineage(ref):
            if isinstance(ancestor, ValueRef):
                for item in self.value(ancestor):
                    for one in self.managing(item) or ():
                        found.extend(x for x in self.method_classes(one) if x not in found)
        return tuple(found)

    def is_open(self, ref: ClassRef) -> bool:
        """Whether a library other than Django may have given the class methods."""
        lineage = self.codebase.lineage(ref)
        if ref not in self._open:
            self._open[ref] = any(
                isinstance(one, External) and not one.name.startswith(("django.", "typing."))
                for one in lineage
            )
        return self._open[ref]

    def method(self, rows: Rows, name: str) -> FunctionRef | None:
        """A method that a project's own manager or queryset class adds."""
        for ref in rows.classes:
            meaning = self.bound(ref, name)
            if isinstance(meaning, FunctionRef):
                return meaning
        return None

    def know_managers(self) -> bool:
        """Find of which models the classes of managers and queries are, before they are asked.

        Returns:
            Whether that was not known; then nothing that was found out on the way holds.
        """
        if self._queried is not None:
            return False
        self._queried = {}
        for model in self.graph.models():
            if not model.is_abstract:
                self._enter_managers(model)
        self._names.clear()
        self.subjects.clear()
        return True

    def facts(self) -> Iterator[Fact]:
        """What can be asked for of models, and of the classes of their managers and queries."""
        yield from self.graph.facts()
        for ref, models in (self._queried or {}).items():
            yield MANAGING + key_of(ref), [self.graph.row(one) for one in models]

    def queried(self, ref: ClassRef) -> list[Model]:
        """The models whose managers have a class, as their own or by ``from_queryset``."""
        self._consulted.look(MANAGING + key_of(ref))
        return (self._queried or {}).get(ref, [])

    def queried_most(self, ref: ClassRef) -> list[Model]:
        """The models that a class's queries are of, where nothing else is said.

        One that all others derive from stands for them; of several that have nothing in common
        none is meant.
        """
        models = self.queried(ref)
        for one in models:
            if all(one.ref in self.codebase.lineage(other.ref) for other in models):
                return [one]
        return []

    def _enter_managers(self, model: Model) -> None:
        assert self._queried is not None  # noqa: S101
        for ancestor in self.codebase.lineage(model.ref):
            if not isinstance(ancestor, ClassRef):
                continue
            for name, bindings in self.codebase.class_namespace(ancestor).bindings.items():
                if not isinstance(bindings[-1], Assigned) or name in model.fields:
                    continue
                for item in self.manager(model, name):
                    if isinstance(item, Rows):
                        self._enter_classes(model, item)

    def _enter_classes(self, model: Model, rows: Rows) -> None:
        assert self._queried is not None  # noqa: S101
        classes = list(rows.classes)
        getter = self.method(rows, "get_queryset")
        if getter is not None:
            for item in self.interpreter.summary(getter, rows).returns:
                if isinstance(item, Rows):
                    classes.extend(item.classes)
        for one in classes:
            for ancestor in self.codebase.lineage(one):
                if isinstance(ancestor, ClassRef):
                    models = self._queried.setdefault(ancestor, [])
                    if model not in models:
                        models.append(model)
