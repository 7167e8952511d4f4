"""The JSON schema of ``banyan.toml``, made from the structures that read it."""

import re
from collections.abc import Iterator
from inspect import cleandoc
from typing import Any

import msgspec

from banyan.conf import NEVER_IN_TOML, Settings
from banyan.modules.file import File

_ATTRIBUTE = re.compile(r"^    (\w+): (.+(?:\n {6,}.+)*)", re.MULTILINE)


def json_schema() -> dict[str, Any]:
    """What an editor needs to complete and check the file; without what must not stand in it."""
    schema = msgspec.json.schema(File)
    for table in schema["$defs"].values():
        summary, *attributes = cleandoc(table["description"]).split("\n\n")
        table["description"] = summary
        for name, text in described("\n".join(attributes)):
            table["properties"][name].setdefault("description", text)
    for section, name in NEVER_IN_TOML:
        structure = type(getattr(Settings(), section)).__name__
        del schema["$defs"][structure]["properties"][name]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "banyan.toml",
        **schema,
    }


def described(attributes: str) -> Iterator[tuple[str, str]]:
    """Each name and its text in the ``Attributes:`` of a docstring."""
    for name, text in _ATTRIBUTE.findall(attributes):
        yield name, " ".join(text.split())
