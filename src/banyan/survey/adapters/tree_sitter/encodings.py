"""A file's bytes as UTF-8 with plain line ends, whatever they are when they come."""

import codecs
import re
from typing import Final

from banyan.survey.damage import Damage

_COOKIE: Final = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
_BLANK: Final = re.compile(rb"^[ \t\f]*(?:#.*)?$")
_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTINUED: Final = b"\\\n" * 100
_RUN: Final = re.compile(rb"(?:\\\n){100,}")


def unified(data: bytes) -> tuple[bytes, list[Damage]]:
    """The same source in UTF-8, its lines ended by a newline, and what was wrong with it."""
    damages: list[Damage] = []
    if not data.isascii():
        data = _recoded(data, damages)
    elif b"coding" in data[:400]:
        # Names as ``rot13`` are no encodings of source; UTF-7 is, and is ASCII too.
        name = declared(data)
        if name and name.replace("-", "_").lower() in ("utf_7", "utf7"):
            data = _recoded(data, damages)
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if _CONTINUED in data:
        # The grammar's time grows with the square of such a run.
        data = _RUN.sub(lambda run: run[0].replace(b"\\", b" "), data)
    if b"\0" in data:
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        damages.append(Damage(line, "NUL bytes, which no Python source has"))
        data = data.replace(b"\0", b" ")
    return data, damages


def declared(data: bytes) -> str | None:
    """The encoding that the first or second line names, as PEP 263 has it."""
    for line in data[:400].splitlines()[:2]:
        match = _COOKIE.match(line)
        if match:
            return match[1].decode("ascii")
        if not _BLANK.match(line):
            return None
    return None


def _recoded(data: bytes, damages: list[Damage]) -> bytes:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            damages.append(Damage(1, f"{encoding.upper()}, which Python does not read"))
            return data.decode(encoding, "replace").encode()
    if data.startswith(codecs.BOM_UTF8):
        data = data[len(codecs.BOM_UTF8) :]
        name = "utf-8"
    else:
        name = declared(data) or "utf-8"
    try:
        text = data.decode(name)
    except LookupError:
        damages.append(Damage(1, f"an encoding that Python does not know: {name}"))
        text = data.decode("utf-8", "replace")
    except UnicodeError as error:
        at = error.start if isinstance(error, UnicodeDecodeError) else 0
        damages.append(Damage(data.count(b"\n", 0, at) + 1, f"bytes that are not {name}"))
        text = data.decode("utf-8", "replace")
    else:
        if name == "utf-8":
            return data
    # Half of a pair is no character.
    return text.encode("utf-8", "replace")
