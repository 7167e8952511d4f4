"""Builds the model graph from the classes of a project."""

from collections.abc import Callable, Iterable, Iterator

from banyan.survey.codebase import Codebase
from banyan.survey.facts import Unresolved
from banyan.survey.loading import ClassLoader
from banyan.survey.meanings import (
    ClassRef,
    External,
    FunctionRef,
    Meaning,
    PythonModule,
    Unknown,
    ValueRef,
)
from banyan.survey.modelgraph.classes import is_true, meta, meta_expression
from banyan.survey.modelgraph.declarations import Declaration, declaration
from banyan.survey.modelgraph.graph import Field, FieldKind, Model, ModelGraph
from banyan.survey.namespaces import Assigned, straightened
from banyan.survey.syntax import (
    Attribute,
    Call,
    Class,
    Constant,
    Display,
    Evaluate,
    Expression,
    For,
    Function,
    Name,
    Statement,
    Text,
)
from banyan.survey.traversal import last_name

# Bases that bring no relation to a model of the project.
_WITHOUT_RELATIONS = ("django.", "typing.", "abc.", "builtins.", "object")
# One of these stands where a field is added to a model from outside of its class.
ADDING = ("add_to_class", "contribute_to_class")
_KEYS = (FieldKind.FOREIGN_KEY, FieldKind.ONE_TO_ONE)


def build(
    codebase: Codebase,
    loader: ClassLoader,
    app_label: Callable[[PythonModule], str | None],
    classes: Iterable[ClassRef],
    adding: Iterable[PythonModule],
) -> tuple[ModelGraph, list[Unresolved]]:
    """Build the graph of all models in ordinary code.

    Args:
        loader: resolves models that are named by labels and settings; the codebase should have
            it among its loaders too.
        app_label: the label of the app that a module is in.
        classes: those that are models, in order.
        adding: the modules that may add fields to models from outside of their classes.

    Returns:
        The graph, and relations whose target could not be told.
    """
    return _Builder(codebase, loader, app_label).build(classes, adding)


