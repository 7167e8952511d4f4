"""Settings by precedence: the environment, the BANYAN setting, banyan.toml, the default."""

import os
import sys
from collections.abc import Mapping
from typing import Any, cast

import msgspec

from banyan.conf.document import find_project_file, read_document
from banyan.conf.sections import Settings
from banyan.findings import Finding, FindingsError

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
    given = _django_setting()
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
        FindingsError: the merged settings are not valid.
    """
    merged: dict[str, dict[str, Any]] = {}
    for section in msgspec.structs.fields(Settings):
        values: dict[str, Any] = {}
        for source in (file, setting):
            given = source.get(section.name, {})
            if not isinstance(given, Mapping):
                raise _invalid(f"{section.name} must be a table of settings")
            values.update(cast("Mapping[str, object]", given))
        for entry in msgspec.structs.fields(section.type):
            name = f"BANYAN_{section.name}_{entry.name}".upper()
            if name in environment:
                values[entry.name] = environment[name]
        merged[section.name] = values
    for name in setting:
        if name not in merged:
            raise _invalid(f"{name!r} is no section of the BANYAN setting")
    try:
        return msgspec.convert(merged, Settings, strict=False)
    except msgspec.ValidationError as error:
        raise _invalid(str(error)) from None


def _invalid(message: str) -> FindingsError:
    return FindingsError(
        [Finding("banyan.E010", message, "docs/topology.md lists the settings and their types.")]
    )


def _django_setting() -> Mapping[str, Any] | None:
    # Not imported: whoever has configured Django has imported this already.
    module = sys.modules.get("django.conf")
    if module is None or not module.settings.configured:
        return None
    value: Mapping[str, Any] | None = getattr(module.settings, "BANYAN", None)
    return value


def _from_file() -> Mapping[str, Any]:
    file = find_project_file()
    return read_document(file).values if file else {}
