"""The survey as a page: one file with all that it needs, to be opened, sent and kept."""

from base64 import b64encode
from hashlib import sha256
from html import escape
from importlib.resources import files
from string import Template
from typing import Final
from urllib.parse import quote

from banyan.survey import summary
from banyan.survey.facts import Survey
from banyan.survey.figures import Figures, Pair
from banyan.survey.reports.html.additions import NONE, Additions
from banyan.survey.reports.html.payload import payload
from banyan.survey.words import GROUPS, Group, number, share

PAIRS: Final = 5
# An edge or a cell is drawn as the first of these that it stands for; data.js has them too.
STRENGTH: Final = (Group.RELATION, Group.MOMENT, Group.ACCESS, Group.CODE)
# In this order: each uses only what stands before it, or is called after all are there.
SCRIPTS: Final = (
    "elements",
    "data",
    "added",
    "filters",
    "map",
    "lines",
    "matrix",
    "pages",
    "search",
    "routes",
)


def render(survey: Survey, found: Figures, version: str, additions: Additions = NONE) -> str:
    """The page, in HTML.

    Args:
        version: of Banyan.
        additions: what else is shown, by somebody who knows more than the survey.
    """
    style = _part("page.css") + additions.style
    script = (
        '(() => {\n"use strict";\n' + "".join(_part(f"{name}.js") for name in SCRIPTS) + "})();"
    )
    project = survey.project
    at = f"at {project.commit[:10]}" if project.commit else ""
    return Template(_part("page.html")).substitute(
        policy=_policy(style, script),
        version=escape(version),
        project=escape(project.name),
        at=escape(at),
        style=style,
        script=script,
        survey=payload(survey, found, additions),
        tiles=_tiles(survey, found),
        pairs=_pairs(found),
        worst=_worst(found),
        next=_next(found),
        legend=_legend(),
        shapes=_shapes(),
        first=additions.views[0].id if additions.views else "map",
        links=_links(additions),
        views=_views(additions),
        panels=_panels(additions),
        marks=additions.legend,
    )


def _part(name: str) -> str:
    return files("banyan.survey.reports.html").joinpath("parts", name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    """Only this very style and script; no address is asked for anything."""
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _tiles(survey: Survey, found: Figures) -> str:
    modules = len(survey.modules)
    project = survey.project
    size = (
        f"{number(project.files, 'file', 'files')}, "
        f"{number(project.lines, 'line', 'lines')} of Python"
    )
    tiles = [
        _tile(f"{modules:,}", f"{'module' if modules == 1 else 'modules'}; {size}"),
        _tile(
            summary.reach(found),
            "of the other modules are within a module's reach, on average",
        ),
        _tile(
            f"{found.in_cycles:,} of {modules:,}",
            f"modules in {number(len(found.cycles), 'cycle', 'cycles')}",
        ),
        _tile(
            f"{found.data:,}",
            f"of {number(len(found.counted), 'coupling', 'couplings')} carry data",
        ),
    ]
    if found.data:
        text = (
            f"of these an import graph shows nothing; of {share(found.untold, found.data)} "
            "only that there is an import"
        )
        tiles.append(_tile(share(found.unseen, found.data), text, _bar(found.unseen, found.untold)))
    return "".join(tiles)


def _tile(figure: str, text: str, more: str = "") -> str:
    return f"<li><b>{escape(figure)}</b>{more}<span>{escape(text)}</span></li>"


def _bar(none: int, edge: int) -> str:
    whole = none + edge
    return (
        '<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="none" width="{100 * none / whole:.2f}" height="8"/>'
        f'<rect class="edge" x="{100 * none / whole:.2f}" width="{100 * edge / whole:.2f}" '
        'height="8"/></svg>'
    )


def _pairs(found: Figures) -> str:
    if not found.pairs:
        return "<p>No module holds on to another.</p>"
    return f'<ol class="pairs">{"".join(map(_pair, found.pairs[:PAIRS]))}</ol>'


def _pair(pair: Pair) -> str:
    names, _, rest = pair.phrase.partition(": ")
    address = f"#pair={quote(pair.first, safe='')}&{quote(pair.second, safe='')}"
    return f'<li><a href="{escape(address)}">{escape(names)}</a>: {escape(rest)}</li>'


def _worst(found: Figures) -> str:
    if found.worst is None:
        return "<p>There is none.</p>"
    where, _, what = summary.worst(found.worst).partition("  ")
    return f"<p><code>{escape(where)}</code><br>{escape(what)}</p>"


def _next(found: Figures) -> str:
    if not found.pairs:
        return "<p>Nothing: these modules could be parted as they are.</p>"
    command = escape(summary.explained(found.pairs[0]))
    return f"<p><code>{command}</code> lists what ties them, by what would cut it.</p>"


def _shapes() -> str:
    return "".join(
        f'<li class="shape {group}"><i></i>{escape(GROUPS[group])}</li>' for group in STRENGTH
    )


def _legend() -> str:
    return "".join(
        f'<li><svg class="sample" viewBox="0 0 34 10" width="34" height="10" aria-hidden="true">'
        f'<path class="line {group}" d="M1 5H33"/></svg>{escape(GROUPS[group])}</li>'
        for group in STRENGTH
    )


def _links(additions: Additions) -> str:
    return "".join(
        f'<a href="#{escape(view.id)}">{escape(view.name)}</a>\n    ' for view in additions.views
    )


def _views(additions: Additions) -> str:
    # Hidden by the script, which then shows one of them: without it all can be read.
    return "".join(
        f'<section id="view-{escape(view.id)}" class="added">{view.content}</section>\n'
        for view in additions.views
    )


def _panels(additions: Additions) -> str:
    return "".join(
        f'<template data-about="{escape(name)}">{content}</template>\n'
        for name, content in additions.panels.items()
    )