class _Builder:
    def __init__(
        self,
        codebase: Codebase,
        loader: ClassLoader,
        app_label: Callable[[PythonModule], str | None],
    ) -> None:
        self._codebase = codebase
        self._loader = loader
        self._app_label = app_label
        self._models: dict[ClassRef, Model] = {}
        self._unresolved: list[Unresolved] = []
        # Relations whose target only the model between the two tells.
        self._by_through: list[tuple[Field, Declaration]] = []

    def build(
        self, classes: Iterable[ClassRef], adding: Iterable[PythonModule]
    ) -> tuple[ModelGraph, list[Unresolved]]:
        for ref in classes:
            self._models[ref] = self._model(ref)
        for model in self._models.values():
            model.parents = tuple(self._parents(model))
        for model in self._models.values():
            self._add_fields(model)
        self._add_later_fields(adding)
        for field, made in self._by_through:
            self._aim_through(field, made)
        self._unresolved += self._inherited_from_elsewhere()
        graph = ModelGraph(self._models.values(), self._codebase.consulted)
        graph.connect()
        return graph, self._unresolved

    # --- Models

    def _model(self, ref: ClassRef) -> Model:
        written = meta(self._codebase, ref, "app_label", inherited=True)
        app = written if isinstance(written, str) else self._app_label(ref.module) or ""
        is_abstract = is_true(self._codebase, ref, "abstract")
        table = meta(self._codebase, ref, "db_table", inherited=True)
        managed = meta_expression(self._codebase, ref, "managed", inherited=True)
        name = ref.node.name
        return Model(
            ref,
            app,
            name,
            is_abstract=is_abstract or not app,
            is_proxy=is_true(self._codebase, ref, "proxy"),
            is_managed=managed is None or managed.expression != Constant(value=False),
            table=table if isinstance(table, str) else f"{app}_{name.lower()}",
            swapped_by=str(meta(self._codebase, ref, "swappable") or ""),
        )

    def _parents(self, model: Model) -> Iterator[Model]:
        """The models with tables that a model derives from, the nearest of each line."""
        covered: set[Meaning] = set()
        for one in self._codebase.lineage(model.ref)[1:]:
            parent = self._models.get(one) if isinstance(one, ClassRef) else None
            if parent and not parent.is_abstract and one not in covered:
                covered.update(self._codebase.lineage(parent.ref))
                yield parent

    # --- Fields

    def _add_fields(self, model: Model) -> None:
        """Enter a model's fields: its own, and those of its abstract bases."""
        hidden: set[str] = set()
        for one in self._codebase.lineage(model.ref):
            if not isinstance(one, ClassRef):
                continue
            base = self._models.get(one)
            if base is None or (base is not model and not base.is_abstract):
                continue
            if base is not model and any(one in self._lineage_of(p) for p in model.parents):
                # The parent's table has these columns.
                continue
            for name, bindings in self._codebase.class_namespace(one).bindings.items():
                binding = bindings[-1]
                if name in hidden or not isinstance(binding, Assigned):
                    continue
                hidden.add(name)
                made = declaration(self._codebase, one.module, binding.expression)
                if made is not None:
                    self._add(
                        Field(model, name, made.kind, one, one.module.path, binding.line), made
                    )

    def _lineage_of(self, model: Model) -> tuple[Meaning, ...]:
        return self._codebase.lineage(model.ref)

    def _add(self, field: Field, made: Declaration) -> None:
        field.owner.fields[field.name] = field
        if field.is_relation:
            self._aim(field, made)

    def _aim(self, field: Field, made: Declaration) -> None:
        """Find what a relation refers to, and how that knows it."""
        arguments = made.arguments
        to = arguments.get("to")
        if to is None and "through" in arguments:
            self._by_through.append((field, made))
            return
        if to is None:
            if not _is_taggable(made):
                self._cannot_tell(field, "the target of the relation is not written here")
            return
        self._point(field, made, self._target(field, made.module, to))

    def _point(self, field: Field, made: Declaration, target: Model | None) -> None:
        model, arguments = field.owner, made.arguments
        field.on_delete = _last_name(arguments.get("on_delete"))
        if not field.on_delete and field.kind in _KEYS:
            field.on_delete = "CASCADE"
        field.null = arguments.get("null") == Constant(value=True)
        field.related_name = self._text(made.module, arguments.get("related_name")) or ""
        query_name = self._text(made.module, arguments.get("related_query_name")) or ""
        if "through" in arguments:
            through = self._class(field, made.module, arguments["through"])
            field.through = self._label(through)
        elif field.kind is FieldKind.MANY_TO_MANY and not model.is_abstract:
            table = self._text(made.module, arguments.get("db_table"))
            field.table = table or f"{model.table}_{field.name}"
        if target is None:
            return
        field.target = target
        field.target_label = target.label
        if model.is_abstract:
            return
        names = {"class": model.name.lower(), "model_name": model.name.lower()}
        names["app_label"] = model.app.lower()
        related = field.related_name or meta(self._codebase, model.ref, "default_related_name")
        known_as = _filled(str(related or ""), names)
        if known_as.endswith("+") or (field.kind is FieldKind.GENERIC_RELATION and not query_name):
            return
        many = "" if field.kind is FieldKind.ONE_TO_ONE else "_set"
        field.reverse = known_as or f"{model.name.lower()}{many}"
        field.query_name = _filled(query_name, names) or known_as or model.name.lower()
        if field.kind is FieldKind.GENERIC_RELATION:
            field.reverse = ""

    def _aim_through(self, field: Field, made: Declaration) -> None:
        """Find what a relation refers to by the model between the two, as taggit's ``tag``."""
        between = self._class(field, made.module, made.arguments["through"])
        through = self._models.get(between) if isinstance(between, ClassRef) else None
        if through is None:
            return
        keys = [
            one
            for one in self._fields_of(through)
            if one.kind in _KEYS and one.target is not None and one.target is not field.owner
        ]
        named = [one for one in keys if one.name == "tag"] or keys
        if len(named) == 1:
            self._point(field, made, named[0].target)
        else:
            self._cannot_tell(field, "the model between the two doesn't tell the target")

    def _fields_of(self, model: Model) -> Iterator[Field]:
        yield from model.fields.values()
        for parent in model.parents:
            yield from self._fields_of(parent)

    def _target(self, field: Field, module: PythonModule, to: Expression) -> Model | None:
        found = self._class(field, module, to)
        if isinstance(found, ClassRef):
            model = self._models.get(found)
            if model is None:
                self._cannot_tell(field, f"{found.name} is not known to be a model")
            elif model.is_abstract and model.swapped_by:
                return None
            return model
        if isinstance(found, External) and found.name.startswith("django.conf.settings."):
            self._cannot_tell(field, f"the setting {found.name.rpartition('.')[2]} is not told")
        elif isinstance(found, External):
            field.target_label = found.name
        elif isinstance(found, Unknown):
            self._cannot_tell(field, found.reason)
        else:
            self._cannot_tell(field, "the target is computed")
        return None

    def _class(self, field: Field, module: PythonModule, to: Expression) -> Meaning:
        """The class that the target of a relation is given by."""
        if field.declared_in is not None and self._is_bound_before(field, to):
            inner = self._codebase.in_class(field.declared_in, to)
            if isinstance(inner, ValueRef):
                to = inner.expression
            elif inner is not None:
                return inner
        text = self._loader.text(self._codebase, module, to)
        if text is None:
            found = self._codebase.resolve(module, to)
            if isinstance(found, ValueRef) and isinstance(found.expression, Call):
                made = self._codebase.resolve(module, found.expression.function)
                if isinstance(made, FunctionRef):
                    return self._loader.returned(self._codebase, made) or found
            return found
        if text == "self":
            return field.owner.ref
        if "." not in text:
            text = f"{field.owner.app}.{text}"
        return self._loader.model(self._codebase, field.owner.ref.module, text)

    def _is_bound_before(self, field: Field, expression: Expression) -> bool:
        """Whether the class's body has bound the name that an expression begins with."""
        while isinstance(expression, Attribute):
            expression = expression.value
        if field.declared_in is None or not isinstance(expression, Name):
            return False
        names = self._codebase.class_namespace(field.declared_in)
        return any(one.line < field.line for one in names.bindings.get(expression.id, ()))

    def _label(self, meaning: Meaning) -> str:
        match meaning:
            case ClassRef():
                model = self._models.get(meaning)
                return model.label if model else ""
            case External(name=name):
                return name
            case _:
                return ""

    def _text(self, module: PythonModule, expression: Expression | None) -> str | None:
        if expression is None:
            return None
        return self._loader.text(self._codebase, module, expression)

    def _cannot_tell(self, field: Field, reason: str) -> None:
        row = Unresolved(
            file=field.path, line=field.line, reason=f"{field.owner.label}.{field.name}: {reason}"
        )
        if row not in self._unresolved:
            self._unresolved.append(row)

    def _inherited_from_elsewhere(self) -> Iterator[Unresolved]:
        """The bases of other packages, whose fields can't be seen, each with its first model."""
        heirs: dict[str, list[Model]] = {}
        for model in self._models.values():
            for base in self._codebase.lineage(model.ref) if not model.is_abstract else ():
                if isinstance(base, External) and not base.name.startswith(_WITHOUT_RELATIONS):
                    heirs.setdefault(base.name, []).append(model)
        for name, models in heirs.items():
            first = min(models, key=lambda one: (one.ref.module.path, one.ref.node.line))
            more = f" and {len(models) - 1} more" if len(models) > 1 else ""
            reason = f"{first.label}{more}: relations that {name} may bring are not read"
            yield Unresolved(file=first.ref.module.path, line=first.ref.node.line, reason=reason)

    # --- Fields that are added from outside of the class

    def _add_later_fields(self, adding: Iterable[PythonModule]) -> None:
        for module in adding:
            for call in _calls(self._codebase.source(module).body):
                self._add_later_field(module, call)

    def _add_later_field(self, module: PythonModule, call: Call) -> None:
        match call:
            case Call(
                function=Attribute(name="add_to_class", value=owner),
                arguments=(Text(value=name), field),
            ):
                pass
            case Call(
                function=Attribute(name="contribute_to_class", value=field),
                arguments=(owner, Text(value=name), *_),
            ):
                pass
            case _:
                return
        ref = self._codebase.resolve(module, owner)
        model = self._models.get(ref) if isinstance(ref, ClassRef) else None
        made = declaration(self._codebase, module, field)
        if made is None or made.kind is FieldKind.PLAIN:
            return
        if model is None:
            reason = f"the class that gets the field {name} is not known to be a model"
            self._unresolved.append(Unresolved(file=module.path, line=call.line, reason=reason))
            return
        self._add(Field(model, name, made.kind, None, module.path, call.line), made)


