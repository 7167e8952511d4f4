"""The survey in ten lines, for a terminal."""

from typing import Final

from rich.text import Text

from banyan.survey import summary
from banyan.survey.facts import Survey
from banyan.survey.figures import Figures

PAIRS: Final = 3


def render(survey: Survey, found: Figures) -> list[Text]:
    """The lines: how many, how tangled, the worst pairs, the worst line, what to do next."""
    project = survey.project
    at = f" at {project.commit[:10]}" if project.commit else ""
    lines = [
        Text.assemble((project.name, "bold"), f"{at}: {summary.size(survey)}"),
        _told("Tangled", summary.tangle(survey, found)),
    ]
    if len(survey.modules) > 1 or found.counted:
        lines.append(_told("Data", summary.data(found)))
    for number, pair in enumerate(found.pairs[:PAIRS]):
        names, _, rest = pair.phrase.partition(": ")
        lines.append(
            _told("" if number else "Tied most", Text.assemble((names, "bold"), f": {rest}"))
        )
    if found.worst:
        where, _, what = summary.worst(found.worst).partition("  ")
        lines.append(_told("Worst line", Text.assemble((where, "bold"), f"  {what}")))
    lines.append(_told("Not told", f"{summary.not_told(survey)}; they are in the HTML and JSON"))
    lines.append(_told("Next", _next(found)))
    return lines


def _told(name: str, what: str | Text) -> Text:
    return Text.assemble((f"{name:<12}", "cyan"), what)


def _next(found: Figures) -> Text:
    page = "banyan survey -o survey.html"
    if not found.pairs:
        return Text.assemble((page, "bold"), " shows what was read")
    command = summary.explained(found.pairs[0])
    return Text.assemble(
        (command, "bold"), " lists what ties them, ", (page, "bold"), " draws the map"
    )
