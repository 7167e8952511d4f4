"""Writes Markdown in which every name of the project is text."""

import re
from collections.abc import Iterable, Sequence

_PLAIN = re.compile(r"[\w.\-@/:]+(?: [\w.\-@/:]+)*")


def text(said: str) -> str:
    """Text as it is read: nothing in it is Markdown or HTML."""
    flat = re.sub(r"[\x00-\x1f\x7f\u2028\u2029]+", " ", said)
    flat = flat.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"([\\`*_{}\[\]#!|~$])", r"\\\1", flat)


def code(name: str) -> str:
    """A name in the letters of code; an odd one as text."""
    return f"`{name}`" if _PLAIN.fullmatch(name) else text(name)


def link(label: str, address: str) -> str:
    """A link to a page of ours, whose address is safe already."""
    return f"[{text(label)}]({address})"


def table(head: Sequence[str], body: Iterable[Sequence[str]]) -> list[str]:
    """The lines of a table; its cells are Markdown."""
    lines = [f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]
    lines += [f"| {' | '.join(cell or ' ' for cell in row)} |" for row in body]
    return lines


def bullets(items: Iterable[str]) -> list[str]:
    """The lines of a list; its items are Markdown."""
    return [f"- {item}" for item in items]


def page(*parts: Iterable[str]) -> str:
    """A page of paragraphs, lists and tables, with an empty line between each two."""
    return "\n\n".join("\n".join(part) for part in (list(part) for part in parts) if part) + "\n"
