"""Models and their fields as values, and what leads from one to another."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from banyan.survey.consulted import Consulted, Fact, Marks, digest, number
from banyan.survey.meanings import ClassRef

# What names begin with by which it is marked what was asked for: of a class, whether and what it
# is as a model; the model of a label; a field of a model, by its name, or by that under which the
# other end knows it, as an attribute or in lookups; the models that extend it or refer to it; the
# model of a table.
MODEL: Final = "model "
LABELLED: Final = "labelled "
FIELD: Final = "field "
REVERSE: Final = "reverse "
QUERIED: Final = "queried "
CHILDREN: Final = "children "
KEYS: Final = "keys to "
TABLE: Final = "table "


class FieldKind(StrEnum):
    """What a field is to the model graph."""

    PLAIN = "plain"
    FOREIGN_KEY = "foreign_key"
    ONE_TO_ONE = "one_to_one"
    MANY_TO_MANY = "many_to_many"
    GENERIC_FOREIGN_KEY = "generic_foreign_key"
    GENERIC_RELATION = "generic_relation"


@dataclass(slots=True, eq=False)
class Field:
    """A field of one model; one that is inherited is a value of its own for each heir.

    Attributes:
        owner: the model that has the column.
        target: the first-party model that it refers to.
        target_label: as ``users.User``; known for models outside of the project too; "" if none.
        declared_in: the class in whose body it stands; the owner's own, or an abstract one.
        path: the file in which it stands.
        reverse: the attribute by which the target knows it; "" if it doesn't.
        query_name: the name in lookups on the target; "" if there is none.
        through: the label of the model between the two of a many-to-many relation, if written.
        related_name: as written.
    """

    owner: "Model"
    name: str
    kind: FieldKind
    declared_in: ClassRef | None
    path: str
    line: int
    target: "Model | None" = None
    target_label: str = ""
    on_delete: str = ""
    null: bool = False
    related_name: str = ""
    reverse: str = ""
    query_name: str = ""
    through: str = ""
    table: str = ""

    @property
    def attname(self) -> str:
        """The attribute that has the column's own value."""
        is_key = self.kind in (FieldKind.FOREIGN_KEY, FieldKind.ONE_TO_ONE)
        return f"{self.name}_id" if is_key else self.name

    @property
    def marks(self) -> Marks:
        """That it was looked at."""
        return Marks((number(f"{FIELD}{self.owner.key} {self.name}"),))

    @property
    def is_relation(self) -> bool:
        """Whether it leads to rows of a model."""
        return self.kind not in (FieldKind.PLAIN, FieldKind.GENERIC_FOREIGN_KEY)

    def __repr__(self) -> str:
        return f"<{self.kind} {self.owner.label}.{self.name}>"


@dataclass(slots=True, eq=False)
class Model:
    """A class that derives from ``django.db.models.Model``.

    Attributes:
        app: the label of its app; "" for an abstract one outside of all apps.
        fields: by name, those of abstract bases included, those of parent tables not.
        is_managed: whether Django makes its table; if not, the table may be another model's.
        parents: the models whose tables it extends or, as a proxy, whose table it has.
        key: what tells it from others in the names of what was asked for.
        marks: that it was looked at.
    """

    ref: ClassRef
    app: str
    name: str
    is_abstract: bool = False
    is_proxy: bool = False
    is_managed: bool = True
    table: str = ""
    fields: dict[str, Field] = field(default_factory=dict[str, Field])
    parents: tuple["Model", ...] = ()
    swapped_by: str = ""
    key: str = field(init=False)
    marks: Marks = field(init=False)

    def __post_init__(self) -> None:
        self.key = key_of(self.ref)
        self.marks = Marks((number(MODEL + self.key), *self.ref.marks.names))

    @property
    def label(self) -> str:
        """As ``orders.Order``."""
        return f"{self.app}.{self.name}"

    def __repr__(self) -> str:
        return f"<model {self.label}>"


def key_of(ref: ClassRef) -> str:
    """What tells a class from others in the names of what was asked for."""
    return f"{ref.module.path} {ref.qualname}"


