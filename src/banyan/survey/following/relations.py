"""The model graph, and beside it the models of libraries that a project's relations lead to."""

from collections.abc import Iterator
from typing import Final

from banyan.survey.codebase import Codebase
from banyan.survey.consulted import Fact
from banyan.survey.meanings import ClassRef, External, PythonModule
from banyan.survey.modelgraph import Field, FieldKind, Model, ModelGraph
from banyan.survey.modelgraph.graph import KEYS, QUERIED, REVERSE
from banyan.survey.syntax import Class

_EMPTYING = ("SET_NULL", "SET_DEFAULT", "SET")
_KEYS = (FieldKind.FOREIGN_KEY, FieldKind.ONE_TO_ONE)

# What names begin with by which it is marked what was asked for: a model of a library, by its
# label; the relations of many to many with a model that others have.
OUTSIDE: Final = "outside "
PAIRS: Final = "pairs with "
# The model of users.
USER: Final = "user"


class Relations:
    """Leads from model to model, through those of libraries too.

    A model of a library has no module that it could belong to, so that nothing is told of it; but
    its rows are followed: ``request.user.orders`` leads home again.

    Args:
        user: the label of the model of users.
    """

    def __init__(self, graph: ModelGraph, codebase: Codebase, user: str) -> None:
        self._graph = graph
        self._codebase = codebase
        self._consulted = codebase.consulted
        self._outside: dict[str, Model] = {}
        self._refs: dict[ClassRef, Model] = {}
        self._reverse: dict[Model, dict[str, Field]] = {}
        self._queries: dict[Model, dict[str, Field]] = {}
        self._keys: dict[Model, list[Field]] = {}
        self._many: dict[Model, list[Field]] = {}
        self._pairs: dict[Field, Model] = {}
        for model in graph.models():
            if not model.is_abstract:
                for field in model.fields.values():
                    self._enter(field)
        self._user = graph.labelled(user) or self._adopted(user)

    def _enter(self, field: Field) -> None:
        target = field.target
        if target is None and field.target_label and field.is_relation:
            target = self._adopted(field.target_label)
        if target is None:
            return
        if field.kind in _KEYS:
            self._keys.setdefault(target, []).append(field)
        elif field.kind is FieldKind.MANY_TO_MANY and target is not field.owner:
            self._many.setdefault(target, []).append(field)
        root = self._root(target)
        # Django gives the accessor to the model whose table it is, not to a proxy of it alone.
        is_known = field.target is not None and root is field.target
        if not is_known and not field.related_name.endswith("+"):
            one = field.kind is FieldKind.ONE_TO_ONE
            owner = field.owner
            own = field.related_name.replace("%(class)s", owner.name.lower())
            own = own.replace("%(app_label)s", owner.app.lower())
            name = own or f"{owner.name.lower()}{'' if one else '_set'}"
            self._reverse.setdefault(root, {})[name] = field
            self._queries.setdefault(root, {})[own or owner.name.lower()] = field

    def _root(self, model: Model) -> Model:
        """The model whose table a proxy has; the model itself if it is none."""
        if not model.is_proxy:
            return model
        if model.parents:
            return self._root(model.parents[0])
        for base in self._codebase.lineage(model.ref)[1:]:
            if isinstance(base, External) and ".models." in base.name:
                return self._adopted(base.name)
        return model

    def _adopted(self, label: str) -> Model:
        key = _label(label)
        known = self._outside.get(key)
        if known is None:
            app, _, name = key.rpartition(".")
            module = PythonModule(f"{app}.models", f"<{app}>", f"<{app}>", is_package=False)
            ref = ClassRef(module, Class(0, 0, name, (), (), (), ()), name)
            known = self._outside[key] = Model(ref, app, name)
            self._refs[ref] = known
        return known

    def row(self, model: Model) -> bytes:
        """What tells a model from any that is something else, but for its fields."""
        return self._graph.row(model)

    def facts(self) -> Iterator[Fact]:
        """All that can be asked for."""
        yield from self._graph.facts()
        row, row_of = self._graph.row, self._graph.row_of
        yield USER, row(self._user)
        for label in self._outside:
            yield OUTSIDE + label, label
        for prefix, known in ((REVERSE, self._reverse), (QUERIED, self._queries)):
            for model, fields in known.items():
                for name, field in fields.items():
                    yield f"{prefix}{model.key} {name}", row_of(field)
        for model, keys in self._keys.items():
            yield KEYS + model.key, [(row(one.owner), one.on_delete) for one in keys]
        for model, many in self._many.items():
            yield PAIRS + model.key, [(row(one.owner), one.name, one.through) for one in many]

    # --- Models

    @property
    def user(self) -> Model:
        """The model of users."""
        self._consulted.look(USER)
        return self._user

    def models(self) -> Iterator[Model]:
        """The project's own models."""
        return self._graph.models()

    def model_of(self, ref: ClassRef) -> Model | None:
        """The model that a class is."""
        return self._graph.model_of(ref) or self._refs.get(ref)

    def labelled(self, label: str) -> Model | None:
        """The model ``app.Model``."""
        return self._graph.labelled(label) or self._of_library(label)

    def outside(self, dotted: str) -> Model | None:
        """The model of a library by the name under which its class is imported."""
        return self._of_library(_label(dotted)) if ".models." in dotted else None

    def _of_library(self, label: str) -> Model | None:
        self._consulted.look(OUTSIDE + label)
        return self._outside.get(label)

    # --- From model to model

    def with_table(self, name: str) -> Model | None:
        """The model of a table, in any case of letters."""
        return self._graph.with_table(name)

    def target(self, field: Field) -> Model | None:
        """What a relation refers to."""
        if field.target is None and field.target_label and field.is_relation:
            return self._of_library(_label(field.target_label))
        return field.target

    def through(self, field: Field) -> Model:
        """The model between the two of a many-to-many relation, or whose table Django makes."""
        found = self._graph.labelled(field.through) if field.through else None
        return found or field.owner

    def pairs(self, field: Field) -> Model:
        """What has the rows of a many-to-many relation, which Django makes where none is written.

        Django calls it ``Order_tags`` of ``Order.tags``.
        """
        if field.through:
            return self.through(field)
        known = self._pairs.get(field)
        if known is None:
            owner = field.owner
            name = f"{owner.name}_{field.name}"
            known = self._pairs[field] = Model(owner.ref, owner.app, name)
        return known

    def field(self, model: Model, name: str) -> Field | None:
        """A field by its name."""
        return self._graph.field(model, name)

    def reverse(self, model: Model, name: str) -> Field | None:
        """The field of another model that this one knows under an attribute's name."""
        return self._graph.reverse(model, name) or self._by_root(REVERSE, model, name)

    def queried(self, model: Model, name: str) -> Field | None:
        """The field of another model that lookups on this one call by a name."""
        return self._graph.queried(model, name) or self._by_root(QUERIED, model, name)

    def _by_root(self, prefix: str, model: Model, name: str) -> Field | None:
        fields = self._reverse if prefix == REVERSE else self._queries
        for one in self._graph.family(model):
            root = self._root(one)
            self._consulted.look(f"{prefix}{root.key} {name}")
            found = fields.get(root, {}).get(name)
            if found is not None:
                return found
        return None

    def child(self, model: Model, name: str) -> Model | None:
        """The model that extends this one's table, by the name that leads to it."""
        return self._graph.child(model, name)

    def cascades(self, model: Model) -> list[Model]:
        """The models of which rows are deleted along with rows of this one."""
        found = self._graph.cascades(model)
        if model.ref in self._refs:
            for field in self._referring(model):
                if field.on_delete == "CASCADE":
                    found.extend((field.owner, *self._graph.cascades(field.owner)))
        for one in (model, *found):
            # Rows of pairs with it that others have; its own go without saying.
            self._consulted.look(PAIRS + one.key)
            found.extend(self.pairs(field) for field in self._many.get(one, ()))
        return list(dict.fromkeys(found))

    def emptied(self, model: Model) -> list[Model]:
        """The models of which rows lose what they refer to when rows of this one are deleted."""
        gone = (model, *self.cascades(model))
        return list(
            dict.fromkeys(
                field.owner
                for one in gone
                for field in self._referring(one)
                if field.on_delete in _EMPTYING and field.owner not in gone
            )
        )

    def _referring(self, model: Model) -> list[Field]:
        self._consulted.look(KEYS + model.key)
        return self._keys.get(model, [])


def _label(dotted: str) -> str:
    """``auth.User`` of ``django.contrib.auth.models.User``."""
    parts = [part for part in dotted.split(".") if part != "models"]
    return ".".join(parts[-2:])
