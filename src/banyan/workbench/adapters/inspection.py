"""Run with the project's Django: writes what it knows into the file named on the command line."""

import sys
from importlib.util import find_spec
from pathlib import Path

import django
import msgspec
from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection
from django.urls import NoReverseMatch, reverse

from banyan import conf, modules
from banyan.workbench.facts import Facts


def inspect() -> Facts:
    """Ask Django, which is set up."""
    residency = modules.current()
    labels: dict[str, list[str]] = {}
    eventful: list[str] = []
    for config in apps.get_app_configs():
        module = residency.module_of(config.name)
        if module is None or module not in residency.project.modules:
            continue
        labels.setdefault(module, []).append(config.label)
        has_tables = any(model._meta.managed for model in config.get_models())
        if (has_tables or find_spec(f"{config.name}.handlers")) and module not in eventful:
            eventful.append(module)
    issuer = residency.module_of(apps.get_model(settings.AUTH_USER_MODEL))
    read = conf.settings()
    name = read.identity.issuer or residency.project.name
    return Facts(
        issuer=issuer if issuer in residency.project.modules else None,
        admin=_path("admin:index"),
        labels=labels,
        eventful=eventful,
        installed=[config.name for config in apps.get_app_configs()],
        ready=_path("banyan:ready"),
        live=_path("banyan:live"),
        internal=f"/{read.calls.path.strip('/')}/",
        token_issuer=name,
        token_audience=read.identity.audience or name,
        token_cookie=read.identity.cookie,
        has_tables=_has_tables(),
    )


def _path(name: str) -> str | None:
    try:
        return reverse(name)
    except NoReverseMatch:
        return None


def _has_tables() -> bool | None:
    try:
        return bool(connection.introspection.table_names())
    except DatabaseError:
        return None


if __name__ == "__main__":
    django.setup()
    Path(sys.argv[1]).write_bytes(msgspec.json.encode(inspect()))
