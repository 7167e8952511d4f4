"""Django's system checks of a service's data: its engine, its users, the apps of no module."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import AppConfig, apps
from django.contrib.auth import get_user_model
from django.core import checks
from django.db import DEFAULT_DB_ALIAS, connections

from banyan.data.engine import ResidentEngine
from banyan.data.holdings import Holdings, holdings


@checks.register("banyan")
def data_of_a_service(**_: Any) -> list[checks.CheckMessage]:
    """The service's database knows what is resident, and each table has an owner."""
    held = holdings()
    if held.residency.service is None:
        return []
    return [*_engine(), *_users(held), *_apps_of_no_module(held)]


def _engine() -> Iterator[checks.CheckMessage]:
    connection = connections[DEFAULT_DB_ALIAS]
    if not isinstance(connection, ResidentEngine):
        yield checks.Error(
            f"The database engine {connection.settings_dict['ENGINE']} does not know what is "
            "resident in this service.",
            hint="Use one of banyan.data.engines; docs/several-services.md shows how to make one "
            "for another database, in three lines.",
            id="banyan.E501",
        )


def _users(held: Holdings) -> Iterator[checks.CheckMessage]:
    user = get_user_model()._meta
    if held.module_of(user.app_label) is None:
        app = apps.get_app_config(user.app_label).name
        yield checks.Warning(
            f"{user.label} belongs to no module, so that each service has users of its own.",
            hint=f'Say in banyan.toml where users live: apps = [..., "{app}"] of a module.',
            id="banyan.W502",
        )


def _apps_of_no_module(held: Holdings) -> Iterator[checks.CheckMessage]:
    for config in apps.get_app_configs():
        has_tables = any(model._meta.managed for model in config.get_models())
        if has_tables and held.module_of(config.label) is None and _is_own(config, held):
            yield checks.Warning(
                f"The app {config.name!r} has models and belongs to no module, so that each "
                "service has a copy of its tables.",
                hint="Give it to the module that owns the data. Where each service is meant to "
                "have its own, silence this warning.",
                obj=config.label,
                id="banyan.W503",
            )


def _is_own(config: AppConfig, held: Holdings) -> bool:
    """Whether an app is part of the project, and not installed from elsewhere."""
    path = Path(config.path)
    inside = path.is_relative_to(held.residency.project.folder.resolve())
    return inside and "site-packages" not in path.parts
