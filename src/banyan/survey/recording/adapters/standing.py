"""Tells which lines of evidence still stand in a project's folder."""

import re
from pathlib import Path

from msgspec.structs import replace

from banyan.survey.recording.evidence import Evidence, Line


def standing(evidence: Evidence, root: Path) -> Evidence:
    """The evidence without the lines that the project doesn't have, or no longer has.

    A line stands when its file is there, is that long, and has a function of that name. What has
    moved within its file can't be told, and stands.
    """
    inside = root.resolve()
    files = {file: _text(inside, file) for file in {line.file for line in evidence.lines}}
    names = {file: frozenset(re.findall(r"\w+", text)) for file, text in files.items()}
    lengths = {file: text.count("\n") + 1 for file, text in files.items()}

    def stands(line: Line) -> bool:
        is_long_enough = bool(files[line.file]) and line.line <= lengths[line.file]
        return is_long_enough and (line.function[:1] == "<" or line.function in names[line.file])

    return replace(evidence, lines=tuple(filter(stands, evidence.lines)))


def _text(root: Path, file: str) -> str:
    """The text of a file of the project's own; "" when there is none."""
    try:
        path = (root / file).resolve()
        return path.read_text(encoding="utf-8", errors="replace") if root in path.parents else ""
    except (OSError, ValueError):
        return ""
