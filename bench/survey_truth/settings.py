"""The few settings that migrations depend on, read from a project's settings files."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from bench.survey_truth.sources import Sources
from bench.survey_truth.values import Either, Value

# Django's own defaults; of what no file says otherwise.
DEFAULTS: Mapping[str, Value] = {
    "AUTH_USER_MODEL": "auth.User",
    "MIGRATION_MODULES": {},
    "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
    "INSTALLED_APPS": [],
}
_MODULE = re.compile(r"""DJANGO_SETTINGS_MODULE["']?\s*[,=:\]]+\s*["']?([\w.]+)["']?""")
_NAMES_IT = ("manage.py", "wsgi.py", "asgi.py", "celery.py", "conftest.py")
_NAMES_IT_TOO = ("pytest.ini", "setup.cfg", "tox.ini", "pyproject.toml")
_ASSIGNED = re.compile(
    r"^[ \t]*(MIGRATION_MODULES|[A-Z0-9_]+_MODEL)[ \t]*(?::[^=\n]+)?=", re.MULTILINE
)


def read_settings(sources: Sources) -> dict[str, Value]:
    """What the settings say, by the module that the project's own entrances name.

    Where they name none, or it doesn't tell: what most files that assign the setting say.
    """
    told: dict[str, Value] = {}
    files = settings_files(sources)
    # Settings for tests tell only of a project that has no others, such as a library of apps.
    for file in [one for one in files if not _is_for_tests(sources, one)] or files:
        for name, value in sources.names(file).items():
            if name.isupper():
                told.setdefault(name, sources.resolve(value, file))
    read = {name: value for name, value in told.items() if _fits(name, value)}
    # What is set but isn't read stays so: a default would be a guess.
    return {**DEFAULTS, **told, **_voted(sources), **read}


def _voted(sources: Sources) -> dict[str, Value]:
    """What most of the files say that assign one of the settings which name models."""
    votes: dict[str, Counter[str]] = {}
    values: dict[tuple[str, str], Value] = {}
    for file in _assigning(sources):
        text = file.read_text(encoding="utf-8", errors="replace")
        for name in set(_ASSIGNED.findall(text)):
            value = sources.resolve(sources.names(file).get(name), file)
            for one in value.choices if isinstance(value, Either) else (value,):
                if one is not None and _fits(name, one):
                    votes.setdefault(name, Counter())[repr(one)] += 1
                    values[name, repr(one)] = one
    return {name: values[name, counted.most_common(1)[0][0]] for name, counted in votes.items()}


def _fits(name: str, value: Value) -> bool:
    """Whether a value can be what the setting is; what isn't read is not."""
    if name.endswith("_MODEL"):
        return isinstance(value, str)
    if name == "MIGRATION_MODULES":
        return isinstance(value, dict)
    return isinstance(value, str | list | tuple | dict | bool | int)


def settings_files(sources: Sources) -> list[Path]:
    """The settings that the project's entrances name, those that `manage.py` names first."""
    named: Counter[Path] = Counter()
    entrances = [file for file in sources.files if file.name in _NAMES_IT]
    entrances += [
        file for name in _NAMES_IT_TOO for file in (sources.root / name,) if file.is_file()
    ]
    for entrance in entrances:
        text = entrance.read_text(encoding="utf-8", errors="replace")
        for module in set(_MODULE.findall(text)):
            # A script's own folder is on its path, even when that is a package.
            beside = entrance.parent / (module.replace(".", "/") + ".py")
            file = beside if beside.is_file() else sources.find(module, near=entrance)
            if file is not None:
                named[file] += 3 if entrance.name == "manage.py" else 1
    return [file for file, _ in named.most_common()]


def _is_for_tests(sources: Sources, file: Path) -> bool:
    return re.search("(^|/|_)(tests?|docs?)(/|_|[.]py$)", sources.shown(file).lower()) is not None


def _assigning(sources: Sources) -> Iterator[Path]:
    for file in sources.files:
        if not re.search("setting|conf", sources.shown(file).lower()):
            continue
        if _is_for_tests(sources, file):
            continue
        if _ASSIGNED.search(file.read_text(encoding="utf-8", errors="replace")):
            yield file
