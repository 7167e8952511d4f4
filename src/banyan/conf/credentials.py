"""Finds what must not stand in a file under version control."""

import re
from collections.abc import Iterator, Mapping
from typing import cast

from banyan.conf.document import Document, Path_
from banyan.conf.sections import NEVER_IN_TOML, Settings
from banyan.conf.shape import dotted
from banyan.findings import Finding

_TELLING = re.compile(
    r"passw(or)?d|secret|credential|token|(api|private|access|auth)_?key", re.IGNORECASE
)
_IN_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://[^\s/@:]*:(?P<password>[^\s@/]+)@", re.IGNORECASE)
# A name that the shell, a template or a reader is to replace.
_PLACEHOLDER = re.compile(r"^[$<{%*]")
_BY_LOOKS = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----"
    r"|\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\."  # a JSON web token
    r"|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_\w{30,}|\bsk_live_\w{10,}|\bxox[abp]-\w{8,}"
)


def credentials(document: Document) -> Iterator[Finding]:
    """Each credential in a file, by the name of its key or by its looks; its value is not shown."""
    for path, value in _leaves(document.values, ()):
        if isinstance(value, str) and value and (_is_named(path) or _looks_like_one(value)):
            yield Finding(
                "banyan.E009",
                f"a credential stands in the file, at {dotted(path)}",
                f"Give it by the environment{_variable(path)}, and change it: what has been "
                "under version control is known.",
                document.locate(*path),
            )


def _is_named(path: Path_) -> bool:
    if path in NEVER_IN_TOML:
        return True
    section, key = path[0], str(path[-1])
    known = getattr(getattr(Settings(), str(section), None), "__struct_fields__", ())
    return key not in known and bool(_TELLING.search(key)) and section not in ("modules", "gateway")


def _looks_like_one(value: str) -> bool:
    if _BY_LOOKS.search(value):
        return True
    return any(not _PLACEHOLDER.match(found["password"]) for found in _IN_ADDRESS.finditer(value))


def _variable(path: Path_) -> str:
    section = getattr(Settings(), str(path[0]), None)
    if section is None or len(path) != 2 or path[1] not in section.__struct_fields__:
        return ""
    return f", as BANYAN_{path[0]}_{path[1]}".upper().replace(", AS ", ", as ")


def _leaves(value: object, path: Path_) -> Iterator[tuple[Path_, object]]:
    if isinstance(value, Mapping):
        for key, inner in cast("Mapping[str, object]", value).items():
            yield from _leaves(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(cast("list[object]", value)):
            yield from _leaves(inner, (*path, number))
    else:
        yield path, value
