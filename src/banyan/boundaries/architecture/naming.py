"""Names that are safe in a folder and in a diagram, whatever a project calls its modules."""

import re
from collections.abc import Iterable
from hashlib import blake2b
from typing import Final

WRITTEN: Final = (
    "Written by `banyan document`, and written anew by it: what is changed here is lost."
)
"""In the first line of each file, by which it is known as one of ours."""
_MOST: Final = 80
# Names that Windows keeps for its devices, with any ending.
_RESERVED: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def file_names(names: Iterable[str]) -> dict[str, str]:
    """A file name without an ending for each; no two are the same where case doesn't tell."""
    given: dict[str, str] = {}
    taken: set[str] = set()
    # Sorted, so that which one keeps its plain name doesn't depend on what else changes place.
    for name in sorted(names):
        safe = re.sub(r"[^A-Za-z0-9_.-]", "_", name)[:_MOST].strip(".")
        if not safe or safe != name or _RESERVED.match(safe) or safe.lower() in taken:
            safe = f"{safe or 'module'}-{_mark(name)}"
        given[name] = safe
        taken.add(safe.lower())
    return given


def identifiers(names: Iterable[str], prefix: str) -> dict[str, str]:
    """An identifier for each, of letters, digits and ``_``."""
    given: dict[str, str] = {}
    taken: set[str] = set()
    for name in sorted(names):
        safe = prefix + re.sub(r"[^A-Za-z0-9_]", "_", name)[:_MOST]
        if safe != prefix + name or safe.lower() in taken:
            safe = f"{safe}_{_mark(name)}"
        given[name] = safe
        taken.add(safe.lower())
    return given


def _mark(name: str) -> str:
    """Tells names apart that look alike once they are safe."""
    return blake2b(name.encode("utf-8", "surrogatepass"), digest_size=3).hexdigest()
