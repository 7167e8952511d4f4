"""The one line at the end of a Django settings file."""

import os
import sys
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

from banyan import conf, modules
from banyan.conf.reading import REFUSED, setting_mistakes
from banyan.data import databases
from banyan.errors import ConfigurationError
from banyan.findings import FindingsError
from banyan.identity.installation import DJANGOS_COOKIE, install, session_cookie
from banyan.modules import Residency

__all__ = ["configure"]

_ROUTER = "banyan.data.routers.ResidencyRouter"
_MIDDLEWARE = "banyan.data.middleware.ResidencyMiddleware"
_TRACES = "banyan.observability.middleware.TraceMiddleware"
_COMMANDS = frozenset({"manage.py", "django-admin"})


def configure(namespace: MutableMapping[str, Any]) -> None:
    """Complete a settings file for the service that ``BANYAN_SERVICE`` names.

    Write ``configure(globals())`` as the file's last line. In the monolith, where the variable is
    not set, the project's databases and routers stay as they are, but for the address that
    ``BANYAN_DATABASE_URL`` gives and the options that SQLite needs where events are handled beside
    the requests.

    Raises:
        ConfigurationError: ``banyan.toml`` or the environment cannot be used.
    """
    # What was read before the settings were known may have been read from elsewhere.
    conf.reload()
    modules.forget()
    is_command = Path(sys.argv[0]).name in _COMMANDS
    if mistakes := list(setting_mistakes(namespace.get("BANYAN", {}))):
        if not is_command:
            raise FindingsError(mistakes)
        # Commands run Django's checks, which tell of it better than an error while settings load.
        namespace[REFUSED] = namespace["BANYAN"]
        namespace["BANYAN"] = {}
    try:
        _complete(namespace, modules.current())
    except ConfigurationError as error:
        if is_command:
            # Django shows a settings file's errors as a traceback; people should see the text.
            raise SystemExit(str(error)) from None
        raise


def _complete(namespace: MutableMapping[str, Any], residency: Residency) -> None:
    _add(namespace, "INSTALLED_APPS", "banyan.modules")
    url = os.environ.get("BANYAN_DATABASE_URL", "")
    given = dict(namespace.get("DATABASES") or {})
    default = dict(given.get("default") or {})
    if residency.service is None:
        if url:
            default |= databases.from_url(url)
        if "banyan.events" in namespace["INSTALLED_APPS"]:
            # Its dispatcher writes beside the requests.
            default = databases.with_sqlite_options(default)
        if default:
            namespace["DATABASES"] = {**given, "default": default}
    else:
        folder = residency.project.folder / ".banyan"
        default = databases.of_service(
            default,
            project=residency.project.name,
            service=residency.service,
            folder=folder,
            url=url,
        )
        if isinstance(default["NAME"], Path):
            folder.mkdir(exist_ok=True)
        namespace["DATABASES"] = {**given, "default": default}
        _add(namespace, "INSTALLED_APPS", "banyan.data")
        _add(namespace, "DATABASE_ROUTERS", _ROUTER, first=True)
        _add(namespace, "MIDDLEWARE", _MIDDLEWARE, first=True)
    # Outermost, so that a hop's time is all of it.
    _add(namespace, "MIDDLEWARE", _TRACES, first=True)
    _tell_sessions_apart(namespace, residency)


def _tell_sessions_apart(namespace: MutableMapping[str, Any], residency: Residency) -> None:
    owner = residency.module_of(_app_of_users(namespace, residency))
    here = residency.service is None or (owner is not None and residency.is_resident(owner))
    if "banyan.identity" in namespace["INSTALLED_APPS"]:
        install(namespace, service=residency.service, users_are_resident=here)
    elif residency.service is not None:
        name = namespace.get("SESSION_COOKIE_NAME", DJANGOS_COOKIE)
        namespace["SESSION_COOKIE_NAME"] = session_cookie(name, residency.service)


def _app_of_users(namespace: MutableMapping[str, Any], residency: Residency) -> str:
    """The dotted name of the user model's app, which the settings know by its label alone."""
    label = str(namespace.get("AUTH_USER_MODEL", "auth.User")).partition(".")[0]
    apps = [app for module in residency.project.modules.values() for app in module.apps]
    named = (app for app in apps if app.rpartition(".")[2] == label)
    return next(named, label)


def _add(
    namespace: MutableMapping[str, Any], setting: str, name: str, *, first: bool = False
) -> None:
    present = [*namespace.get(setting, ())]
    if name not in present:
        present.insert(0 if first else len(present), name)
    namespace[setting] = present
