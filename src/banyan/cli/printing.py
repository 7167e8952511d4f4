"""Shows findings and errors to people."""

from pathlib import Path

from rich.console import Console
from rich.text import Text

from banyan.errors import BanyanError
from banyan.findings import Finding, FindingsError, Level

COLOURS = {Level.ERROR: "red", Level.WARNING: "yellow", Level.INFO: "cyan"}


def print_error(error: BanyanError) -> None:
    """An error on standard error: its findings, or its text and hint."""
    console = Console(stderr=True, highlight=False)
    if isinstance(error, FindingsError):
        for finding in error.findings:
            print_finding(finding, console)
        return
    console.print(Text.assemble((f"{error.code} ", "bold red"), error.message), soft_wrap=True)
    if error.hint:
        console.print(Text(f"  → {error.hint}", "dim"), soft_wrap=True)


def print_finding(finding: Finding, console: Console) -> None:
    """One finding: where, which, what, and what to do."""
    if finding.location:
        place = finding.location
        shown = type(place)(_near(place.file), place.line, place.column)
        console.print(Text(str(shown), "bold"), soft_wrap=True)
    console.print(
        Text.assemble((f"{finding.id} ", f"bold {COLOURS[finding.level]}"), finding.message),
        soft_wrap=True,
    )
    if finding.hint:
        console.print(Text(f"  → {finding.hint}", "cyan"), soft_wrap=True)


def _near(file: Path) -> Path:
    """A path as somebody in this folder would write it."""
    try:
        return file.resolve().relative_to(Path.cwd())
    except ValueError:
        return file
