"""Lets old migrations run unedited in a service that has only some of their tables."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from types import TracebackType
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
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
        with self.inside(), _without_constraints(model._meta.local_fields):
            super().create_model(model)

    def add_field(self, model: type[Model], field: AnyField) -> None:
        """Add a column, without a constraint to rows that live elsewhere."""
        if self.leaves_alone(model):
            return
        with self.inside(), _without_constraints([field]):
            super().add_field(model, field)

    def alter_field(
        self, model: type[Model], old_field: AnyField, new_field: AnyField, strict: bool = False
    ) -> None:
        """Alter a column; where its table is elsewhere, the columns here that refer to it."""
        if self.leaves_alone(model):
            self._follow(old_field, new_field, by_django=False)
            return
        # Django alters and constrains the columns that refer to this one as well.
        family = _family(old_field.model) | _family(new_field.model)
        with (
            self.inside(),
            _without_constraints([old_field, new_field, *_keys_to(family)]),
            _without_relations_elsewhere(family),
        ):
            super().alter_field(model, old_field, new_field, strict)
        self._follow(old_field, new_field, by_django=True)

    def _follow(self, old: AnyField, new: AnyField, *, by_django: bool) -> None:
        """Let the columns here take the type of a key that changes.

        Args:
            by_django: whether Django's editor does so itself; it stops at a table elsewhere.
        """
        if _type_of(old, self.connection) == _type_of(new, self.connection):
            # SQLite's integers have one size as keys; Django then leaves what refers to them.
            return
        for key, renewed in _keys_that_refer_to(old, new):
            is_away = holdings().of(key.model) is Presence.AWAY
            if not is_away and not by_django:
                self._change_type(key, renewed)
            if key.primary_key:
                # Whatever refers to that model refers to the same key in the end.
                self._follow(key, renewed, by_django=by_django and not is_away)

    def _change_type(self, old: ForeignKey[Any, Any], new: ForeignKey[Any, Any]) -> None:
        """Give a foreign key's column the type of the key that it refers to."""
        before, after = old.db_parameters(self.connection), new.db_parameters(self.connection)
        if before["type"] == after["type"]:
            return
        # By its public method Django's editor would see no difference: both refer to the same key.
        editor: Any = super()
        with self.inside(), _without_constraints([old, new]):
            editor._alter_field(
                old.model, old, new, before["type"], after["type"], before, after, strict=False
            )

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


def _type_of(field: AnyField, connection: BaseDatabaseWrapper) -> str | None:
    return field.db_parameters(connection)["type"]


@contextmanager
def _without_constraints(fields: Iterable[AnyField]) -> Iterator[None]:
    held = holdings()
    loose: list[Any] = [
        field
        for field in fields
        if isinstance(field, ForeignKey)
        and getattr(field, "db_constraint", False)
        and not held.keeps_constraint(field)
    ]
    for field in loose:
        field.db_constraint = False
    try:
        yield
    finally:
        for field in loose:
            field.db_constraint = True


@contextmanager
def _without_relations_elsewhere(models: Iterable[type[Model]]) -> Iterator[None]:
    """Hide from Django's editor the tables elsewhere that refer to models, lest it alter them."""
    with ExitStack() as stack:
        for model in models:
            options: Any = model._meta
            # On the instance it hides the class's method, and deleted there it is back.
            options._get_fields = partial(_present, options._get_fields)
            stack.callback(delattr, options, "_get_fields")
        yield


def _present(get_fields: Callable[..., Iterable[Any]], *args: Any, **kwargs: Any) -> list[Any]:
    held = holdings()
    return [
        field
        for field in get_fields(*args, **kwargs)
        if not _is_reverse(field) or held.of(field.related_model) is not Presence.AWAY
    ]


def _family(model: type[Model]) -> set[type[Model]]:
    """A model and those that share its key: one whose primary key refers to it, and so on."""
    found = {model}
    while sharing := {
        field.model for field in _keys_to(found) if field.primary_key and field.model not in found
    }:
        found |= sharing
    return found


def _keys_that_refer_to(
    old: AnyField, new: AnyField
) -> "Iterator[tuple[ForeignKey[Any, Any], ForeignKey[Any, Any]]]":
    """The foreign keys that take their columns' type from a field, before and after a change."""
    after = {(key.model._meta.label, key.name): key for key in _keys_to([new.model])}
    for key in _keys_to([old.model]):
        renewed = after.get((key.model._meta.label, key.name))
        if renewed is not None and old in key.foreign_related_fields:
            yield key, renewed


def _keys_to(models: Iterable[type[Model]]) -> "Iterator[ForeignKey[Any, Any]]":
    """The foreign keys that refer to models."""
    for model in models:
        for relation in model._meta.get_fields(include_hidden=True):
            field = getattr(relation, "field", None)
            if _is_reverse(relation) and isinstance(field, ForeignKey):
                yield field


def _is_reverse(field: Any) -> bool:
    return bool(field.auto_created and not field.concrete)
