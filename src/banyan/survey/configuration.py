"""Which settings modules a project has, and what they set."""

import configparser
import posixpath
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from banyan.survey.codebase import Codebase
from banyan.survey.constants import Value, first_text
from banyan.survey.evaluation import Evaluation
from banyan.survey.facts import Place
from banyan.survey.meanings import ClassRef, PythonModule
from banyan.survey.namespaces import straightened
from banyan.survey.pyproject import parsed, table
from banyan.survey.syntax import (
    Assign,
    Attribute,
    Call,
    Class,
    Evaluate,
    Expression,
    Function,
    Name,
    Statement,
    Subscript,
    Text,
)
from banyan.survey.traversal import within

_SETTINGS_VARIABLE: Final = "DJANGO_SETTINGS_MODULE"
_INSTALLED: Final = "INSTALLED_APPS"

# Files that start Django, the likeliest to name the settings that are used first.
STARTING: Final = ("manage.py", "wsgi.py", "asgi.py", "celery.py", "celeryapp.py", "celery_app.py")
_TESTING: Final = ("conftest.py", "runtests.py", "run_tests.py", "quicktest.py", "setup.py")
_INI: Final = ("pytest.ini", "tox.ini", "setup.cfg")
_SETTINGS_PATH: Final = re.compile(
    r"(^|[/_])(settings?|config|conf|configs|configuration)([/._]|$)"
)
_TEST_NAME: Final = re.compile(r"(^|[._])(tests?|testing|ci|pytest)([._]|$)")
_NAMED_IN_TEXT: Final = re.compile(rf"{_SETTINGS_VARIABLE}[=:\s\"',]+([A-Za-z_][\w.]+)")

# Django's own defaults, of the settings that tie apps together.
_DEFAULTS: Final = {"AUTH_USER_MODEL": "auth.User"}

# Folders that are copied to start a project or an app; what is in them isn't one yet.
TEMPLATE: Final = re.compile(r"(^|/)(project_templates?|app_templates?)(/|$)|\{\{")

# What is in a file of the project that is not Python; None where there is no such file.
Reader = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Settings:
    """One settings module, or one class of django-configurations.

    Attributes:
        name: dotted.
        values: all that it sets, what it takes from others included.
        is_named: whether a file that starts Django names it.
        is_test: whether it is for tests alone.
        line: of its INSTALLED_APPS, 0 where it has none of its own.
    """

    name: str
    module: PythonModule
    values: Mapping[str, Value]
    is_named: bool = False
    is_test: bool = False
    line: int = 0


@dataclass(frozen=True, slots=True)
class Configuration:
    """All settings of a project, those that are most likely used first.

    Attributes:
        used: what each setting is where the project runs.
    """

    settings: tuple[Settings, ...] = ()
    used: Mapping[str, Value] = field(default_factory=dict[str, Value])

    def value(self, name: str) -> Value:
        """What a setting is where the project runs; None where it is not set."""
        return self.used.get(name, _DEFAULTS.get(name))

    @property
    def names(self) -> Iterable[str]:
        """All that are set, or have a default that counts."""
        return self.used.keys() | _DEFAULTS.keys()

    def text(self, name: str, default: str = "") -> str:
        """A setting that is a string."""
        return first_text(self.value(name)) or default or _DEFAULTS.get(name, "")

    def each(self, name: str) -> Iterator[Value]:
        """What a setting is in each settings module that has it."""
        for one in self.settings:
            if name in one.values:
                yield one.values[name]


def find_configuration(
    codebase: Codebase, evaluation: Evaluation, files: Collection[str], read: Reader
) -> Configuration:
    """Find the settings of a project.

    Args:
        files: the paths of all files of the project, also of those that are not Python.
        read: gives the text of one.
    """
    starting = list(_named(codebase, STARTING))
    tests = [*_named(codebase, _TESTING), *_named_in_configuration(codebase, files, read)]
    found: dict[str, Settings] = {}
    for module in (*starting, *(one for one in tests if one not in starting)):
        for one in _settings(codebase, evaluation, module):
            found.setdefault(one.name, _marked(one, is_named=module in starting))
    beside = {one.module.folder for one in found.values()}
    for module in _assigning(codebase, beside):
        for one in _settings(codebase, evaluation, module):
            found.setdefault(one.name, _marked(one, is_named=False))
    ordered = sorted(found.values(), key=lambda one: (one.is_test, not one.is_named))
    return Configuration(tuple(ordered), _used(ordered))


def _used(ordered: Sequence[Settings]) -> dict[str, Value]:
    """The settings of where the project runs; those for tests only where there are no others."""
    used: dict[str, Value] = {}
    for one in [each for each in ordered if not each.is_test] or ordered:
        for name, value in one.values.items():
            if name.isupper():
                used.setdefault(name, value)
    return used


def _marked(one: Settings, *, is_named: bool) -> Settings:
    is_test = one.module.place is Place.TEST or bool(_TEST_NAME.search(one.name.lower()))
    return Settings(one.name, one.module, one.values, is_named, is_test and not is_named, one.line)


# --- Where settings are named


