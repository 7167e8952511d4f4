"""The survey for code scanners: SARIF 2.1.0, within the limits that GitHub sets to an upload.

OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0"; GitHub Docs, "SARIF
support for code scanning": at most 25,000 results, the first 5,000 are shown.
"""

from hashlib import sha256
from typing import Any, Final
from urllib.parse import quote

import msgspec

from banyan.survey import summary
from banyan.survey.facts import DATA, Coupling, Kind, Survey
from banyan.survey.figures import Figures
from banyan.survey.words import WORDS, describe, number

MOST_RESULTS: Final = 25_000
MOST_NOTIFICATIONS: Final = 1_000
SARIF_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_KINDS: Final = list(Kind)


def render(survey: Survey, found: Figures, version: str) -> str:
    """The couplings that count, each as a note; those that carry data come first.

    Args:
        version: of Banyan.
    """
    ranked = sorted(found.counted, key=lambda each: (each.kind not in DATA, each.file, each.line))
    shown = ranked[:MOST_RESULTS]
    log = {
        "$schema": SARIF_SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "Banyan survey",
                        "version": version,
                        "rules": [_rule(kind) for kind in _KINDS],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": {
                    "%SRCROOT%": {"description": {"text": "The root of the project."}}
                },
                "invocations": [
                    {
                        "executionSuccessful": True,
                        "toolExecutionNotifications": _notifications(
                            survey, found, len(ranked) - len(shown)
                        ),
                    }
                ],
                "results": [_result(each) for each in shown],
            }
        ],
    }
    return msgspec.json.format(msgspec.json.encode(log), indent=1).decode() + "\n"


def _rule(kind: Kind) -> dict[str, Any]:
    word = WORDS[kind]
    return {
        "id": f"banyan.survey.{kind}",
        "name": "".join(part.capitalize() for part in kind.split("_")),
        "shortDescription": {"text": f"A module holds on to another: {word.one}"},
        "fullDescription": {"text": word.about},
        "defaultConfiguration": {"level": "note"},
        "properties": {"tags": ["coupling", "data" if kind in DATA else "code"]},
    }


def _result(coupling: Coupling) -> dict[str, Any]:
    rule = f"banyan.survey.{coupling.kind}"
    told = describe(coupling)
    ties = [rule, coupling.from_, coupling.to, coupling.source, coupling.target, coupling.lookup]
    return {
        "ruleId": rule,
        "ruleIndex": _KINDS.index(coupling.kind),
        "level": "note",
        "message": {
            "text": f"{coupling.from_} holds on to {coupling.to}: {summary.ends(coupling)}, "
            f"{WORDS[coupling.kind].one}{f' ({told})' if told else ''}."
        },
        "locations": [_location(coupling.file, coupling.line)],
        # Without the line, so that a coupling that moves stays the same.
        "partialFingerprints": {"coupling/v1": sha256("\0".join(ties).encode()).hexdigest()},
    }


def _location(file: str, line: int) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": quote(file), "uriBaseId": "%SRCROOT%"}}
    if line:
        place["region"] = {"startLine": line}
    return {"physicalLocation": place}


def _notifications(survey: Survey, found: Figures, left_out: int) -> list[dict[str, Any]]:
    said: list[tuple[str, list[dict[str, Any]]]] = []
    if left_out:
        said.append((f"{left_out:,} couplings are left out: a run may have {MOST_RESULTS:,}.", []))
    if aside := [
        number(count, "coupling", "couplings") + f" in {where}"
        for count, where in ((found.tests, "tests"), (found.migrations, "migrations"))
        if count
    ]:
        said.append((f"Not listed here: {' and '.join(aside)}.", []))
    said += [
        (f"{each.id}: {each.message}", [_location(each.file, each.line)])
        for each in survey.problems
    ]
    said += [
        (f"Not told: {each.reason}", [_location(each.file, each.line)])
        for each in survey.unresolved
    ]
    more = len(said) - MOST_NOTIFICATIONS
    if more > 0:
        last: tuple[str, list[dict[str, Any]]] = (
            f"And {more:,} places more; the JSON has them all.",
            [],
        )
        said = [*said[:MOST_NOTIFICATIONS], last]
    return [
        {"level": "note", "message": {"text": text}, "locations": places} for text, places in said
    ]
