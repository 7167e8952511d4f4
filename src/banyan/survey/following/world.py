"""What the whole project knows that following asks for: classes, managers, heirs, constants."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final, Protocol

from banyan.survey.codebase import Codebase
from banyan.survey.following.flows import FlowKey, Flows
from banyan.survey.following.relations import Relations
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
    Row,
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
from banyan.survey.namespaces import Assigned, Binding, straightened
from banyan.survey.syntax import (
    Assign,
    Attribute,
    Call,
    Class,
    Display,
    Expression,
    Function,
    If,
    Name,
    Subscript,
    Try,
)

# Of how many methods of one name any may be meant by a call on something unknown.
_MOST_NAMESAKES: Final = 16


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
        asked: of which functions it mattered what all their callers give them.
    """

    __slots__ = ("asked", "attributes", "frame", "returns", "writes")

    def __init__(self) -> None:
        self.returns: Value = NOTHING
        self.attributes: dict[str, Value] = {}
        self.writes: frozenset[Model] = frozenset()
        self.frame: object = None
        self.asked: frozenset[FlowKey] = frozenset()


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

    def constant(self, value: ValueRef) -> Value: ...

    def evaluated(self, frame: object, node: Expression) -> Value: ...

    def applied(self, frame: object, closure: Closure, arguments: list[Value]) -> Value: ...


class World:
    """All that following knows of a project, worked out when asked for the first time.

    Args:
        user: the label of the model of users, as settings give it.
        setting: the text that the project's settings give to a name; None where it isn't known.
    """

    interpreter: Interpreter

    def __init__(
        self,
        codebase: Codebase,
        graph: ModelGraph,
        territory: Territory,
        user: str,
        setting: Callable[[str], str | None],
    ) -> None:
        self.codebase = codebase
        self.setting = setting
        self.graph = Relations(graph, codebase, user)
        self.territory = territory
        self.user = self.graph.user
        self.flows = Flows()
        self.subjects: dict[ClassRef, Model | None] = {}
        self._names: dict[tuple[str, str], Value] = {}
        self._bindings: dict[tuple[ClassRef, str], tuple[ClassRef, Binding] | None] = {}
        self._annotated: dict[ClassRef, dict[str, Expression]] = {}
        self._assigned: dict[ClassRef, dict[str, list[Function]]] = {}
        self._method_classes: dict[ClassRef, tuple[ClassRef, ...]] = {}
        self._open: dict[ClassRef, bool] = {}
        self._foreign: dict[ClassRef, bool] = {}
        self._managers: dict[tuple[Model, str], Value | None] = {}
        self._homes: dict[Model, str | None] = {}
        self._heirs: dict[ClassRef, list[ClassRef]] | None = None
        self._by_base: dict[str, list[tuple[PythonModule, Class, ClassRef | None]]] | None = None
        self._methods: dict[str, list[FunctionRef]] | None = None
        self._queried: dict[ClassRef, list[Model]] | None = None

    # --- Names

    def name(self, module: PythonModule, name: str) -> Value:
        """What a name means at the end of a module."""
        key = (module.path, name)
        known = self._names.get(key)
        if known is None:
            self._names[key] = NOTHING  # a name that refers to itself ends here
            meaning = self.codebase.lookup(module, name)
            known = self._names[key] = NOTHING if meaning is None else self.value(meaning)
        return known

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

    # --- Classes

    def binding(self, ref: ClassRef, name: str) -> tuple[ClassRef, Binding] | None:
        """What a class, or the nearest that it inherits from, binds to a name."""
        key = (ref, name)
        if key not in self._bindings:
            self._bindings[key] = self._binding(ref, name)
        return self._bindings[key]

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

    def class_attribute(self, ref: ClassRef, name: str) -> Value:
        """The value that a class gives to a name in its body."""
        meaning = self.bound(ref, name)
        return NOTHING if meaning is None else self.value(meaning)

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
                known = self._assigned.get(ancestor)
                if known is None:
                    known = self._assigned[ancestor] = _assigned(ancestor.node)
                for method in known.get(name, ()):
                    yield ancestor, method

    def is_foreign(self, ref: ClassRef) -> bool:
        """Whether a class derives from a library's class."""
        if ref not in self._foreign:
            self._foreign[ref] = any(
                isinstance(one, External)
                and one.name not in ("object", "abc.ABC", "typing.Generic")
                for one in self.codebase.lineage(ref)
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
        if self._heirs is None:
            self._heirs = {}
        known = self._heirs.get(ref)
        if known is None:
            known = self._heirs[ref] = []
            for module, node, owner in self._candidates(ref.node.name):
                heir = self.codebase.class_ref(module, node, owner)
                if heir is ref or ref not in self.codebase.bases(heir):
                    continue
                for each in (heir, *self.heirs(heir)):
                    if each not in known:
                        known.append(each)
        return known

    def _candidates(self, name: str) -> list[tuple[PythonModule, Class, ClassRef | None]]:
        if self._by_base is None:
            self._by_base = {}
            for module in self.codebase.modules():
                if module.place is None:
                    self._enter(module, self.codebase.source(module).body, None)
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
            for module in self.codebase.modules():
                if module.place is None:
                    self._enter_methods(module, self.codebase.source(module).body, None)
        found = self._methods.get(name, [])
        return found if len(found) <= _MOST_NAMESAKES else []

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

    # --- Managers and queries

    def manager(self, model: Model, name: str) -> Value:
        """The manager that a model's class has under a name; nothing where there is none."""
        key = (model, name)
        if key not in self._managers:
            self._managers[key] = None
            self._managers[key] = self._manager(model, name)
        return self._managers[key] or NOTHING

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
        known = self._method_classes.get(ref)
        if known is None:
            self._method_classes[ref] = (ref,)
            found = [ref]
            for ancestor in self.codebase.lineage(ref):
                if isinstance(ancestor, ValueRef):
                    for item in self.value(ancestor):
                        for one in self.managing(item) or ():
                            found.extend(x for x in self.method_classes(one) if x not in found)
            known = self._method_classes[ref] = tuple(found)
        return known

    def is_open(self, ref: ClassRef) -> bool:
        """Whether a library other than Django may have given the class methods."""
        if ref not in self._open:
            self._open[ref] = any(
                isinstance(one, External) and not one.name.startswith(("django.", "typing."))
                for one in self.codebase.lineage(ref)
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

    def queried(self, ref: ClassRef) -> list[Model]:
        """The models whose managers have a class, as their own or by ``from_queryset``."""
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


def row(model: Model) -> Value:
    """A row of a model."""
    return (Row(model),)


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
        if not isinstance(method, Function) or not method.parameters:
            continue
        me = method.parameters[0].name
        for statement in straightened(method.body):
            if isinstance(statement, Assign):
                for target in statement.targets:
                    for name in _attributes_of(target, me):
                        methods = found.setdefault(name, [])
                        if not any(each is method for each in methods):
                            methods.append(method)
    return found


def _attributes_of(target: Expression, me: str) -> Iterator[str]:
    match target:
        case Attribute(value=Name(id=name), name=attribute) if name == me:
            yield attribute
        case Display(items=items):
            for item in items:
                yield from _attributes_of(item, me)
        case _:
            pass


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
