"""Reads the field in an operation to what it says of a relation."""

from bench.survey_truth.migrations import Migration
from bench.survey_truth.sources import Sources
from bench.survey_truth.state import Column, ModelKey
from bench.survey_truth.values import Called, Class, Either, Named, Unread, Value

KINDS = {
    "ForeignKey": "foreign_key",
    "OneToOneField": "one_to_one",
    "ManyToManyField": "many_to_many",
}
# `ForeignObject` has no column of its own, but it joins like a key.
UNKNOWN = "unknown"
DJANGO_FIELDS = {**KINDS, "ForeignObject": "foreign_key"}


class NotTold(Exception):
    """A field can't be read to the relation that it is."""


class Fields:
    """Reads the fields of one project's migrations."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources

    def read(self, migration: Migration, model: str, name: str, value: Value) -> Column:
        """The field as a column.

        Raises:
            NotTold: it is, or may be, a relation that isn't spelled out.
        """
        value = self._sources.resolve(value, migration.path)
        if isinstance(value, Either):
            both = [self.read(migration, model, name, one) for one in value.choices]
            if (both[0].kind, both[0].to) != (both[1].kind, both[1].to):
                raise NotTold(f"the field {model}.{name} depends on `{value.condition}`")
            return both[0]
        if not isinstance(value, Called):
            reason = value.reason if isinstance(value, Unread) else "it is no call"
            raise NotTold(f"the field {model}.{name} isn't read: {reason}")
        kind = self._kind(value, migration, model, name)
        if kind is None:
            return Column(name, migration.file, value.line)
        to = value.argument("to", 0)
        through = value.keywords.get("through")
        on_delete = value.argument("on_delete", 1) if kind != "many_to_many" else None
        return Column(
            name,
            migration.file,
            value.line,
            kind=kind,
            to=self._model(to, migration, model, f"the target of {model}.{name}"),
            through=self._model(through, migration, model, f"`through` of {model}.{name}")
            if through is not None
            else None,
            on_delete=_on_delete(on_delete) if kind != "many_to_many" else None,
            null=value.keywords.get("null") is True,
            parent_link=value.keywords.get("parent_link") is True,
            is_made_by_django=value.keywords.get("auto_created") is True,
        )

    def _kind(self, call: Called, migration: Migration, model: str, name: str) -> str | None:
        outside: Named | None = None
        for one in self._sources.ancestry(call.function, migration.path):
            if not isinstance(one, Named):
                continue
            if one.path.startswith(("django.db.models.", "django.contrib.gis.db.models.")):
                if one.last in DJANGO_FIELDS:
                    return DJANGO_FIELDS[one.last]
                outside = outside if outside and not outside.path.startswith("django.") else one
            else:
                outside = one
        if outside is None:
            raise NotTold(f"the class of the field {model}.{name} isn't read")
        by_position = outside.last.endswith(tuple(KINDS)) and call.args
        if "to" not in call.keywords and not by_position:
            return None
        return _kind_by_name(outside)

    def _model(self, value: Value, migration: Migration, model: str, what: str) -> ModelKey:
        value = self._sources.resolve(value, migration.path)
        if isinstance(value, Class):
            raise NotTold(f"{what} is a class, not a model's name")
        if not isinstance(value, str):
            told = value.path if isinstance(value, Named) else getattr(value, "reason", value)
            raise NotTold(f"{what} isn't read: {told}")
        if value == "self":
            return (migration.app, model.lower())
        app, dot, name = value.rpartition(".")
        return (app if dot else migration.app, name.lower())


def _on_delete(value: Value) -> str:
    value = value.function if isinstance(value, Called) else value
    if isinstance(value, Named):
        return value.last
    # Before Django 2.0 a key cascaded where nothing was said.
    return "CASCADE" if value is None else getattr(value, "name", "?")


def _kind_by_name(outside: Named) -> str:
    """What kind a library's field is, whose source isn't here, by what libraries call them."""
    name = outside.last.lower()
    for part, kind in (
        ("manytomany", "many_to_many"),
        ("m2m", "many_to_many"),
        ("taggablemanager", "many_to_many"),
        ("onetoone", "one_to_one"),
        ("key", "foreign_key"),
    ):
        if part in name:
            return kind
    return UNKNOWN
