"""Which models have their table in this service's database, and which may be queried there."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeGuard

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RenameModel
from django.db.models import Field, Model

from banyan import modules
from banyan.modules import Residency

if TYPE_CHECKING:
    # Django's fields take parameters in its stubs alone.
    AnyField = Field[Any, Any]
else:
    AnyField = Field

ModelName = tuple[str, str]
"""An app's label, and a model's lower-case name."""

FOUNDATION = frozenset(
    {
        "django.contrib.admin",
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
    }
)
"""Django's own apps that each service needs for itself, whatever module lists them."""


class Presence(StrEnum):
    """How a model stands to this service.

    ``HOME``: its rows are this service's own.
    ``GUEST``: its table is here for Django's and Banyan's own use; the application must not ask it.
    ``AWAY``: its table is not here.
    """

    HOME = "home"
    GUEST = "guest"
    AWAY = "away"


class Holdings:
    """The tables of one service's database."""

    def __init__(self, residency: Residency) -> None:
        self.residency = residency

    def of(self, model: type[Model]) -> Presence:
        """Where a model stands, be it the project's own or one of a migration's past."""
        options = model._meta
        # The hidden model of a many-to-many field lives where the model with the field does.
        creator: object = options.auto_created
        owner = creator if _is_model(creator) else model
        concrete = owner._meta.concrete_model or owner
        name = (concrete._meta.app_label, concrete._meta.model_name or "")
        return (
            self.in_the_past(*name)
            if is_of_a_migration(model)
            else self._stands(name, self._guests)
        )

    def in_the_past(self, app_label: str, model_name: str) -> Presence:
        """Where a model stands that may have had another name then."""
        return self._stands((app_label, model_name), self._guests_ever)

    def _stands(self, name: ModelName, guests: frozenset[ModelName]) -> Presence:
        if self.residency.service is None or self.is_resident(name[0]):
            return Presence.HOME
        if name in guests:
            return Presence.GUEST
        return Presence.HOME if self._app(name[0]) in FOUNDATION else Presence.AWAY

    def is_resident(self, app_label: str) -> bool:
        """Whether an app is resident; one in no module is, in every service."""
        module = self.module_of(app_label)
        return module is None or self.residency.is_resident(module)

    def module_of(self, app_label: str) -> str | None:
        """The module that an app belongs to."""
        name = self._app(app_label)
        return self.residency.module_of(name) if name else None

    def has_code(self, app_label: str) -> bool:
        """Whether a data migration of an app has its rows here."""
        return self._app(app_label) in FOUNDATION or self.is_resident(app_label)

    def keeps_constraint(self, field: AnyField) -> bool:
        """Whether each row that a field refers to is sure to be in this database."""
        target = getattr(field.remote_field, "model", None)
        if not _is_model(target):
            return True
        presence = self.of(target)
        if presence is Presence.GUEST:
            # Its own tables arrive with its rows; others may refer to somebody who is not here.
            return field.model._meta.app_label == target._meta.app_label
        return presence is Presence.HOME

    @cached_property
    def guests(self) -> Mapping[str, type[Model]]:
        """The tables that are here without being resident, with their models."""
        return {
            model._meta.db_table: model
            for model in apps.get_models(include_auto_created=True)
            if self.of(model) is Presence.GUEST
        }

    @cached_property
    def tables(self) -> Mapping[str, type[Model]]:
        """The models of all modules, by their tables' names."""
        return {
            model._meta.db_table: model
            for model in apps.get_models(include_auto_created=True)
            if self.module_of(model._meta.app_label) is not None
        }

    @cached_property
    def borrowed(self) -> frozenset[type[Model]]:
        """The models that the user model refers to by many-to-many fields: groups, permissions.

        Their rows are this service's own, but who holds them is known where users live.
        """
        return frozenset(
            field.related_model
            for model in self.guests.values()
            for field in model._meta.many_to_many
        )

    def _app(self, label: str) -> str | None:
        # A migration may speak of an app that is no longer installed.
        config = apps.app_configs.get(label)
        return config.name if config else None

    @cached_property
    def _guests(self) -> frozenset[ModelName]:
        """The user model and its parents."""
        try:
            user = get_user_model()
        except ImproperlyConfigured:
            return frozenset()
        family = (user, *user._meta.all_parents)
        return frozenset((one._meta.app_label, one._meta.model_name or "") for one in family)

    @cached_property
    def _guests_ever(self) -> frozenset[ModelName]:
        """The same, by all the names that they ever had."""
        renames = [
            (migration.app_label, operation.new_name_lower, operation.old_name_lower)
            for migration in MigrationLoader(None).disk_migrations.values()
            for operation in migration.operations
            if isinstance(operation, RenameModel)
        ]
        names = self._guests
        for _ in renames:
            names |= {(app, old) for app, new, old in renames if (app, new) in names}
        return names


def _is_model(thing: object) -> TypeGuard[type[Model]]:
    return isinstance(thing, type) and issubclass(thing, Model)


def is_of_a_migration(model: type[Model]) -> bool:
    """Whether a model is one of a migration's past, and not of the project's code."""
    return model.__module__ == "__fake__"


_latest = Holdings(Residency(modules.Project("project")))


def holdings() -> Holdings:
    """The holdings of this process's service."""
    global _latest  # noqa: PLW0603
    residency = modules.current()
    if _latest.residency is not residency:
        _latest = Holdings(residency)
    return _latest
