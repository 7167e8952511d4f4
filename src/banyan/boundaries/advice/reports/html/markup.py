"""Makes HTML of which every text is escaped, so that no name of a foreign project is markup."""

from collections.abc import Iterable
from html import escape
from typing import TypeAlias
from urllib.parse import quote


class Markup(str):
    """HTML as it is to stand in the page."""

    __slots__ = ()


Child: TypeAlias = "str | Markup | Iterable[Child] | None"


def element(name: str, *children: Child, **attributes: str | None) -> Markup:
    """An element. Texts are escaped; what is markup already is taken as it is; None is nothing.

    Args:
        attributes: with ``_`` in place of ``-``, and ``class_`` for ``class``; None leaves one out.
    """
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Markup(f"<{name}{said}>{joined(children)}</{name}>")


def joined(children: Child) -> Markup:
    """Markup of several in a row."""
    if children is None:
        return Markup()
    if isinstance(children, Markup):
        return children
    if isinstance(children, str):
        return Markup(escape(children))
    return Markup("".join(joined(child) for child in children))


def spoken(text: str) -> Markup:
    """A sentence in which what stands between backticks is code."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return joined(text)
    return joined(element("code", part) if at % 2 else part for at, part in enumerate(parts))


def to_module(name: str) -> Markup:
    """A link to a module's page in the survey."""
    return element("a", name, href=f"#module={quote(name, safe='')}")


def to_pair(first: str, second: str, text: Child) -> Markup:
    """A link to all that ties two modules."""
    address = f"#pair={quote(first, safe='')}&{quote(second, safe='')}"
    return element("a", text, href=address)


def rows(
    head: Iterable[str],
    body: Iterable[Iterable[Child]],
    numbers: int = 0,
    class_: str = "list",
) -> Markup:
    """A table; the first cell of each row is its header.

    Args:
        numbers: how many columns after the first hold numbers.
    """

    def kind(column: int) -> str | None:
        return "number" if 0 < column <= numbers else None

    heads = [
        element("th", text, scope="col", class_=kind(column)) for column, text in enumerate(head)
    ]
    lines: list[Markup] = []
    for row in body:
        first, *rest = row
        cells = [element("td", cell, class_=kind(column)) for column, cell in enumerate(rest, 1)]
        lines.append(element("tr", element("th", first, scope="row"), cells))
    table = element(
        "table", element("thead", element("tr", heads)), element("tbody", lines), class_=class_
    )
    # Wide tables are scrolled for themselves, by keyboard too.
    return element("div", table, class_="scroll", tabindex="0", role="region", aria_label="Table")
