"""The survey for code scanners: SARIF 2.1.0, within the limits that GitHub sets to an upload.

OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0"; GitHub Docs, "SARIF
support for code scanning": at most 25,000 results, the first 5,000 are shown.
"""

from typing import Any, Final

from banyan.survey import summary
from banyan.survey.facts import DATA, Coupling, Kind, Survey
from banyan.survey.figures import Figures
from banyan.survey.reports import sarif_log
from banyan.survey.reports.sarif_log import MOST_RESULTS
from banyan.survey.words import WORDS, describe, number

MOST_NOTIFICATIONS: Final = 1_000
_KINDS: Final = list(Kind)


def render(survey: Survey, found: Figures, version: str) -> str:
    """The couplings that count, each as a note; those that carry data come first.

    Args:
        version: of Banyan.
    """
    ranked = sorted(found.counted, key=lambda each: (each.kind not in DATA, each.file, each.line))
    shown = ranked[:MOST_RESULTS]
    notifications = _notifications(survey, found, len(ranked) - len(shown))
    return sarif_log.log(
        "Banyan survey", version, map(_rule, _KINDS), map(_result, shown), notifications
    )


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
        "locations": [sarif_log.location(coupling.file, coupling.line)],
        # Without the line, so that a coupling that moves stays the same.
        "partialFingerprints": {"coupling/v1": sarif_log.fingerprint(*ties)},
    }


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
        (f"{each.id}: {each.message}", [sarif_log.location(each.file, each.line)])
        for each in survey.problems
    ]
    said += [
        (f"Not told: {each.reason}", [sarif_log.location(each.file, each.line)])
        for each in survey.unresolved
    ]
    more = len(said) - MOST_NOTIFICATIONS
    if more > 0:
        last: tuple[str, list[dict[str, Any]]] = (
            f"And {more:,} places more; the JSON has them all.",
            [],
        )
        said = [*said[:MOST_NOTIFICATIONS], last]
    return [sarif_log.notification(text, places) for text, places in said]
