"""Lets old migrations run unedited in a service that has only some of their tables."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import ForeignKey, Model

from banyan.data.holdings import AnyField, Presence, holdings
from banyan.data.migrating import refusal_of


def _here(name: str) -> Callable[..., Any]:
    """The method of that name, for models whose table is here; nothing for others."""

    def method(self: "ResidentSchemaEditor", model: type[Model], *args: Any, **kwargs: Any) -> Any:
        if self.leaves_alone(model):
            return None
        with self.inside():
            return getattr(super(ResidentSchemaEditor, self), name)(model, *args, **kwargs)

    method.__name__ = name
    return method


class ResidentSchemaEditor(BaseDatabaseSchemaEditor):
    """Leaves alone the tables that are elsewhere, and out the constraints that refer to them."""

    # Django's editors call their own methods, also with models made up for the occasion, as
    # SQLite's new table under another name: only the outermost call is judged.
    _depth = 0

    delete_model = _here("delete_model")
    add_index = _here("add_index")
    remove_index = _here("remove_index")
    rename_index = _here("rename_index")
    add_constraint = _here("add_constraint")
    remove_constraint = _here("remove_constraint")
    alter_unique_together = _here("alter_unique_together")
    alter_index_together = _here("alter_index_together")
    alter_db_table = _here("alter_db_table")
    alter_db_table_comment = _here("alter_db_table_comment")
    alter_db_tablespace = _here("alter_db_tablespace")
    remove_field = _here("remove_field")
    _alter_many_to_many = _here("_alter_many_to_many")

    def create_model(self, model: type[Model]) -> None:
        """Create a table, without constraints to rows that live elsewhere."""
        if self.leaves_alone(model):
            return
        with self.inside(), _without_constraints(model, model._meta.local_fields):
            super().create_model(model)

    def add_field(self, model: type[Model], field: AnyField) -> None:
        """Add a column, without a constraint to rows that live elsewhere."""
        if self.leaves_alone(model):
            return
        with self.inside(), _without_constraints(model, [field]):
            super().add_field(model, field)

    def alter_field(
        self, model: type[Model], old_field: AnyField, new_field: AnyField, strict: bool = False
    ) -> None:
        """Alter a column; where its table is elsewhere, the columns here that refer to it."""
        if self.leaves_alone(model):
            for target, old, new in _followers(old_field, new_field):
                self.alter_field(target, old, new)
            return
        with (
            self.inside(),
            _without_constraints(model, [old_field, new_field]),
            _without_relations_elsewhere(old_field.model),
            _without_relations_elsewhere(new_field.model),
        ):
            super().alter_field(model, old_field, new_field, strict)

    def _constraint_names(self, model: type[Model], *args: Any, **kwargs: Any) -> list[str]:
        """The constraints that the database has; of a table elsewhere, one that never matters."""
        if self.leaves_alone(model):
            # RenameIndex looks for the one index that it is going to rename.
            return ["elsewhere"]
        editor: Any = super()
        return list(editor._constraint_names(model, *args, **kwargs))

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc_value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Say which migration needed whose table, where that is what went wrong."""
        super().__exit__(exc_type, exc_value, traceback)
        if exc_value is not None and (refusal := refusal_of(exc_value, traceback)):
            raise refusal from exc_value

    def leaves_alone(self, model: type[Model]) -> bool:
        """Whether a model's table is in another service's database."""
        return not self._depth and holdings().of(model) is Presence.AWAY

    @contextmanager
    def inside(self) -> Iterator[None]:
        """The length of a call that has been judged."""
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1


@contextmanager
def _without_constraints(model: type[Model], fields: list[AnyField]) -> Iterator[None]:
    held = holdings()
    loose: list[Any] = [
        field
        for field in fields
        if isinstance(field, ForeignKey)
        and getattr(field, "db_constraint", False)
        and not held.keeps_constraint(model, field)
    ]
    for field in loose:
        field.db_constraint = False
    try:
        yield
    finally:
        for field in loose:
            field.db_constraint = True


@contextmanager
def _without_relations_elsewhere(model: type[Model]) -> Iterator[None]:
    """Hide from Django's editor the tables elsewhere that refer to a model, lest it alter them."""
    options: Any = model._meta
    held, complete = holdings(), options._get_fields

    def present(*args: Any, **kwargs: Any) -> list[Any]:
        return [
            found
            for found in complete(*args, **kwargs)
            if not found.auto_created
            or found.concrete
            or held.of(found.related_model) is not Presence.AWAY
        ]

    vars(options)["_get_fields"] = present
    try:
        yield
    finally:
        del vars(options)["_get_fields"]


def _followers(old: AnyField, new: AnyField) -> Iterator[tuple[type[Model], AnyField, AnyField]]:
    """The foreign keys here whose columns take their type from a column elsewhere."""
    held = holdings()
    renewed = {(model._meta.label, field.name): field for model, field in _keys_to(new)}
    for model, field in _keys_to(old):
        after = renewed.get((model._meta.label, field.name))
        if after is None:
            continue
        if held.of(model) is not Presence.AWAY:
            yield model, field, after
        elif field.primary_key:
            yield from _followers(field, after)


def _keys_to(target: AnyField) -> Iterator[tuple[type[Model], AnyField]]:
    for relation in target.model._meta.get_fields(include_hidden=True):
        if not relation.auto_created or relation.concrete or relation.many_to_many:
            continue
        field = getattr(relation, "field", None)
        if isinstance(field, ForeignKey) and target in field.foreign_related_fields:
            yield field.model, field
