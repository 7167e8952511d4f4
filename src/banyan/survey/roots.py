"""The folders that the modules of a project are imported from."""

import posixpath
from collections.abc import Iterator, Mapping
from typing import Final

from banyan.survey.codebase import Codebase
from banyan.survey.configuration import STARTING, TEMPLATE, Configuration
from banyan.survey.constants import either, texts
from banyan.survey.evaluation import Evaluation
from banyan.survey.facts import Place

_PATH_CALLS: Final = ("sys.path.insert", "sys.path.append", "sys.path.extend", "site.addsitedir")
_LIKE_AN_APP: Final = frozenset({"apps.py", "models.py", "__init__.py"})


def import_roots(
    codebase: Codebase, evaluation: Evaluation, configuration: Configuration
) -> tuple[str, ...]:
    """The folders that the codebase of a project must be made with, to find what it imports.

    Those of the scripts that start Django, those that files put on Python's path, and those below
    which alone the installed apps have the names that settings give them.
    """
    found = [""]
    folders = folders_of(codebase)
    for root in (*_script_folders(codebase), *_search_paths(codebase, evaluation)):
        if root in folders and root not in found and not TEMPLATE.search(root):
            found.append(root)
    wanted: set[tuple[str, str]] = set()
    for settings in configuration.settings:
        for entry in texts(settings.values.get("INSTALLED_APPS")):
            top = entry.partition(".")[0].replace(".", "/")
            if not any(posixpath.join(root, top) in folders for root in found):
                wanted.add((entry, settings.module.path))
    for entry, near in sorted(wanted):
        found += [root for root in _roots_for(codebase, folders, entry, near) if root not in found]
    return tuple(found)


def _script_folders(codebase: Codebase) -> Iterator[str]:
    for path in sorted(codebase.paths):
        folder, _, file = path.rpartition("/")
        if file == "manage.py" and codebase.at(path).place is not Place.TEST:
            yield folder


def _search_paths(codebase: Codebase, evaluation: Evaluation) -> Iterator[str]:
    """The folders that settings, and files that start Django, put on Python's path."""
    for path in sorted(codebase.paths):
        if posixpath.basename(path) in STARTING:
            evaluation.of_module(codebase.at(path))
    for call in evaluation.observed:
        if call.name in _PATH_CALLS:
            for folder in texts(either(call.arguments)):
                if folder and not folder.startswith(("/", "..")):
                    yield folder


def _roots_for(
    codebase: Codebase, folders: Mapping[str, set[str]], entry: str, near: str
) -> Iterator[str]:
    """The folder below which an app of that name is, the one nearest to its settings."""
    tail = entry.replace(".", "/")
    candidates: list[str] = []
    for stem in (tail, posixpath.dirname(posixpath.dirname(tail))):
        if not stem:
            continue
        for folder, files in folders.items():
            root = folder.removesuffix(f"/{stem}")
            is_below = root != folder and f"{root}/__init__.py" not in codebase.paths
            if is_below and files & _LIKE_AN_APP and not is_set_aside(codebase, folder):
                candidates.append(root)
    if candidates:
        yield max(candidates, key=lambda root: (len(posixpath.commonprefix([root, near])), root))


def folders_of(codebase: Codebase) -> dict[str, set[str]]:
    """All folders, those without Python of their own included, and the names of their files."""
    found: dict[str, set[str]] = {}
    for path in codebase.paths:
        folder, _, file = path.rpartition("/")
        is_new = folder not in found
        found.setdefault(folder, set()).add(file)
        while folder and is_new:
            folder = folder.rpartition("/")[0]
            is_new = folder not in found
            found.setdefault(folder, set())
    return found


def package_path(codebase: Codebase, folder: str) -> str:
    """The path under which a codebase knows a folder."""
    path = f"{folder}/__init__.py" if folder else "__init__.py"
    return path if path in codebase.paths else folder


def is_set_aside(codebase: Codebase, folder: str) -> bool:
    """Whether a folder is test code, or a template of code."""
    if TEMPLATE.search(folder):
        return True
    path = package_path(codebase, folder)
    if path in codebase.paths:
        return codebase.at(path).place is Place.TEST
    inside = [one for one in (f"{folder}/apps.py", f"{folder}/models.py") if one in codebase.paths]
    return any(codebase.at(one).place is Place.TEST for one in inside)