class ModelGraph:
    """The models of a project, and the ways between them.

    Whoever has a model was told all that it is itself, but for its fields, and whoever has a field
    its name, its kind, the models at its ends and the one between; the rest is to be asked for
    here.

    Args:
        consulted: is told what was asked for, whether or not there was anything.
    """

    def __init__(self, models: Iterable[Model], consulted: Consulted) -> None:
        self._consulted = consulted
        self._rows: dict[Model | Field, bytes] = {}
        self._by_ref: dict[ClassRef, Model] = {}
        # Of the classes that are no models: that this was asked.
        self._strangers: dict[ClassRef, Marks] = {}
        self._by_label: dict[str, list[Model]] = {}
        self._tables: dict[str, Model] = {}
        self._reverse: dict[Model, dict[str, Field]] = {}
        self._queries: dict[Model, dict[str, Field]] = {}
        self._children: dict[Model, list[Model]] = {}
        self._keys: dict[Model, list[Field]] = {}
        for model in models:
            self._by_ref[model.ref] = model
            if not model.is_abstract:
                self._by_label.setdefault(model.label.lower(), []).append(model)

    def connect(self) -> None:
        """Enter the relations at their other ends, when all fields are known."""
        # A table is rather that of who makes it than that of who only maps it.
        for model in sorted(self.models(), key=lambda one: not one.is_managed):
            if model.table and not model.is_proxy and not model.is_abstract:
                self._tables.setdefault(model.table.lower(), model)
        for model in self.models():
            if model.is_abstract:
                continue
            for parent in model.parents:
                self._children.setdefault(parent, []).append(model)
            for each in model.fields.values():
                if each.table:
                    self._tables.setdefault(each.table.lower(), model)
                if each.target is not None:
                    if each.kind in (FieldKind.FOREIGN_KEY, FieldKind.ONE_TO_ONE):
                        self._keys.setdefault(each.target, []).append(each)
                    if each.reverse:
                        self._reverse.setdefault(each.target, {})[each.reverse] = each
                    if each.query_name:
                        self._queries.setdefault(each.target, {})[each.query_name] = each

    def models(self) -> Iterator[Model]:
        """All models, abstract ones included."""
        return iter(self._by_ref.values())

    def facts(self) -> Iterator[Fact]:
        """All that can be asked for, but for the lines on which models and fields are declared."""
        for model in self.models():
            yield MODEL + model.key, self.row(model)
            for each in model.fields.values():
                yield f"{FIELD}{model.key} {each.name}", self.row_of(each)
        for label, models in self._by_label.items():
            yield LABELLED + label, self.row(models[0])
        for prefix, known in ((REVERSE, self._reverse), (QUERIED, self._queries)):
            for model, fields in known.items():
                for name, each in fields.items():
                    yield f"{prefix}{model.key} {name}", self.row_of(each)
        for model, children in self._children.items():
            yield CHILDREN + model.key, [self.row(one) for one in children]
        for model, keys in self._keys.items():
            yield KEYS + model.key, [(self.row(one.owner), one.on_delete) for one in keys]
        for name, model in self._tables.items():
            yield TABLE + name, self.row(model)

    def row(self, model: Model) -> bytes:
        """What tells a model from any that is something else, but for its fields."""
        known = self._rows.get(model)
        if known is None:
            # One that derives from itself ends here.
            self._rows[model] = b""
            known = self._rows[model] = digest(
                (
                    model.key,
                    model.label,
                    model.is_abstract,
                    model.is_proxy,
                    model.is_managed,
                    model.table,
                    [self.row(one) for one in model.parents],
                    model.swapped_by,
                )
            )
        return known

    def row_of(self, each: Field) -> bytes:
        """What tells a field, and the models at its ends, from any that are something else.

        What it does on a deletion, and under which name the other end knows it, is asked for by
        itself; the rest is told of the field alone, in every run anew.
        """
        known = self._rows.get(each)
        if known is None:
            known = self._rows[each] = digest(
                (
                    self.row(each.owner),
                    each.name,
                    each.kind.value,
                    each.target and self.row(each.target),
                    each.target_label,
                    each.through,
                )
            )
        return known

    def model_of(self, ref: ClassRef) -> Model | None:
        """The model that a class is."""
        found = self._by_ref.get(ref)
        marks = found.marks if found is not None else self._strangers.get(ref)
        if marks is None:
            marks = self._strangers[ref] = Marks((number(MODEL + key_of(ref)),))
        self._consulted.take(marks)
        return found

    def labelled(self, label: str) -> Model | None:
        """The model ``app.Model``, in any case of letters, as in Django."""
        label = label.lower()
        self._consulted.look(LABELLED + label)
        found = self._by_label.get(label)
        return found[0] if found else None

    def with_table(self, name: str) -> Model | None:
        """The model of a table, in any case of letters; of one between many and many, its owner."""
        name = name.lower()
        self._consulted.look(TABLE + name)
        return self._tables.get(name)

    def family(self, model: Model) -> Iterator[Model]:
        """A model and those whose tables it extends, the nearest first."""
        seen: set[Model] = set()
        waiting = [model]
        while waiting:
            one = waiting.pop(0)
            if one not in seen:
                seen.add(one)
                yield one
                waiting.extend(one.parents)

    def field(self, model: Model, name: str) -> Field | None:
        """A field by its name, a parent table's included."""
        for one in self.family(model):
            self._consulted.look(f"{FIELD}{one.key} {name}")
            if name in one.fields:
                return one.fields[name]
        return None

    def reverse(self, model: Model, name: str) -> Field | None:
        """The field of another model that this one knows under an attribute's name."""
        for one in self.family(model):
            self._consulted.look(f"{REVERSE}{one.key} {name}")
            found = self._reverse.get(one, {}).get(name)
            if found is not None:
                return found
        return None

    def queried(self, model: Model, name: str) -> Field | None:
        """The field of another model that lookups on this one call by a name."""
        for one in self.family(model):
            self._consulted.look(f"{QUERIED}{one.key} {name}")
            found = self._queries.get(one, {}).get(name)
            if found is not None:
                return found
        return None

    def children(self, model: Model) -> Sequence[Model]:
        """The models that extend this one's table, or are proxies of it."""
        self._consulted.look(CHILDREN + model.key)
        return self._children.get(model, ())

    def child(self, model: Model, name: str) -> Model | None:
        """The model that extends this one's table, by the name that leads to it."""
        for one in self.children(model):
            if one.name.lower() == name and not one.is_proxy:
                return one
        return None

    def cascades(self, model: Model) -> list[Model]:
        """The models of which rows are deleted along with rows of this one, at any distance."""
        found: list[Model] = []
        waiting = [model]
        while waiting:
            for each in self._referring(waiting.pop()):
                if each not in found and each is not model:
                    found.append(each)
                    waiting.append(each)
        return found

    def _referring(self, model: Model) -> Iterator[Model]:
        children = self.children(model)
        for one in (model, *children):
            self._consulted.look(KEYS + one.key)
            for key in self._keys.get(one, ()):
                if key.on_delete == "CASCADE":
                    yield key.owner
        yield from children
