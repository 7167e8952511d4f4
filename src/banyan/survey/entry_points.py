"""Entry points: the names under which packages offer something to whoever asks for a group."""

import configparser
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from banyan.survey.pyproject import parsed, table

_REFERENCE: Final = re.compile(r"\s*([\w.]+)\s*(?::\s*([\w.]+)\s*)?(?:\[[^\]]*\]\s*)?")
_LINE: Final = re.compile(r"\bline:? +(\d+)")
# Tables of a pyproject.toml whose tables are groups: of the standard, of Poetry, of old Flit.
_TABLES: Final = (
    ("project", "entry-points"),
    ("tool", "poetry", "plugins"),
    ("tool", "flit", "entrypoints"),
)
_SECTION: Final = "options.entry_points"


@dataclass(frozen=True, slots=True)
class EntryPoint:
    """One entry point, as a file declares it.

    Attributes:
        module: dotted.
        attribute: what it offers of the module; "" where that is the module itself.
    """

    group: str
    name: str
    module: str
    attribute: str
    file: str
    line: int

    @property
    def value(self) -> str:
        """The reference, as it is written."""
        return f"{self.module}:{self.attribute}" if self.attribute else self.module

    def said(self, attribute: str) -> str | None:
        """What the object that Python, or stevedore, makes of it has; None where not followed."""
        said = {
            "name": self.name,
            "group": self.group,
            "value": self.value,
            "entry_point_target": self.value,
            "module": self.module,
            "module_name": self.module,
            "attr": self.attribute,
        }
        return said.get(attribute)


class NotReadable(ValueError):
    """A file in which entry points may be is not written as such files are.

    Attributes:
        line: where that was noticed.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        found = _LINE.search(reason)
        self.line = int(found[1]) if found else 1


def in_toml(text: str, file: str) -> Iterator[EntryPoint]:
    """Those that a pyproject.toml declares.

    Raises:
        NotReadable: it is no TOML.
    """
    try:
        content = parsed(text)
    except ValueError as error:
        raise NotReadable(str(error)) from error
    for path in _TABLES:
        for group, entries in table(content, *path).items():
            for name, value in table(entries).items():
                yield from entry_points(group, name, value, text, file)


def in_setup_cfg(text: str, file: str) -> Iterator[EntryPoint]:
    """Those that a setup.cfg declares.

    Raises:
        NotReadable: it has no sections and keys.
    """
    parser = _parsed(text)
    if parser.has_section(_SECTION):
        for group, lines in parser.items(_SECTION):
            yield from in_lines(group, lines.split("\n"), text, file)


def in_sections(text: str, file: str, around: str) -> Iterator[EntryPoint]:
    """Those of a text with a section for each group, as ``setup()`` may be given.

    Args:
        around: the text of the whole file.

    Raises:
        NotReadable: it has no sections and keys.
    """
    parser = _parsed(text)
    for group in parser.sections():
        for name, value in parser.items(group):
            yield from entry_points(group, name, value, around, file)


def in_lines(group: str, lines: Iterable[str], text: str, file: str) -> Iterator[EntryPoint]:
    """Those of a group, each written as ``name = package.module:attribute``."""
    for line in lines:
        name, sign, value = line.partition("=")
        if sign:
            yield from entry_points(group, name.strip(), value, text, file)


def entry_points(
    group: str, name: str, value: object, text: str, file: str
) -> Iterator[EntryPoint]:
    """The entry point that is declared so, if it is one."""
    found = _REFERENCE.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return
    before, _, _ = text.partition(found[0].strip())
    line = before.count("\n") + 1 if len(before) < len(text) else 1
    yield EntryPoint(group, name, found[1], found[2] or "", file, line)


def _parsed(text: str) -> configparser.RawConfigParser:
    parser = configparser.RawConfigParser(delimiters=("=",), strict=False)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    try:
        parser.read_string(text)
    except configparser.Error as error:
        found = _LINE.search(str(error))
        where = f" (line {found[1]})" if found else ""
        raise NotReadable(f"it is not written as sections and keys{where}") from error
    return parser
