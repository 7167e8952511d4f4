"""The database of a service, made from the project's own settings and the environment."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from banyan.errors import ConfigurationError

DatabaseSettings = dict[str, Any]

ENGINES = {
    "django.db.backends.sqlite3": "banyan.data.engines.sqlite3",
    "django.db.backends.postgresql": "banyan.data.engines.postgresql",
}
"""The engine that stands in for each of Django's in a service."""

_SCHEMES = {
    "postgres": "django.db.backends.postgresql",
    "postgresql": "django.db.backends.postgresql",
    "sqlite": "django.db.backends.sqlite3",
}

SQLITE_TIMEOUT = 20
"""Seconds that a SQLite connection waits for another one's transaction."""


def of_service(
    default: Mapping[str, Any], *, project: str, service: str, folder: Path, url: str = ""
) -> DatabaseSettings:
    """The settings of a service's one database.

    Args:
        default: the project's own default database, or ``{}``.
        folder: where a SQLite file goes.
        url: the database's address, which takes precedence.

    Returns:
        The database that the address names; else one of its own beside the project's: on the
        same PostgreSQL server as ``<project's>_<service>``, or a SQLite file in ``folder``.

    Raises:
        ConfigurationError: there is no such engine for a service.
    """
    database = dict(default)
    if url:
        database |= from_url(url)
    engine = database.get("ENGINE") or "django.db.backends.sqlite3"
    if not url:
        if "sqlite" in engine:
            database["NAME"] = folder / f"{service}.sqlite3"
        else:
            database["NAME"] = f"{database.get('NAME') or project}_{service}"
    if engine in ENGINES:
        database["ENGINE"] = ENGINES[engine]
    elif engine.startswith("django."):
        raise ConfigurationError(
            f"{engine} cannot be the database engine of service {service!r}.",
            hint=f"There are engines for services in place of {' and '.join(ENGINES)}; "
            "docs/several-services.md shows how to make one, in three lines.",
            code="banyan.data.engine",
        )
    return with_sqlite_options(database)


def from_url(url: str) -> DatabaseSettings:
    """Django's settings for an address, as ``postgres://user@host:5432/name`` or ``sqlite:///file``.

    Raises:
        ConfigurationError: it is no such address.
    """
    # The address may hold a password, so that no message shows it.
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise _unreadable("it is malformed") from None
    if parts.scheme not in _SCHEMES:
        raise _unreadable(f"its scheme is {parts.scheme!r}")
    name = unquote(parts.path.removeprefix("/"))
    if not name:
        raise _unreadable("it names no database")
    settings: DatabaseSettings = {"ENGINE": _SCHEMES[parts.scheme], "NAME": name}
    if parts.scheme != "sqlite":
        settings |= {
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(port or ""),
        }
    if options := dict(parse_qsl(parts.query)):
        settings["OPTIONS"] = options
    return settings


def with_sqlite_options(database: DatabaseSettings) -> DatabaseSettings:
    """For SQLite, let readers and writers in several processes wait for each other.

    What the project sets itself stays.
    """
    if "sqlite" not in database.get("ENGINE", ""):
        return database
    options = dict(database.get("OPTIONS") or {})
    # A transaction that begins as a reader cannot wait when it turns into a writer.
    options.setdefault("transaction_mode", "IMMEDIATE")
    options.setdefault("timeout", SQLITE_TIMEOUT)
    command = str(options.get("init_command", ""))
    if "journal_mode" not in command.lower():
        journal = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL"
        options["init_command"] = f"{journal}; {command}" if command else journal
    return {**database, "OPTIONS": options}


def _unreadable(reason: str) -> ConfigurationError:
    return ConfigurationError(
        f"BANYAN_DATABASE_URL cannot be used: {reason}.",
        hint="Write postgres://user:password@host:5432/name or sqlite:////path/to/file.",
        code="banyan.data.address",
    )
