"""Django's system checks of the configuration: the setting, the environment, the modules."""

import os
from collections.abc import Iterator, Mapping
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core import checks

from banyan import modules
from banyan.conf import nearest
from banyan.conf.reading import REFUSED, environment_findings, setting_mistakes
from banyan.findings import Finding, FindingsError, Level
from banyan.modules.project import Project

_MESSAGES = {Level.ERROR: checks.Error, Level.WARNING: checks.Warning, Level.INFO: checks.Info}


@checks.register("banyan")
def configuration(**_: Any) -> list[checks.CheckMessage]:
    """The BANYAN setting and the environment can be used, and banyan.toml fits the project."""
    return [
        _MESSAGES[one.level](
            one.message, hint=one.hint, obj=str(one.location) if one.location else None, id=one.id
        )
        for one in _findings(os.environ)
    ]


def _findings(environment: Mapping[str, str]) -> Iterator[Finding]:
    given: object = getattr(settings, REFUSED, None) or getattr(settings, "BANYAN", None)
    yield from setting_mistakes(given or {})
    yield from environment_findings(environment)
    try:
        residency = modules.current()
    except FindingsError as error:
        yield from error.findings
        return
    yield from _apps(residency.project)
    if residency.service is None:
        yield from _databases(residency.project)


def _apps(project: Project) -> Iterator[Finding]:
    installed = {config.name: config for config in apps.get_app_configs()}
    for module in project.modules.values():
        for app in module.apps:
            # A folder stands for one of several projects' apps; which is this one's isn't told.
            if app not in installed and "/" not in app:
                yield Finding(
                    "banyan.E015",
                    f"the app {app!r} of module {module.name!r} is not in INSTALLED_APPS",
                    nearest(app, installed, "Install it, or take it out of banyan.toml."),
                )


def _databases(project: Project) -> Iterator[Finding]:
    for module in project.modules.values():
        if module.database not in settings.DATABASES:
            yield Finding(
                "banyan.E018",
                f"module {module.name!r} has its rows in database {module.database!r}, which "
                "DATABASES does not have",
                nearest(
                    module.database,
                    settings.DATABASES,
                    f"DATABASES has: {', '.join(settings.DATABASES)}.",
                ),
            )
