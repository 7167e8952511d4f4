"""Strings and numbers as Python means them."""

import re
import unicodedata
from typing import Final

from tree_sitter import Node

from banyan.survey.adapters.tree_sitter.grammar import kind
from banyan.survey.adapters.tree_sitter.page import LONGEST, Page, proper
from banyan.survey.damage import LEFT_OUT
from banyan.survey.syntax import Constant, Parts, Text

CONTENT: Final = kind("string_content")
_QUOTES: Final = frozenset({'"', "'"})
_TRIPLE: Final = frozenset({'"""', "'''"})
_LETTERS: Final = "bfrtuBFRTU"

_ESCAPE: Final = re.compile(
    r"\\(\n|[0-7]{1,3}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|N\{[^}]+\}|[\\'\"abfnrtv])"
)
_SIMPLE: Final = {
    "\n": "",
    "\\": "\\",
    "'": "'",
    '"': '"',
    "a": "\a",
    "b": "\b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "v": "\v",
}
_OCTAL2: Final = re.compile(r"0_?[0-7_]*[1-7][0-7_]*")
# The widest that msgpack holds.
_WIDEST: Final = 2**63


def resolved(text: str) -> str:
    """A string's text with its escapes resolved; an unknown one stays as it is written."""
    return _ESCAPE.sub(_resolve, text)


def _resolve(match: re.Match[str]) -> str:
    escape = match[1]
    simple = _SIMPLE.get(escape)
    if simple is not None:
        return simple
    first = escape[0]
    if first == "N":
        try:
            return unicodedata.lookup(escape[2:-1])
        except KeyError:
            return match[0]
    code = int(escape[1:], 16) if first in "xuU" else int(escape, 8)
    if code > 0x10FFFF:
        return match[0]
    # Half of a pair is no character, and cannot be written.
    return "\ufffd" if 0xD800 <= code <= 0xDFFF else chr(code)


def string(node: Node, page: Page, _room: int) -> Text | Constant | Parts | None:
    """A string without expressions in it; None when it has some, or is a template."""
    text = page.text[node.start_byte : node.end_byte]
    first = text[0] if text else ""
    flags = ""
    if first not in _QUOTES:
        begin = len(text) - len(text.lstrip(_LETTERS))
        flags = text[:begin].lower()
        text = text[begin:]
        if "`" in text[:1]:
            page.note_python2(node)
            return Parts()
        if "t" in flags or ("f" in flags and "{" in text.replace("{{", "")):
            return None
    quotes = 3 if text[:3] in _TRIPLE else 1
    # The end may be missing.
    value = text[quotes:-quotes] if text[-quotes:] == text[:quotes] else text[quotes:]
    if not value.isascii():
        value = proper(value)
    if len(value) > LONGEST:
        page.damage(node, f"{LEFT_OUT}the end of a string of {len(value):,} characters")
        value = value[:LONGEST]
    if flags:
        return _flagged(node, page, flags, value)
    if "\\" in value:
        value = resolved(value)
    return Text(node.start_point[0] + 1, value)


def _flagged(node: Node, page: Page, flags: str, value: str) -> Text | Constant:
    """A string that has letters before its quotes."""
    if "b" in flags:
        return Constant(None)
    if "f" in flags:
        value = value.replace("{{", "{").replace("}}", "}")
    if "r" not in flags:
        if "\\" in value:
            value = resolved(value)
    elif "u" in flags:
        page.note_python2(node)
    return Text(node.start_point[0] + 1, value)


def integer(node: Node, page: Page, _room: int) -> Constant:
    """A whole number; one of more than 64 bits, or an imaginary one, counts as None."""
    text = page.text[node.start_byte : node.end_byte]
    if text.isdigit() and text[0] != "0" and len(text) < 19:
        return Constant(int(text))
    last = text[-1:]
    if last in "lL":
        page.note_python2(node)
        text = text[:-1]
    elif last in "jJ":
        return Constant(None)
    if _OCTAL2.fullmatch(text):
        page.note_python2(node)
        text = f"0o{text[1:]}"
    try:
        value = int(text, 0)
    except ValueError:
        return Constant(None)
    return Constant(value if value < _WIDEST else None)


def floating(node: Node, page: Page, _room: int) -> Constant:
    """A number with a fraction or an exponent; an imaginary one counts as None."""
    try:
        return Constant(float(page.text[node.start_byte : node.end_byte]))
    except ValueError:
        return Constant(None)
