"""A TOML file with the place at which each of its values stands."""

import os
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from banyan.findings import Finding, FindingsError, Location

FILE_NAME = "banyan.toml"
SIZE_LIMIT = 1024 * 1024

Path_ = tuple[str | int, ...]
"""The keys and indexes from the root to a value, as ``("modules", "orders", "apps", 0)``."""


@dataclass(frozen=True)
class Document:
    """What a TOML file holds, and where.

    Attributes:
        values: as :mod:`tomllib` reads them.
        source: what they were read from.
    """

    file: Path
    values: Mapping[str, Any]
    source: bytes

    @cached_property
    def places(self) -> Mapping[Path_, tuple[int, int]]:
        """Line and column of each table, key and array item, counted from 1."""
        # It loads a parser that nothing needs of a file in which nothing is wrong.
        from banyan.conf.places import places_in

        return places_in(self.source)

    def locate(self, *path: str | int) -> Location:
        """The place of a value, or of the nearest table around it that has one."""
        for length in range(len(path), 0, -1):
            if place := self.places.get(path[:length]):
                return Location(self.file, *place)
        return Location(self.file)


def find_project_file(start: Path | None = None) -> Path | None:
    """The nearest ``banyan.toml`` in a folder or above it.

    Without a folder to start from, ``BANYAN_FILE`` in the environment names the file outright;
    else the search starts beside Django's settings, wherever the process was started, and then in
    the working folder.
    """
    if start is not None:
        return _upwards(start)
    if named := os.environ.get("BANYAN_FILE"):
        return Path(named)
    beside = _settings_folder()
    return (_upwards(beside) if beside else None) or _upwards(Path.cwd())


def _upwards(start: Path) -> Path | None:
    folder = start.resolve()
    for candidate in (folder, *folder.parents):
        if (file := candidate / FILE_NAME).is_file():
            return file
    return None


def _settings_folder() -> Path | None:
    # Not imported: where Django is in use, its settings have been imported, or are being so.
    settings = sys.modules.get(os.environ.get("DJANGO_SETTINGS_MODULE", ""))
    file = getattr(settings, "__file__", None)
    return Path(file).parent if file else None


def read_document(file: Path) -> Document:
    """Read a TOML file.

    Raises:
        FindingsError: it cannot be read, is larger than 1 MiB, or is no TOML.
    """
    try:
        with file.open("rb") as stream:
            source = stream.read(SIZE_LIMIT + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise _refusal(f"cannot be read: {reason}", "", Location(file)) from None
    if len(source) > SIZE_LIMIT:
        raise _refusal("is larger than 1 MiB", "No project needs that much.", Location(file))
    return parse_document(source, file)


def parse_document(source: bytes, file: Path, *, id: str = "banyan.E001") -> Document:
    """Read TOML that was read from a file.

    Args:
        id: of the finding that says what is wrong with it.

    Raises:
        FindingsError: it is no TOML.
    """
    try:
        values = tomllib.loads(source.decode())
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        place = Location(file, line)
        raise _refusal("is not UTF-8", "Save it as UTF-8.", place, id) from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        place = _syntax_error(file, source)
        hint = "See toml.io for the syntax."
        raise _refusal(f"is no valid TOML: {error}", hint, place, id) from None
    return Document(file, values, source)


def _refusal(message: str, hint: str, location: Location, id: str = "banyan.E001") -> FindingsError:
    # Every banyan.toml is called so, whatever its file is called.
    name = FILE_NAME if id == "banyan.E001" else location.file.name
    return FindingsError([Finding(id, f"{name} {message}", hint, location)])


def _syntax_error(file: Path, source: bytes) -> Location:
    """Where reading the file failed."""
    text = source.decode()
    try:
        tomllib.loads(text)
    except RecursionError:
        return Location(file, 1)
    except tomllib.TOMLDecodeError as error:
        # "… (at line 3, column 7)" until Python 3.14 gave the error attributes of its own.
        words = str(error).rpartition("(at line ")[2].rstrip(")").partition(", column ")
        if words[0].isdigit() and words[2].isdigit():
            return Location(file, int(words[0]), int(words[2]))
    return Location(file, text.count("\n") + 1)
