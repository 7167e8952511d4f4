"""A finding: what a check saw, as a value that a terminal, Django or a report can show."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from banyan.errors import ConfigurationError


class Level(StrEnum):
    """How much a finding weighs; only an error fails a check."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file. Lines and columns count from 1; 0 means the file as a whole."""

    file: Path
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check found.

    Attributes:
        id: stable, as ``banyan.E001``; ``docs/findings/`` has a page for each.
        message: what is wrong, in one sentence.
        hint: what to do about it.
    """

    id: str
    message: str
    hint: str = ""
    location: Location | None = None
    level: Level = Level.ERROR

    def __str__(self) -> str:
        place = f"{self.location}: " if self.location else ""
        hint = f"\n    {self.hint}" if self.hint else ""
        return f"{place}{self.id} {self.message}{hint}"


class FindingsError(ConfigurationError):
    """Findings that leave nothing to go on with; its text lists each of them."""

    code = "banyan.findings"

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(map(str, self.findings)))
