"""The survey in ten lines, for a terminal."""

from typing import Final, TypeAlias

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from banyan.survey import summary
from banyan.survey.facts import Survey
from banyan.survey.figures import Figures
from banyan.survey.words import harmless

PAIRS: Final = 3
_WIDTH: Final = 12


def render(survey: Survey, found: Figures) -> RenderableType:
    """The lines, those that are too long for the terminal continued under themselves."""
    first, *others = lines(survey, found)
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for line in others:
        grid.add_row(line[:_WIDTH], line[_WIDTH:])
    return Group(first, grid)


def lines(survey: Survey, found: Figures) -> list[Text]:
    """How many modules, how tangled, the worst pairs, the worst line, what to do next."""
    project = survey.project
    at = f" at {project.commit[:10]}" if project.commit else ""
    said = [_line("", (project.name, "bold"), f"{at}: {summary.size(survey)}")]
    said.append(_line("Tangled", summary.tangle(survey, found)))
    if len(survey.modules) > 1 or found.counted:
        said.append(_line("Data", summary.data(found)))
    if summary.has_evidence(survey):
        said.append(_line("Seen", summary.seen(found)))
    for number, pair in enumerate(found.pairs[:PAIRS]):
        names, _, rest = pair.phrase.partition(": ")
        said.append(_line(" " if number else "Tied most", (names, "bold"), f": {rest}"))
    if found.worst:
        where, _, what = summary.worst(found.worst).partition("  ")
        said.append(_line("Worst line", (where, "bold"), f"  {what}"))
    said.append(_line("Not told", f"{summary.not_told(survey)}{_SEE if _left(survey) else ''}"))
    said.append(_line("Next", *_next(found)))
    return said


_SEE: Final = "; the HTML and the JSON list them"
_Part: TypeAlias = str | tuple[str, str]


def _left(survey: Survey) -> bool:
    return bool(survey.unresolved or survey.problems)


def _line(name: str, *parts: _Part) -> Text:
    shown = [
        harmless(part) if isinstance(part, str) else (harmless(part[0]), part[1]) for part in parts
    ]
    return Text.assemble((f"{name:<{_WIDTH}}" if name else "", "cyan"), *shown)


def _next(found: Figures) -> list[_Part]:
    page = ("banyan survey -o survey.html", "bold")
    if not found.pairs:
        return [page, " shows what was read"]
    command = (summary.explained(found.pairs[0]), "bold")
    return [command, " lists what ties them; ", page, " draws the map"]
