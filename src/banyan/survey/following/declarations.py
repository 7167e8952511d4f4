"""Paths and models that classes declare for a library: admins, forms, serializers, filters."""

from collections.abc import Iterable, Iterator
from typing import Final

from banyan.survey.following import frameworks
from banyan.survey.following.forms import leads_to_save
from banyan.survey.following.frames import Frame
from banyan.survey.following.queries import CREATE, DELETE, READ, UPDATE
from banyan.survey.following.values import (
    ClassValue,
    Entries,
    FunctionValue,
    Many,
    Object,
    Row,
    Rows,
    Several,
    Value,
    Written,
    texts,
)
from banyan.survey.following.world import World
from banyan.survey.meanings import ClassRef, FunctionRef, ValueRef
from banyan.survey.modelgraph import Model
from banyan.survey.namespaces import Assigned, straightened
from banyan.survey.syntax import (
    Assign,
    Attribute,
    Call,
    Class,
    Display,
    Evaluate,
    Expression,
    Name,
    Statement,
    Text,
)

# Attributes whose texts are paths; in those that are True, a relation alone counts too.
_ADMIN: Final = {
    "list_display": True,
    "list_filter": True,
    "search_fields": False,
    "ordering": False,
    "date_hierarchy": False,
    "list_select_related": True,
    "raw_id_fields": True,
    "autocomplete_fields": True,
    "filter_horizontal": True,
    "filter_vertical": True,
}
_VIEW: Final = {
    "ordering": False,
    "ordering_fields": False,
    "search_fields": False,
    "filterset_fields": True,
    "filter_fields": True,
    "lookup_field": False,
}
# What a library passes to the classes and functions that are named: by which method and parameter.
_PASSED_ON: Final = {
    "list_filter": ("queryset", "queryset"),
    "actions": ("", "queryset"),
    "filter_backends": ("filter_queryset", "queryset"),
    "permission_classes": ("has_object_permission", "obj"),
}
_FACTORIES: Final = ("modelform_factory", "inlineformset_factory", "modelformset_factory")
_KINDS: Final = ("Form", "Serializer", "Filter", "FilterSet", "Resource", "Table", "ObjectType")


