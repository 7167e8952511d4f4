"""Keeps the pages in a folder: writes them, takes old ones away, tells whether they are right."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from banyan.boundaries.architecture.naming import WRITTEN
from banyan.errors import ConfigurationError


class Difference(msgspec.Struct, frozen=True, order=True):
    """A file that is not as it would be written.

    Attributes:
        what: ``missing``, ``out of date`` or ``left over``.
    """

    file: str
    what: str


def differences(folder: Path, pages: Mapping[str, str]) -> list[Difference]:
    """Which files of the folder are not as they would be written, sorted."""
    found = [Difference(name, "left over") for name in _ours(folder) if name not in pages]
    for name, text in pages.items():
        there = _read(folder / name)
        if there is None:
            found.append(Difference(name, "missing"))
        elif there != text:
            found.append(Difference(name, "out of date"))
    return sorted(found)


def write(folder: Path, pages: Mapping[str, str]) -> list[Difference]:
    """Make the folder hold these pages, and say which files changed.

    What is not one of Banyan's pages is left alone.

    Raises:
        ConfigurationError: a file of somebody else's is in the way, or can't be written.
    """
    changed = differences(folder, pages)
    for one in changed:
        there = _read(folder / one.file)
        if there is not None and not _is_ours(there):
            raise ConfigurationError(
                f"{folder / one.file} is in the way: it was not written by `banyan document`.",
                hint="Name a folder of its own: -o docs/architecture",
            )
    try:
        for one in changed:
            file = folder / one.file
            if one.what == "left over":
                file.unlink()
            else:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(pages[one.file], encoding="utf-8", newline="\n")
    except OSError as error:
        raise ConfigurationError(
            f"The pages can't be written to {folder}: {error.strerror}.",
            hint="Name a folder that may be written to.",
        ) from error
    return changed


def _ours(folder: Path) -> Iterable[str]:
    """The files in the folder that were written by Banyan, whatever modules there were then."""
    for pattern in ("index.md", "workspace.dsl", "modules/*.md"):
        for file in folder.glob(pattern):
            there = _read(file)
            if there is not None and _is_ours(there):
                yield file.relative_to(folder).as_posix()


def _is_ours(text: str) -> bool:
    return text.startswith((f"<!-- {WRITTEN}", f"# {WRITTEN}"))


def _read(file: Path) -> str | None:
    """Its text; None where there is no such file, and what can't be read is nobody's page."""
    try:
        with file.open(encoding="utf-8", errors="replace", newline="") as opened:
            # Git may have written other line ends on this machine.
            return opened.read().replace("\r\n", "\n")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ConfigurationError(
            f"{file} can't be read: {error.strerror}.",
            hint="Name a folder of its own: -o docs/architecture",
        ) from error
