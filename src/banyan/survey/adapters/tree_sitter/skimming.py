"""Leaves of a source only the statements with imports in them, so that the rest is not parsed.

It goes by top-level statements: those at whose lines' starts, outside strings and comments, no
import stands give way to as many empty lines. What it is not sure of, it leaves to the parser;
what stands behind all imports, it does not look at.
"""

import re
import sys
from typing import Final

_WORD: Final = b"import"
_IMPORT: Final = rb"(?:import\b|from\b(?=[^\n]*(?:\bimport\b|\\\n)))"

# Each step goes over all that is neither a top-level statement's first line nor an import's.
_STEP: Final = re.compile(
    rb"""
    (?:
        [^"'\#\n]++
      | \n (?! [ \t\f]*+ """
    + _IMPORT
    + rb""" | [^ \t\f\n\#)\]}] )
      | \n (?= (?: else | elif | except | finally )\b )
      | \#[^\n]*+
      | "{3} [^"\\]*+ (?: (?: \\. | "(?!"") ) [^"\\]*+ )*+ "{3}
      | '{3} [^'\\]*+ (?: (?: \\. | '(?!'') ) [^'\\]*+ )*+ '{3}
      | " (?!"") [^"\\\n]*+ (?: \\. [^"\\\n]*+ )*+ "
      | ' (?!'') [^'\\\n]*+ (?: \\. [^'\\\n]*+ )*+ '
    )*+
    (?: \n | \Z )
    """,
    re.VERBOSE | re.DOTALL,
)
_IMPORT_HERE: Final = re.compile(rb"[ \t\f]*+" + _IMPORT)

# An import after another statement in the same line.
_BEHIND: Final = re.compile(rb"[;:][ \t]*+(?:import\b|from\b[^\n]*\bimport\b)")

# Since Python 3.12, an f-string's own quotes may stand in its braces. Its letters begin a word, as
# the last of ``"account": {"id"`` does not.
_NESTED: Final = re.compile(
    rb"""[fFrRtT](?<!\w.)[fFrRtT]?(?:"(?!"")(?:[^"\\\n]|\\.)*?\{[^}"\n]*"|'(?!'')(?:[^'\\\n]|\\.)*?\{[^}'\n]*')""",
    re.DOTALL,
)

# Python's own possessive quantifiers are not right before.
_IS_POSSIBLE: Final = sys.version_info >= (3, 11, 5)


def skimmed(data: bytes) -> bytes | None:
    """The source with its imports where they were, or None where that cannot be told so."""
    if not _IS_POSSIBLE:
        return None
    text = b"\n" + data
    # Nothing has to be told from strings behind the statement with the last import.
    last = text.rfind(_WORD) + len(_WORD)
    # The next character tells whether the word ends there.
    if _BEHIND.search(text, 0, last + 1):
        return None
    kept: list[bytes] = []
    begin = 0
    is_wanted = False
    place = 0
    end = len(text)
    while place < end and (is_wanted or place < last):
        match = _STEP.match(text, place)
        if match is None:
            # A string that does not end, or the like.
            return None
        place = match.end()
        has_import = _IMPORT_HERE.match(text, place)
        if place >= end or text[place] not in b" \t\f":
            block = text[begin:place]
            kept.append(block if is_wanted else b"\n" * block.count(b"\n"))
            begin = place
            is_wanted = False
        if has_import:
            is_wanted = True
            # So that the next step does not stop at the same place.
            place = has_import.end()
    if _NESTED.search(text, 0, place):
        return None
    block = text[begin:]
    kept.append(block if is_wanted else b"\n" * block.count(b"\n"))
    return b"".join(kept)[1:]
