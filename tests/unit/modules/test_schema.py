"""Editors get a schema of banyan.toml that says what its reader says."""

import json
from pathlib import Path

from banyan.modules import schema

PACKAGED = Path(schema.__file__).parent / "banyan.schema.json"


def test_the_packaged_schema_is_the_one_that_the_structures_give() -> None:
    assert json.loads(PACKAGED.read_text()) == schema.json_schema(), (
        "Refresh it: banyan topology schema > src/banyan/modules/banyan.schema.json"
    )


def test_each_key_is_described() -> None:
    for name, table in schema.json_schema()["$defs"].items():
        if name == "File":
            continue
        for key, entry in table["properties"].items():
            assert entry.get("description"), f"{name}.{key}"


def test_what_must_never_stand_in_the_file_is_not_offered() -> None:
    definitions = schema.json_schema()["$defs"]
    assert "secret" not in definitions["CallsSettings"]["properties"]
    assert "private_key" not in definitions["IdentitySettings"]["properties"]
    assert definitions["CallsSettings"]["additionalProperties"] is False
