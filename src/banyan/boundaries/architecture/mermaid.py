"""The architecture as Mermaid flowcharts, which GitHub, GitLab and many wikis draw in a page."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from banyan.boundaries.architecture.naming import identifiers
from banyan.boundaries.architecture.structure import Container, Structure, Tie
from banyan.survey.words import number

# More lines in one drawing can't be told apart.
MOST_TIES: Final = 40
MOST_AROUND: Final = 24
MANY: Final = 8
# With more, what each stands for is told by the table beside it.
MOST_LABELLED: Final = 8


def whole(found: Structure) -> tuple[str, str]:
    """The containers with their modules, the heaviest ties between these; and what was left out.

    A whole line carries data, a dotted one only code; the number is how many couplings it is.
    """
    kept = found.ties[:MOST_TIES]
    tied = {name for tie in kept for name in (tie.source, tie.target)}
    # All are drawn when all ties are; else those that only lost their ties would seem alone.
    drawn = set(found.modules) if len(kept) == len(found.ties) else tied
    # From left to right many modules make it high, not wide: their names stay readable.
    way = "LR" if len(drawn) > MANY else "TB"
    lines = [f"flowchart {way}", *_boxes(found, found.containers, drawn)]
    lines += _arrows(found, kept, _count)
    said = _left_out(len(kept), len(found.ties))
    missing = len(found.modules) - len(drawn)
    if missing:
        said += f" {number(missing, 'module', 'modules')} without any of them are not drawn."
    return "\n".join(lines), said


def containers(found: Structure) -> tuple[str, str]:
    """The services, what ties them, who comes in by which routes; and what was left out."""
    ids = identifiers([one.name for one in found.containers], "c_")
    lines = ["flowchart TB"]
    lines += [f'  {ids[one.name]}["{_container_label(one)}"]' for one in found.containers]
    entered = [one for one in found.containers if one.routes]
    if entered:
        lines.append('  people(["People and other systems"])')
    lines += [f'  people -->|"{_some(one.routes)}"| {ids[one.name]}' for one in entered]
    between = found.between_containers()
    kept = between[:MOST_TIES]
    for tie in kept:
        arrow = "-->" if tie.carries_data else "-.->"
        lines.append(f'  {ids[tie.source]} {arrow}|"{_full(tie)}"| {ids[tie.target]}')
    return "\n".join(lines), _left_out(len(kept), len(between))


def around(found: Structure, name: str) -> tuple[str, str]:
    """A module and those that it is tied to, by the heaviest ties; and what was left out."""
    near = [tie for tie in found.ties if name in (tie.source, tie.target)]
    kept = near[:MOST_AROUND]
    drawn = {name} | {end for tie in kept for end in (tie.source, tie.target)}
    lines = ["flowchart LR", *_boxes(found, found.containers, drawn)]
    lines += _arrows(found, kept, _full if len(kept) <= MOST_LABELLED else _count)
    lines += [f"  class {_ids(found)[name]} here", "  classDef here stroke-width:3px"]
    return "\n".join(lines), _left_out(len(kept), len(near))


def _left_out(kept: int, whole: int) -> str:
    """What isn't drawn of so many relationships; "" where all are."""
    if kept == whole:
        return ""
    return f"The {kept:,} heaviest of {whole:,} relationships; {whole - kept:,} are left out."


def _ids(found: Structure) -> dict[str, str]:
    return identifiers(found.modules, "m_")


def _boxes(found: Structure, boxes: Sequence[Container], drawn: set[str]) -> Iterable[str]:
    """The modules, in a frame for each container where there are several."""
    ids = _ids(found)
    circles = {name for group in found.cycles for name in group}
    frames = identifiers([one.name for one in boxes], "c_")
    framed = len(boxes) > 1
    for one in boxes:
        inside = [name for name in found.order if name in one.modules and name in drawn]
        if not inside:
            continue
        if framed:
            yield f'  subgraph {frames[one.name]}["{escaped(one.name)}"]'
        for name in inside:
            mark = " ↻" if name in circles else ""
            yield f'  {"  " if framed else ""}{ids[name]}["{escaped(name)}{mark}"]'
        if framed:
            yield "  end"


def _arrows(found: Structure, ties: Iterable[Tie], label: Callable[[Tie], str]) -> Iterable[str]:
    ids = _ids(found)
    for tie in ties:
        arrow = "-->" if tie.carries_data else "-.->"
        yield f'  {ids[tie.source]} {arrow}|"{label(tie)}"| {ids[tie.target]}'


def _container_label(one: Container) -> str:
    held = escaped(", ".join(one.modules)) if one.modules else "implemented elsewhere"
    return f"{escaped(one.name)}<br>{held}" if held != escaped(one.name) else escaped(one.name)


def _some(routes: Sequence[str]) -> str:
    shown = [escaped(route) for route in routes[:4]]
    if len(routes) > 4:
        shown.append(f"and {len(routes) - 4} more")
    return "<br>".join(shown)


def _full(tie: Tie) -> str:
    """What it stands for, in lines, so that a label is narrow."""
    return "<br>".join(escaped(part) for part in tie.said.split(", "))


def _count(tie: Tie) -> str:
    return f"{tie.weight:,}"


def escaped(said: str) -> str:
    """Text for a quoted label: what Mermaid or a browser might read becomes an entity code."""
    return re.sub(r"[^\w \-.,:;()/→]", lambda match: f"#{ord(match[0])};", said)
