"""Draws a mark as HTML, as the survey's script draws it on the map."""

from typing import Final

from banyan.boundaries.advice.reports.html.markup import Markup, element
from banyan.boundaries.advice.reports.html.words import BEGIN, MOST
from banyan.survey.reports.html.additions import Mark

_BAR: Final = 3.5
_GAP: Final = 1.5
_HEIGHT: Final = 9.0
_SCALE: Final = 1.3
"""In a text its letters are larger than on the map."""


def drawn(mark: Mark) -> Markup:
    """Its bars and its words, in its frame."""
    step = _BAR + _GAP
    width = mark.of * step - _GAP
    bars: list[Markup] = []
    for place in range(mark.of):
        height = _HEIGHT * (place + 1.6) / (mark.of + 0.6)
        bars.append(
            element(
                "rect",
                class_="bar-full" if place < mark.level else "bar-empty",
                x=f"{place * step:g}",
                y=f"{_HEIGHT - height:.2f}",
                width=f"{_BAR:g}",
                height=f"{height:.2f}",
            )
        )
    drawing = element(
        "svg",
        bars,
        viewBox=f"0 0 {width:g} {_HEIGHT:g}",
        width=f"{_SCALE * width:g}",
        height=f"{_SCALE * _HEIGHT:g}",
        aria_hidden="true",
    )
    spoken = element("span", f"{mark.level} of {mark.of}: ", class_="unseen")
    return element("span", drawing, spoken, mark.text, class_=f"mark {mark.frame}", title=mark.said)


def legend() -> Markup:
    """How the marks on the map are read."""
    return element(
        "p",
        f"The label in a module is its advice: as many bars are filled as it has climbed of the "
        f"{MOST} rungs towards standing alone, then comes the verdict. A thin frame stays, a thick "
        f"one has work before it, a filled one could leave; {BEGIN} is where to begin.",
    )