class Declarations:
    """Tells what the classes of one module declare."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._world: World = frame.world

    def body(self, body: Iterable[Statement], owner: ClassRef | None = None) -> None:
        """All classes and registrations in a body of statements."""
        for node in straightened(body):
            match node:
                case Class():
                    ref = self._world.codebase.class_ref(self._frame.module, node, owner)
                    self._class(ref)
                    self.body(node.body, ref)
                case Evaluate(value=Call() as call):
                    self._call(call)
                case Assign(value=Call() as call):
                    self._call(call)
                case _:
                    pass

    # --- Classes

    def _class(self, ref: ClassRef) -> None:
        world = self._world
        model = world.graph.model_of(ref)
        if model is not None:
            self._model(ref, model)
            return
        for decorator in ref.node.decorators:
            if isinstance(decorator, Call) and _last(decorator.function) == "register":
                self._registered(decorator)
        if not world.is_foreign(ref):
            return
        self._names(ref, "model", "queryset")
        subject = frameworks.model_of(world, ref)
        if subject is not None:
            self._passed_on(ref, subject)
        if world.derives(ref, *frameworks.ADMINS):
            if subject is not None:
                self._paths(ref, subject, _ADMIN)
                self._ordered(ref, subject)
        elif world.derives(ref, *_KINDS):
            meta = self._own(ref, "Meta")
            if isinstance(meta, ClassRef):
                self._meta(meta, ref)
            if subject is not None:
                self._fields(ref, subject)
        elif subject is not None:
            self._paths(ref, subject, _VIEW)

    def _passed_on(self, ref: ClassRef, model: Model) -> None:
        """Filters, permissions and actions that the class names are given its rows."""
        for name, (method, parameter) in _PASSED_ON.items():
            value: Value = (Row(model),) if parameter == "obj" else (Rows(model),)
            for item in self._parts(self._value(ref, name)):
                if isinstance(item, ClassValue) and method:
                    found = self._world.bound(item.ref, method)
                elif isinstance(item, FunctionValue) and not method:
                    found = item.ref
                else:
                    continue
                if isinstance(found, FunctionRef):
                    self._frame.flow((found.module.path, found.qualname), parameter, value)

    def _parts(self, value: Value) -> Iterator[object]:
        for item in value:
            if isinstance(item, Several):
                for part in item.parts:
                    yield from self._parts(part)
            elif isinstance(item, Many):
                yield from self._parts(item.items)
            else:
                yield item

    def _model(self, ref: ClassRef, model: Model) -> None:
        meta = self._own(ref, "Meta")
        if isinstance(meta, ClassRef):
            self._texts(meta, model, "ordering", is_loading=False)

    def _own(self, ref: ClassRef, name: str) -> object:
        """What a class itself binds to a name."""
        binding = self._world.codebase.own(ref, name)
        if binding is None:
            return None
        return self._world.codebase.meaning(ref.module, binding, ref)

    def _value(self, ref: ClassRef, name: str) -> Value:
        own = self._own(ref, name)
        return self._world.value(own) if isinstance(own, ValueRef | ClassRef) else ()

    def _names(self, ref: ClassRef, *names: str, verb: str = "") -> None:
        """A library runs the queries for the model that the class names."""
        for name in names:
            binding = self._world.codebase.own(ref, name)
            if isinstance(binding, Assigned):
                for item in self._value(ref, name):
                    if isinstance(item, ClassValue):
                        self._named(ref, item, binding.line, verb)

    def _named(self, ref: ClassRef, item: ClassValue, line: int, verb: str = "") -> None:
        model = self._world.graph.model_of(item.ref)
        if model is not None:
            verb = verb or self._of_view(ref, model)
            self._within(ref.qualname).access(object(), line, model, verb)

    def _of_view(self, ref: ClassRef, model: Model) -> str:
        """What a generic view does with rows of the model that it names."""
        world = self._world
        if world.derives(ref, ".CreateView"):
            return CREATE
        if not world.derives(ref, ".UpdateView", ".DeleteView"):
            return READ
        if not frameworks.writes(world, ref, model):
            return READ
        return UPDATE if world.derives(ref, ".UpdateView") else DELETE

    def _meta(self, meta: ClassRef, ref: ClassRef) -> None:
        form = self._world.derives(ref, ".ModelForm", ".BaseModelForm")
        self._names(meta, "model", verb=UPDATE if form and self._saves(ref) else READ)
        subject = frameworks.of_meta(self._world, ref)
        if subject is None:
            return
        for name in ("fields", "filter_fields"):
            for text in texts(self._value(meta, name)):
                if "__" in text.text or not self._is_declared(ref, text.text):
                    self._look(ref, subject, text, self._line(meta, name), is_loading=True)

    def _saves(self, ref: ClassRef) -> bool:
        """Whether a form of a model writes a row of it, when it is saved."""
        model = frameworks.of_meta(self._world, ref)
        own = self._world.bound(ref, "save")
        return model is not None and leads_to_save(self._world, own, Object(ref), model)

    def _is_declared(self, ref: ClassRef, name: str) -> bool:
        return self._world.binding(ref, name) is not None

    # --- Paths

    def _paths(self, ref: ClassRef, model: Model, attributes: dict[str, bool]) -> None:
        for name, is_loading in attributes.items():
            self._texts(ref, model, name, is_loading=is_loading)

    def _texts(self, ref: ClassRef, model: Model, name: str, *, is_loading: bool) -> None:
        value = self._value(ref, name)
        if name == "list_filter":
            # `("user__is_staff", FilterClass)`
            found = [
                text
                for item in value
                if isinstance(item, Several)
                for each in item.parts
                for text in texts(each)[:1]
            ]
        else:
            found = texts(value)
        for text in found:
            self._look(ref, model, text, self._line(ref, name), is_loading=is_loading)

    def _line(self, ref: ClassRef, name: str) -> int:
        """On which line a class binds a name."""
        return getattr(self._world.codebase.own(ref, name), "line", ref.node.line)

    def _ordered(self, ref: ClassRef, model: Model) -> None:
        """``@admin.display(ordering=…)`` and ``method.admin_order_field = …``."""
        for node in ref.node.body:
            for decorator in getattr(node, "decorators", ()):
                if isinstance(decorator, Call) and _last(decorator.function) == "display":
                    for keyword in decorator.keywords:
                        if keyword.name == "ordering":
                            self._written(ref, model, keyword.value)
            match node:
                case Assign(targets=(Attribute(name="admin_order_field"),), value=value) if value:
                    self._written(ref, model, value)
                case _:
                    pass

    def _written(self, ref: ClassRef, model: Model, node: Expression) -> None:
        if isinstance(node, Text):
            text = Written(node.value, self._frame.path, node.line)
            self._look(ref, model, text, node.line, is_loading=False)

    def _fields(self, ref: ClassRef, model: Model) -> None:
        """Fields of serializers by ``source=``, of filters by ``field_name=``; nested ones."""
        for name, bindings in self._world.codebase.class_namespace(ref).bindings.items():
            binding = bindings[-1]
            if not isinstance(binding, Assigned) or not isinstance(binding.expression, Call):
                continue
            call = binding.expression
            kind = _last(call.function)
            given = {each.name: each for each in call.keywords}
            source = given.get("source") or given.get("field_name") or given.get("attribute")
            if source is not None and isinstance(source.value, Text):
                text = source.value
                self._dotted(ref, model, text.value, text.line, is_loading=True)
            elif kind.endswith("Filter") and call.arguments:
                first = call.arguments[0]
                if isinstance(first, Text):
                    self._dotted(ref, model, first.value, first.line, is_loading=True)
            elif kind.endswith("Serializer"):
                self._dotted(ref, model, name, binding.line, is_loading=True)
            if kind == "OrderingFilter" and "fields" in given:
                self._ordering_filter(ref, model, given["fields"].value, binding.line)

    def _dotted(
        self, ref: ClassRef, model: Model, path: str, line: int, *, is_loading: bool
    ) -> None:
        text = Written(path.replace(".", "__"), self._frame.path, line)
        self._look(ref, model, text, line, is_loading=is_loading)

    def _ordering_filter(self, ref: ClassRef, model: Model, node: Expression, line: int) -> None:
        value = self._world.value(ValueRef(ref.module, node, 0, ref))
        for item in value:
            match item:
                case Several(parts=parts):
                    found = [text for each in parts for text in texts(each)[:1]]
                case Entries(known=known):
                    found = [key for key, _ in known]
                case _:
                    found = []
            for text in found:
                self._look(ref, model, text, line, is_loading=False)

    def _look(
        self, ref: ClassRef, model: Model, text: Written, line: int, *, is_loading: bool
    ) -> None:
        self._within(ref.qualname).lookup(model, text, line, is_loading=is_loading)

    def _within(self, qualname: str) -> Frame:
        if self._frame.inner and self._frame.inner[-1].qualname == qualname:
            return self._frame.inner[-1]
        return self._frame.within(qualname)

    # --- Calls

    def _call(self, call: Call) -> None:
        name = _last(call.function)
        if name == "register" and _is_site(call.function):
            self._registered(call)
        elif name in _FACTORIES:
            self._factory(call)

    def _registered(self, call: Call) -> None:
        for argument in call.arguments[:1] if _is_site(call.function) else call.arguments:
            items = argument.items if isinstance(argument, Display) else (argument,)
            for item in items:
                for each in self._world.value(
                    self._world.codebase.resolve(self._frame.module, item)
                ):
                    if isinstance(each, ClassValue):
                        model = self._world.graph.model_of(each.ref)
                        if model is not None:
                            self._frame.access(item, call.line, model, READ)

    def _factory(self, call: Call) -> None:
        if not call.arguments:
            return
        # Of an inline set the second is the model of the rows.
        index = 1 if _last(call.function) == "inlineformset_factory" else 0
        subject = call.arguments[min(index, len(call.arguments) - 1)]
        value = self._world.value(self._world.codebase.resolve(self._frame.module, subject))
        for item in value:
            model = self._world.graph.model_of(item.ref) if isinstance(item, ClassValue) else None
            if model is None:
                continue
            self._frame.access(subject, call.line, model, UPDATE)
            for keyword in call.keywords:
                if keyword.name == "fields" and isinstance(keyword.value, Display):
                    for each in keyword.value.items:
                        if isinstance(each, Text):
                            text = Written(each.value, self._frame.path, each.line)
                            self._frame.lookup(model, text, each.line, is_loading=True)


def declare(frame: Frame) -> None:
    """Tell what the classes of a module declare."""
    Declarations(frame).body(frame.world.codebase.source(frame.module).body)


def _is_site(function: Expression) -> bool:
    """Whether it is ``admin.site.register`` and its like, not the decorator."""
    match function:
        case Attribute(name="register", value=Attribute(name=name) | Name(id=name)):
            return "site" in name.lower()
        case _:
            return False


def _last(function: Expression) -> str:
    match function:
        case Name(id=name) | Attribute(name=name):
            return name
        case _:
            return ""
