"""What the packages in a project's tree offer as entry points, for settings that ask for them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import Final

from banyan.survey.codebase import Codebase
from banyan.survey.configuration import TEMPLATE, Reader
from banyan.survey.constants import Value, alternatives, first_text, selected, texts
from banyan.survey.entry_points import (
    EntryPoint,
    NotReadable,
    in_lines,
    in_sections,
    in_setup_cfg,
    in_toml,
)
from banyan.survey.evaluation import Evaluation
from banyan.survey.expressions import Answer
from banyan.survey.facts import Place, Unresolved
from banyan.survey.meanings import External, PythonModule, Unknown
from banyan.survey.places import place_of
from banyan.survey.syntax import Attribute, Call, Name
from banyan.survey.traversal import within

_ALL: Final = ("importlib.metadata.entry_points", "importlib_metadata.entry_points")
# What asks for those of a group, and by which argument, if not by the first.
_ASKING: Final = {
    "pkg_resources.iter_entry_points": "group",
    "stevedore.ExtensionManager": "namespace",
    "stevedore.extension.ExtensionManager": "namespace",
    **{f"{name}{of}": "group" for name in _ALL for of in ("", "().select", "().get")},
    **{f"{name}().__getitem__": "" for name in _ALL},
}
_FILES: Final = ("pyproject.toml", "setup.cfg", "setup.py")
# A file that is larger was not written by people, and offers nothing beyond that many.
_LARGEST: Final = 1_000_000
_MOST: Final = 1_000


class Distributions:
    """The entry points in a tree, read when settings ask for some.

    Args:
        files: the paths of all files of the project, also of those that are not Python.
        read: gives the text of one.

    Attributes:
        answers: what is given to whom, by the names of the functions that ask.
    """

    def __init__(self, codebase: Codebase, files: Collection[str], read: Reader) -> None:
        self._codebase = codebase
        self._files = files
        self._read = read
        self._offered: list[EntryPoint] | None = None
        self._asked: set[str] = set()
        self._unresolved: list[Unresolved] = []
        self.answers: Mapping[str, Answer] = {name: partial(self._answer, name) for name in _ASKING}

    def unresolved(self, foreign: Collection[str]) -> Iterator[Unresolved]:
        """What of the entry points that were asked for could not be told.

        Args:
            foreign: the installed apps that were not found in the project.
        """
        yield from self._unresolved
        for one in self._offered or ():
            installed = {one.name, one.module, one.value} & set(foreign)
            if one.group in self._asked and installed:
                reason = (
                    f"the entry point {one.name} of {one.group} stands for an app that was not "
                    f"found in the project: {min(installed)}"
                )
                yield Unresolved(file=one.file, line=one.line, reason=reason)

    def _answer(
        self, name: str, arguments: Sequence[Value], keywords: Mapping[str, Value]
    ) -> Value:
        """The entry points of a group; without one, what can be asked for a group's."""
        if name in _ALL and not (arguments or keywords):
            return External(f"{name}()")
        group = first_text(keywords.get(_ASKING[name], arguments[0] if arguments else None))
        if not group:
            return Unknown("entry points of a group that is not known")
        return selected(self._of(group), keywords)

    def _of(self, group: str) -> list[Value]:
        self._asked.add(group)
        more = Unknown(f"the entry points of {group} in packages that are installed")
        return [*(one for one in self._known() if one.group == group), more]

    def _known(self) -> list[EntryPoint]:
        if self._offered is None:
            self._offered = []
            for path in sorted(self._files):
                if (
                    path.rpartition("/")[2] in _FILES
                    and place_of(path) is not Place.TEST
                    and not TEMPLATE.search(path)
                ):
                    self._look_into(path)
        return self._offered

    def _look_into(self, path: str) -> None:
        text = self._read(path) or ""
        offered = self._known()
        try:
            if len(text) > _LARGEST:
                raise NotReadable(f"it has more than {_LARGEST:,} characters")
            offered += islice(self._in(path, text), _MOST)
        except NotReadable as error:
            reason = f"its entry points are not known: {error}"
            self._unresolved.append(Unresolved(file=path, line=error.line, reason=reason))

    def _in(self, path: str, text: str) -> Iterator[EntryPoint]:
        match path.rpartition("/")[2]:
            case "pyproject.toml":
                return in_toml(text, path)
            case "setup.cfg":
                return in_setup_cfg(text, path)
            case _:
                return self._in_setup(self._codebase.at(path), text)

    def _in_setup(self, module: PythonModule, text: str) -> Iterator[EntryPoint]:
        """Those that a setup.py hands to ``setup``, as a dictionary or a text."""
        for node in within(*self._codebase.source(module).body):
            match node:
                case Call(function=Name(id="setup") | Attribute(name="setup"), keywords=keywords):
                    given = [one.value for one in keywords if one.name == "entry_points"]
                case _:
                    continue
            for expression in given:
                value = Evaluation(self._codebase).value(module, expression)
                yield from self._given(value, text, module.path)

    def _given(self, value: Value, text: str, path: str) -> Iterator[EntryPoint]:
        for one in alternatives(value):
            match one:
                case str():
                    yield from in_sections(one, path, text)
                case dict():
                    for group, entries in one.items():
                        lines = "\n".join(texts(entries)).split("\n")
                        yield from in_lines(str(group), lines, text, path)
                case Unknown(reason=reason):
                    raise NotReadable(reason)
                case _:
                    pass
