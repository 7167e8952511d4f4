"""The survey as a Mermaid flowchart, for pages that draw one."""

import re
from collections.abc import Iterable
from itertools import groupby
from typing import Final

from banyan.survey.facts import DATA, Coupling, Survey
from banyan.survey.figures import Figures
from banyan.survey.words import number, tally

# Beyond this a drawing is no help; Mermaid itself refuses more than 500 edges.
MOST_EDGES: Final = 120
# Mermaid's own limit is 50,000 characters.
MOST_TEXT: Final = 45_000


def render(survey: Survey, found: Figures) -> str:
    """The modules and how they hold on to each other; of many edges the heaviest.

    A whole line carries data, a dotted one only code. What was left out is said in the title.
    """
    edges = sorted(_edges(found.counted), key=lambda edge: (-len(edge[2]), edge[0], edge[1]))
    kept = edges[:MOST_EDGES]
    while kept:
        text = _drawn(survey, found, kept, len(edges))
        if len(text) <= MOST_TEXT:
            return text
        kept = kept[: len(kept) * 4 // 5]
    return _drawn(survey, found, [], len(edges))


_Edge = tuple[str, str, list[Coupling]]


def _edges(couplings: Iterable[Coupling]) -> Iterable[_Edge]:
    def ends(each: Coupling) -> tuple[str, str]:
        return each.from_, each.to

    for (from_, to), between in groupby(sorted(couplings, key=ends), ends):
        yield from_, to, list(between)


def _drawn(survey: Survey, found: Figures, kept: list[_Edge], total: int) -> str:
    tied = {name for from_, to, _ in kept for name in (from_, to)}
    alone = [name for name in found.order if name not in tied]
    # All are drawn when all edges are; else those that only lost their edges would seem alone.
    drawn = found.order if len(kept) == total else [name for name in found.order if name in tied]
    ids = {name: f"m{place}" for place, name in enumerate(drawn)}
    circles = {name for group in found.cycles for name in group}
    lines = ["---", f"title: {_title(survey, found, kept, total, alone)}", "---", "flowchart TB"]
    for name in drawn:
        mark = ":::cycle" if name in circles else ""
        lines.append(f'  {ids[name]}["{_escaped(name)}{" ↻" if mark else ""}"]{mark}')
    for from_, to, between in kept:
        arrow = "-->" if any(each.kind in DATA for each in between) else "-.->"
        lines.append(f'  {ids[from_]} {arrow}|"{_escaped(tally(between))}"| {ids[to]}')
    lines.append("  classDef cycle stroke-width:3px")
    return "\n".join(lines) + "\n"


def _title(survey: Survey, found: Figures, kept: list[_Edge], total: int, alone: list[str]) -> str:
    said = f"{survey.project.name}: {number(len(found.order), 'module', 'modules')}"
    if len(kept) < total:
        said += f", the {len(kept)} heaviest of {total:,} edges"
        if alone:
            said += f", without {number(len(alone), 'module', 'modules')} that have none of these"
    if found.cycles:
        said += ", ↻ in a cycle"
    # In YAML's double quotes nothing else needs an escape; Mermaid draws the rest as text.
    return '"' + re.sub(r'[\x00-\x1f"\\<>&]', " ", said) + '"'


def _escaped(text: str) -> str:
    """Text for a quoted label: what Mermaid or a browser might read becomes an entity code."""
    return re.sub(r"[^\w \-.,:;()/→]", lambda match: f"#{ord(match[0])};", text)
