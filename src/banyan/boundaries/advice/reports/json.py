"""The advice for programs: ``banyan.advice/1``, and the JSON Schema that describes it."""

from inspect import cleandoc
from typing import Any, cast

import msgspec

from banyan.boundaries.advice.facts import SCHEMA, Advice
from banyan.modules.schema import described


def render(advice: Advice) -> str:
    """The advice as JSON, indented, the same for the same advice."""
    return msgspec.json.format(msgspec.json.encode(advice), indent=1).decode() + "\n"


def json_schema() -> dict[str, Any]:
    """The schema of what :func:`render` gives, made from the structures themselves."""
    made = msgspec.json.schema(Advice)
    definitions = cast("dict[str, dict[str, Any]]", made["$defs"])
    for name, definition in definitions.items():
        summary, *attributes = cleandoc(definition.get("description", "")).split("\n\n")
        definition["description"] = summary
        for attribute, text in described("\n".join(attributes)):
            definition["properties"][attribute].setdefault("description", text)
        if name == "Advice":
            definition["properties"]["schema"] = {"const": SCHEMA}
    described_all = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": SCHEMA,
        **made,
    }
    # Tuples among the defaults become lists, as they are on the wire.
    return cast("dict[str, Any]", msgspec.json.decode(msgspec.json.encode(described_all)))
