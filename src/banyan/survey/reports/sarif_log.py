"""The frame of a SARIF 2.1.0 log, whatever is told in it.

Source: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0".
"""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any, Final
from urllib.parse import quote

import msgspec

HOME: Final = "https://github.com/django-banyan/django-banyan"
SARIF_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
MOST_RESULTS: Final = 25_000
"""GitHub Docs, "SARIF support for code scanning": more in one run are refused."""


def log(
    name: str,
    version: str,
    rules: Iterable[Mapping[str, Any]],
    results: Iterable[Mapping[str, Any]],
    notifications: Sequence[Mapping[str, Any]] = (),
) -> str:
    """The text of a log with one run.

    Args:
        name: of the tool.
        version: of the tool.
    """
    made = {
        "$schema": SARIF_SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": name,
                        "version": version,
                        "informationUri": HOME,
                        "rules": list(rules),
                    }
                },
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": {
                    "%SRCROOT%": {"description": {"text": "The root of the project."}}
                },
                "invocations": [
                    {
                        "executionSuccessful": True,
                        "toolExecutionNotifications": list(notifications),
                    }
                ],
                "results": list(results),
            }
        ],
    }
    return msgspec.json.format(msgspec.json.encode(made), indent=1).decode() + "\n"


def location(file: str, line: int = 0, column: int = 0) -> dict[str, Any]:
    """A place in a file of the project; line 0 is the file as a whole."""
    place: dict[str, Any] = {"artifactLocation": {"uri": quote(file), "uriBaseId": "%SRCROOT%"}}
    if line:
        place["region"] = {"startLine": line} | ({"startColumn": column} if column else {})
    return {"physicalLocation": place}


def notification(text: str, places: Sequence[Mapping[str, Any]] = ()) -> dict[str, Any]:
    """Something that is told of the run, and is no result."""
    return {"level": "note", "message": {"text": text}, "locations": list(places)}


def fingerprint(*parts: str) -> str:
    """What stays the same for the same result, as long as its parts do."""
    return sha256("\0".join(parts).encode()).hexdigest()
