"""What somebody who knows more than the survey adds to its page: views, marks, and what is said."""

from typing import Final

import msgspec


class View(msgspec.Struct, frozen=True, kw_only=True):
    """A view of its own, in the navigation before the others.

    Attributes:
        id: what its address says, as ``advice`` in ``#advice``.
        name: in the navigation.
        content: HTML in which every name is escaped; it begins with a heading.
    """

    id: str
    name: str
    content: str


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """A label at a module on the map and in the list: bars, so many of them filled, and a word.

    Attributes:
        level: how many bars are filled.
        of: how many bars there are.
        text: a word or two.
        frame: how it is framed, so that it is not told by its words alone: ``thin``, ``thick``
            or ``filled``.
        said: the same in a sentence.
    """

    level: int
    of: int
    text: str
    frame: str
    said: str


class Additions(msgspec.Struct, frozen=True, kw_only=True):
    """All that is added; the first view is what the page opens with.

    Attributes:
        title: of the column of marks in the list of modules.
        marks: by the module's name.
        panels: HTML for the page of a module, by its name; every name in it is escaped.
        legend: HTML that says how the marks are read.
        style: CSS for all that HTML.
    """

    title: str = ""
    views: tuple[View, ...] = ()
    marks: dict[str, Mark] = msgspec.field(default_factory=dict[str, Mark])
    panels: dict[str, str] = msgspec.field(default_factory=dict[str, str])
    legend: str = ""
    style: str = ""


NONE: Final = Additions()