def _calls(body: Iterable[Statement]) -> Iterator[Call]:
    """Calls that are statements of their own, in functions and methods too.

    Those in a loop over texts are there for each of these.
    """
    for statement in straightened(body):
        match statement:
            case Evaluate(value=Call() as call):
                yield call
            case For(target=Name(id=name), iterable=Display(items=items), body=inner):
                for call in list(_calls(inner)):
                    for item in items:
                        yield Call(
                            call.line,
                            call.function,
                            tuple(item if _is_name(one, name) else one for one in call.arguments),
                            call.keywords,
                        )
            case Function(body=inner) | Class(body=inner):
                yield from _calls(inner)
            case _:
                pass


def _is_name(expression: Expression, name: str) -> bool:
    return isinstance(expression, Name) and expression.id == name


def _last_name(expression: Expression | None) -> str:
    return last_name(expression.function if isinstance(expression, Call) else expression)


def _filled(name: str, names: dict[str, str]) -> str:
    """``%(class)s`` and ``%(app_label)s`` in a related name."""
    for key, value in names.items():
        name = name.replace(f"%({key})s", value)
    return name


def _is_taggable(made: Declaration) -> bool:
    """Whether it is taggit's own relation to taggit's own tags."""
    return isinstance(made.field_class, External) and made.field_class.name.startswith("taggit.")
