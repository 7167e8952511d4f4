"""The survey for programs: ``banyan.survey/1``, and the JSON Schema that describes it."""

from inspect import cleandoc
from typing import Any, cast

import msgspec

from banyan.modules.schema import described
from banyan.survey.facts import SCHEMA, Survey


def render(survey: Survey) -> str:
    """The survey as JSON, indented, the same for the same survey."""
    return msgspec.json.format(msgspec.json.encode(survey), indent=1).decode() + "\n"


def json_schema() -> dict[str, Any]:
    """The schema of what :func:`render` gives, made from the structures themselves."""
    return schema_of(Survey, SCHEMA)


def schema_of(structure: type[msgspec.Struct], name: str) -> dict[str, Any]:
    """The JSON Schema of a versioned format.

    Args:
        structure: what the whole is; its attribute ``schema`` says the name.
    """
    made = msgspec.json.schema(structure)
    definitions = cast("dict[str, dict[str, Any]]", made["$defs"])
    for title, definition in definitions.items():
        summary, *attributes = cleandoc(definition.get("description", "")).split("\n\n")
        definition["description"] = summary
        for attribute, text in described("\n".join(attributes)):
            # `from_` is `from` on the wire.
            definition["properties"][attribute.rstrip("_")].setdefault("description", text)
        if title == structure.__name__:
            definition["properties"]["schema"] = {"const": name}
    described_all = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": name,
        **made,
    }
    # Tuples among the defaults become lists, as they are on the wire.
    return cast("dict[str, Any]", msgspec.json.decode(msgspec.json.encode(described_all)))
