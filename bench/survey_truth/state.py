"""The models that migrations have made so far, as far as relations between them go."""

from dataclasses import dataclass, field, replace

ModelKey = tuple[str, str]
"""A model's app label and its name in lower case."""


@dataclass(frozen=True)
class Column:
    """A field of a model; one that is no relation has no kind."""

    name: str
    file: str
    line: int
    kind: str | None = None
    to: ModelKey | None = None
    through: ModelKey | None = None
    on_delete: str | None = None
    null: bool = False
    parent_link: bool = False
    is_made_by_django: bool = False


@dataclass
class Model:
    """A model: its fields, and the models that it comes from."""

    app: str
    name: str
    file: str
    line: int
    columns: dict[str, Column] = field(default_factory=dict)
    bases: list[ModelKey] = field(default_factory=list)
    is_proxy: bool = False


class Missing(Exception):
    """An operation names what no earlier one made."""


@dataclass
class State:
    """All models, and the displayed names of those that were met."""

    models: dict[ModelKey, Model] = field(default_factory=dict)

    def model(self, app: str, name: str) -> Model:
        """The model of this name.

        Raises:
            Missing: no operation has made it.
        """
        try:
            return self.models[app, name.lower()]
        except KeyError:
            raise Missing(f"no model {app}.{name} has been made") from None

    def create(self, model: Model) -> None:
        """Add a model."""
        self.models[model.app, model.name.lower()] = model

    def delete(self, app: str, name: str) -> None:
        """Take a model away."""
        self.model(app, name)
        del self.models[app, name.lower()]

    def rename(self, app: str, old: str, new: str) -> None:
        """Rename a model, and point to it under its new name what pointed to the old."""
        model = self.model(app, old)
        before, after = (app, old.lower()), (app, new.lower())
        del self.models[before]
        model.name = new
        self.models[after] = model
        for one in self.models.values():
            one.bases = [after if base == before else base for base in one.bases]
            for name, column in one.columns.items():
                one.columns[name] = replace(
                    column,
                    to=after if column.to == before else column.to,
                    through=after if column.through == before else column.through,
                )

    def put(self, app: str, model: str, column: Column) -> None:
        """Add a field to a model, or change it."""
        self.model(app, model).columns[column.name] = column

    def remove(self, app: str, model: str, name: str) -> None:
        """Take a field away.

        Raises:
            Missing: no operation has made it.
        """
        if self.model(app, model).columns.pop(name, None) is None:
            raise Missing(f"no field {app}.{model}.{name} has been made")

    def rename_field(self, app: str, model: str, old: str, new: str) -> None:
        """Rename a field, in its place.

        Raises:
            Missing: no operation has made it.
        """
        columns = self.model(app, model).columns
        if old not in columns:
            raise Missing(f"no field {app}.{model}.{old} has been made")
        self.model(app, model).columns = {
            (new if name == old else name): (replace(one, name=new) if name == old else one)
            for name, one in columns.items()
        }

    def relations(self) -> frozenset[object]:
        """What can be compared between two states: all that is about relations."""
        return frozenset(
            (key, column.name, column.kind, column.to, column.through)
            for key, model in self.models.items()
            for column in model.columns.values()
            if column.kind
        ) | frozenset((key, tuple(model.bases)) for key, model in self.models.items())

    def adopt(self, other: "State") -> None:
        """Add the fields that only another state has, of the models that both have."""
        for key in self.models.keys() & other.models.keys():
            self.models[key].columns = other.models[key].columns | self.models[key].columns

    def copy(self) -> "State":
        """A state of its own with the same models."""
        return State(
            {
                key: replace(model, columns=dict(model.columns), bases=list(model.bases))
                for key, model in self.models.items()
            }
        )