def _named(codebase: Codebase, files: Sequence[str]) -> list[PythonModule]:
    """The settings modules that Python files of these names set in the environment."""
    found: list[PythonModule] = []
    ordered = sorted(
        (path for path in codebase.paths if path.rpartition("/")[2] in files),
        key=lambda path: (files.index(posixpath.basename(path)), path.count("/"), path),
    )
    for path in ordered:
        module = codebase.at(path)
        for name in _assigned_in(codebase.source(module).body):
            settings = codebase.find(name, module)
            if settings is not None and settings not in found:
                found.append(settings)
    return found


def _assigned_in(body: Iterable[Statement]) -> Iterator[str]:
    for node in within(*body):
        match node:
            case Call(arguments=[Text(value=variable), value, *_]) if (
                variable == _SETTINGS_VARIABLE
            ):
                yield from _texts(value)
            case Assign(targets=[Subscript(index=Text(value=variable))], value=value) if (
                variable == _SETTINGS_VARIABLE and value is not None
            ):
                yield from _texts(value)
            case _:
                pass


def _texts(expression: Expression) -> Iterator[str]:
    for node in within(expression):
        if isinstance(node, Text) and re.fullmatch(r"[A-Za-z_]\w*(\.\w+)*", node.value):
            yield node.value


def _named_in_configuration(
    codebase: Codebase, files: Collection[str], read: Reader
) -> Iterator[PythonModule]:
    """The settings modules that the configuration of test runners names."""
    for path in configuring(files):
        file = posixpath.basename(path)
        text = read(path) or ""
        if _SETTINGS_VARIABLE not in text and "django_settings_module" not in text:
            continue
        folder = posixpath.dirname(path)
        near = PythonModule("", path, folder, is_package=False)
        for name in _in_toml(text) if file == "pyproject.toml" else _in_ini(text):
            settings = codebase.find(name, near)
            if settings is not None:
                yield settings


def configuring(files: Iterable[str]) -> list[str]:
    """The files that configure test runners, the outermost first."""
    found = [path for path in files if path.rpartition("/")[2] in (*_INI, "pyproject.toml")]
    return sorted(found, key=lambda one: (one.count("/"), one))


def _in_toml(text: str) -> Iterator[str]:
    try:
        content = parsed(text)
    except ValueError:
        content = None
    for value in (
        table(content, "tool", "pytest", "ini_options").get(_SETTINGS_VARIABLE),
        table(content, "tool", "django-stubs").get("django_settings_module"),
    ):
        if isinstance(value, str):
            yield value
    yield from _NAMED_IN_TEXT.findall(text)


def _in_ini(text: str) -> Iterator[str]:
    parser = configparser.RawConfigParser(strict=False)
    try:
        parser.read_string(text)
    except configparser.Error:
        pass
    else:
        for section in parser.sections():
            for key, value in parser.items(section):
                if key.lower() == _SETTINGS_VARIABLE.lower():
                    yield value.strip("\"' ")
    yield from _NAMED_IN_TEXT.findall(text)


# --- Which modules are settings


def _assigning(codebase: Codebase, beside: Collection[str]) -> Iterator[PythonModule]:
    """Modules that look like settings, or are beside some, and say which apps are installed."""
    likely = [
        path
        for path in sorted(codebase.paths)
        if (_SETTINGS_PATH.search(path.lower()) or posixpath.dirname(path) in beside)
        and not TEMPLATE.search(path)
    ]
    found = [
        module
        for module in map(codebase.at, likely)
        if _changes_installed(codebase.source(module).body)
    ]
    if found:
        yield from found
        return
    for module in codebase.modules():
        if _changes_installed(codebase.source(module).body):
            yield module


def _changes_installed(body: Iterable[Statement]) -> bool:
    return any(_installed_line(statement) for statement in straightened(body))


def _installed_line(statement: Statement) -> int:
    """The line of a statement that assigns, or adds to, INSTALLED_APPS; else 0."""
    match statement:
        case Assign(targets=targets, line=line) if any(_is_installed(one) for one in targets):
            return line
        case Evaluate(value=Call(function=Attribute(value=of, name=name), line=line)) if (
            _is_installed(of) and name in ("append", "extend", "insert", "remove")
        ):
            return line
        case Function(name=name, line=line) if name == _INSTALLED:
            return line
        case Class(body=body):
            return next((line for one in straightened(body) if (line := _installed_line(one))), 0)
        case _:
            return 0


def _is_installed(expression: Expression) -> bool:
    return isinstance(expression, Name) and expression.id == _INSTALLED


def _settings(
    codebase: Codebase, evaluation: Evaluation, module: PythonModule
) -> Iterator[Settings]:
    """A module as settings; one for each of its classes that has INSTALLED_APPS."""
    values = evaluation.settled(module)
    body = codebase.source(module).body
    line = next((found for one in straightened(body) if (found := _installed_line(one))), 0)
    classes = [value for value in values.values() if _is_configuration(codebase, value)]
    if _INSTALLED in values or not classes:
        yield Settings(module.name, module, values, line=line)
    for ref in classes:
        if isinstance(ref, ClassRef):
            attributes = evaluation.of_class(ref)
            if _INSTALLED in attributes:
                yield Settings(ref.name, module, attributes, line=ref.node.line)


def _is_configuration(codebase: Codebase, value: Value) -> bool:
    if not isinstance(value, ClassRef):
        return False
    return any(
        isinstance(one, ClassRef) and codebase.own(one, _INSTALLED)
        for one in codebase.lineage(value)
    )
