"""The check for GitHub Actions: workflow commands, which it shows at the lines of a change.

Source: GitHub Docs, "Workflow commands for GitHub Actions", and the escapes of the toolkit's
``command.ts``; it shows ten errors, ten warnings and ten notices of a step, and fifty of a job.
"""

from collections import Counter
from typing import Final

from banyan.boundaries.checking.judgement import Judgement
from banyan.boundaries.checking.reports.telling import TITLES, file_of, page
from banyan.findings import Finding, Level

MOST_OF_A_LEVEL: Final = 10
_COMMANDS: Final = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "notice"}
_DATA: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def render(judgement: Judgement, within: str = "") -> str:
    """At most as many annotations as are shown; then all of it as lines of the log.

    Args:
        within: the project's folder, where files are told relative to another one.
    """
    times: Counter[Level] = Counter()
    annotations: list[str] = []
    for one in judgement.findings:
        times[one.level] += 1
        if times[one.level] <= MOST_OF_A_LEVEL:
            annotations.append(_command(one, within))
    lines = [_line(one, within) for one in judgement.findings]
    told = ", ".join(f"{times[level]:,} {level}" for level in Level if times[level])
    return "".join(f"{line}\n" for line in [*annotations, *lines, _end(judgement, told)])


def _end(judgement: Judgement, told: str) -> str:
    if not told:
        return "banyan check: nothing new."
    return f"banyan check: {told}; it {'fails' if judgement.fails else 'passes'}."


def _command(one: Finding, within: str) -> str:
    properties = {"title": f"{one.id} {TITLES.get(one.id, '')}".rstrip()}
    if one.location is not None:
        place = one.location
        properties = {"file": file_of(place, within)} | properties
        if place.line:
            properties["line"] = str(place.line)
    told = ",".join(f"{key}={value.translate(_PROPERTY)}" for key, value in properties.items())
    text = "\n".join(filter(None, [f"{one.message}.", one.hint, page(one.id)]))
    return f"::{_COMMANDS[one.level]} {told}::{text.translate(_DATA)}"


def _line(one: Finding, within: str) -> str:
    """As a line of a log, in which nothing begins a command."""
    place = file_of(one.location, within)
    at = f"{place}:{one.location.line}: " if place and one.location else ""
    text = " ".join(f"{at}{one.id} {one.message}".split())
    return f" {text}"
