"""Settings by precedence: the environment, the BANYAN setting, banyan.toml, the default."""

import os
import sys
from collections.abc import Iterator, Mapping
from typing import Any, cast, get_origin

import msgspec

from banyan.conf.document import find_project_file, read_document
from banyan.conf.sections import Settings
from banyan.conf.shape import mistakes, nearest
from banyan.findings import Finding, FindingsError, Level

SETTING = "the BANYAN setting"
REFUSED = "BANYAN_REFUSED"
"""Where a settings file keeps a BANYAN setting that cannot be used, for the check to tell of."""

OTHER_VARIABLES = ("BANYAN_SERVICE", "BANYAN_TOPOLOGY", "BANYAN_FILE", "BANYAN_DATABASE_URL")
"""What the environment says besides settings."""

_ONLY_IN_TOML = ("project", "modules", "topology", "gateway")
_UNREAD = object()
_seen: object = _UNREAD
_settings = Settings()


def settings() -> Settings:
    """The settings in force.

    They are read once, and again when Django's BANYAN setting is replaced (as tests do).

    Raises:
        FindingsError: a setting is unknown or of the wrong type.
    """
    global _seen, _settings  # noqa: PLW0603
    given = django_setting()
    if given is not _seen:
        _settings = merge(_from_file(), given or {}, os.environ)
        _seen = given
    return _settings


def reload() -> None:
    """Forget what was read, so that the next look reads it again."""
    global _seen  # noqa: PLW0603
    _seen = _UNREAD


def merge(
    file: Mapping[str, Any], setting: Mapping[str, Any], environment: Mapping[str, str]
) -> Settings:
    """The settings that three sources give, the later one winning.

    Raises:
        FindingsError: something given is not valid; all that was found.
    """
    own = {name: file[name] for name in Settings.__struct_fields__ if name in file}
    given, unreadable = _from_environment(environment)
    found = [
        *mistakes(own, Settings, source="banyan.toml", locate=_nowhere),
        *setting_mistakes(setting),
        *unreadable,
    ]
    if found:
        raise FindingsError(found)
    merged = {
        name: {**own.get(name, {}), **setting.get(name, {}), **given.get(name, {})}
        for name in Settings.__struct_fields__
    }
    return msgspec.convert(merged, Settings)


def setting_mistakes(setting: object) -> Iterator[Finding]:
    """What is wrong with Django's BANYAN setting."""
    if not isinstance(setting, Mapping):
        yield Finding(
            "banyan.E003",
            f"{SETTING} should be a dictionary, but is {type(setting).__name__}",
            'Write BANYAN = {"calls": {"timeout": 3.0}}.',
        )
        return
    table = cast("Mapping[str, object]", setting)
    for name in table:
        if name in _ONLY_IN_TOML:
            yield Finding(
                "banyan.E016",
                f"{name!r} stands in {SETTING}",
                "Modules, topologies and routes stand in banyan.toml alone, where tools that do "
                "not run the project find them.",
            )
    own = {name: value for name, value in table.items() if name not in _ONLY_IN_TOML}
    yield from mistakes(own, Settings, source=SETTING, locate=_nowhere)


def environment_findings(environment: Mapping[str, str]) -> Iterator[Finding]:
    """What is wrong with the environment, and variables that look like a slip of one of ours."""
    yield from _from_environment(environment)[1]
    known = {*_variables(), *OTHER_VARIABLES}
    for name in sorted(environment):
        if name.startswith("BANYAN_") and name not in known and not name.startswith("BANYAN_URL_"):
            hint = nearest(name, dict.fromkeys(known), "")
            if hint:
                yield Finding(
                    "banyan.W017",
                    f"the environment has {name}, which nothing reads",
                    hint,
                    level=Level.WARNING,
                )


def django_setting() -> Mapping[str, Any] | None:
    """The BANYAN setting, where Django is in use and configured."""
    # Not imported: whoever has configured Django has imported this already.
    module = sys.modules.get("django.conf")
    if module is None or not module.settings.configured:
        return None
    value: Mapping[str, Any] | None = getattr(module.settings, "BANYAN", None)
    return value


def _variables() -> dict[str, tuple[str, str, Any]]:
    """Each variable of the environment that is a setting: its section, name and type."""
    return {
        f"BANYAN_{section.name}_{entry.name}".upper(): (section.name, entry.name, entry.type)
        for section in msgspec.structs.fields(Settings)
        for entry in msgspec.structs.fields(section.type)
    }


def _from_environment(
    environment: Mapping[str, str],
) -> tuple[dict[str, dict[str, Any]], list[Finding]]:
    values: dict[str, dict[str, Any]] = {}
    found: list[Finding] = []
    for variable, (section, name, shape) in _variables().items():
        if variable not in environment:
            continue
        text = environment[variable]
        is_list = get_origin(shape) is list
        given = [part.strip() for part in text.split(",") if part.strip()] if is_list else text
        try:
            values.setdefault(section, {})[name] = msgspec.convert(given, shape, strict=False)
        except msgspec.ValidationError as error:
            # Its text is not shown: a variable may hold a secret.
            found.append(
                Finding(
                    "banyan.E010",
                    f"{variable} in the environment cannot be used: {error}",
                    "docs/topology.md lists the settings and their types.",
                )
            )
    return values, found


def _from_file() -> Mapping[str, Any]:
    file = find_project_file()
    return read_document(file).values if file else {}


def _nowhere(*_: object) -> None:
    return None
