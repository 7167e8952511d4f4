"""The check for code scanners: SARIF 2.1.0, one result for each finding."""

import posixpath
from collections import Counter
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any, Final

from banyan.boundaries.checking.judgement import Judgement
from banyan.boundaries.checking.reports.telling import HINTS, TITLES, file_of, page
from banyan.boundaries.violations import Violation
from banyan.findings import Finding, Level
from banyan.survey.reports import sarif_log

_LEVELS: Final = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "note"}
_IDS: Final = list(TITLES)
_MOST_RELATED: Final = 20


def render(judgement: Judgement, within: str = "") -> str:
    """What is to be told, each as a result with the level that it has in this project.

    Args:
        within: the project's folder, where files are told relative to another one.
    """
    results = list(_results(judgement, within))
    shown = results[: sarif_log.MOST_RESULTS]
    more = len(results) - len(shown)
    said = [
        *([f"{more:,} findings are left out; the JSON has them all."] if more else []),
        *(f"{one.id}: {one.file}:{one.line} {one.message}" for one in judgement.problems),
    ]
    return sarif_log.log(
        "Banyan check",
        version("django-banyan"),
        map(_rule, _IDS),
        shown,
        [sarif_log.notification(text) for text in said],
    )


def _rule(id: str) -> dict[str, Any]:
    hint = HINTS.get(id, "")
    return {
        "id": id,
        "shortDescription": {"text": TITLES[id]},
        "fullDescription": {"text": f"{TITLES[id]}. {hint}".rstrip()},
        "help": {"text": f"{hint or TITLES[id]}\nSee {page(id)}"},
        "helpUri": page(id),
        "defaultConfiguration": {"level": "error"},
        "properties": {"tags": ["boundaries"]},
    }


def _results(judgement: Judgement, within: str) -> Iterator[dict[str, Any]]:
    times: Counter[str] = Counter()
    # Of what is new there is one finding for each, in the same order; then come others.
    violations = [*judgement.new, *[None] * (len(judgement.findings) - len(judgement.new))]
    for one, violation in zip(judgement.findings, violations, strict=True):
        told = _fingerprint(one, violation)
        times[told] += 1
        yield _result(one, violation, f"{told}:{times[told]}", within)


def _result(
    one: Finding, violation: Violation | None, fingerprint: str, within: str
) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": one.id,
        "ruleIndex": _IDS.index(one.id),
        "level": _LEVELS[one.level],
        "message": {"text": f"{one.message}. {one.hint}".rstrip()},
        "locations": [],
        "partialFingerprints": {"finding/v1": fingerprint},
    }
    if one.location is not None:
        place = one.location
        file = file_of(place, within)
        result["locations"] = [sarif_log.location(file, place.line, place.column)]
    if violation is not None and len(violation.spots) > 1:
        result["relatedLocations"] = [
            {"id": number, **sarif_log.location(posixpath.join(within, spot.file), spot.line)}
            for number, spot in enumerate(violation.spots[1 : 1 + _MOST_RELATED], 1)
        ]
    return result


def _fingerprint(one: Finding, violation: Violation | None) -> str:
    """What is the same for the same finding, whatever its line and how often it stands there."""
    if violation is not None:
        return sarif_log.fingerprint(one.id, *violation.identity)
    file = file_of(one.location)
    return sarif_log.fingerprint(one.id, file, one.message)
