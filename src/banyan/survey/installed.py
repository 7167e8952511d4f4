"""Which Django apps a project has of its own."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from banyan.survey.codebase import Codebase
from banyan.survey.configuration import Configuration, Settings
from banyan.survey.constants import first_text, texts, unknowns
from banyan.survey.evaluation import Evaluation
from banyan.survey.facts import Unresolved
from banyan.survey.meanings import ClassRef, External, PythonModule
from banyan.survey.roots import folders_of, is_set_aside, package_path

_MIGRATION: Final = re.compile(r"\d{4}_\w+\.py$")


@dataclass(frozen=True, slots=True)
class App:
    """A first-party Django app.

    Attributes:
        label: as Django has it, the last component of the name unless its configuration says
            otherwise.
        name: dotted.
        path: its folder, relative to the root of the project.
        config: the dotted name of its AppConfig; "" where it has none.
        settings: the settings modules that install it; none for an app that is only offered.
    """

    label: str
    name: str
    path: str
    config: str = ""
    settings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Installed:
    """The apps of a project.

    Attributes:
        apps: the first-party ones, by path.
        aside: the folders of those that are test code, or a template of code.
        foreign: the dotted names of those from elsewhere, as they are written.
        unresolved: what INSTALLED_APPS has that could not be told.
    """

    apps: tuple[App, ...] = ()
    aside: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()


def find_apps(
    codebase: Codebase, evaluation: Evaluation, configuration: Configuration
) -> Installed:
    """Find the apps that settings install, and those that stand ready to be installed.

    An app that only tests install is one of the project's where it isn't itself test code.
    """
    found: dict[str, App] = {}
    foreign: set[str] = set()
    aside: set[str] = set()
    unresolved: list[Unresolved] = []
    for settings in configuration.settings:
        entries = settings.values.get("INSTALLED_APPS")
        reasons = {one.reason for one in unknowns(entries)}
        for unknown in reasons - {f"INSTALLED_APPS is not bound in {settings.module.name}"}:
            reason = f"INSTALLED_APPS may have more: {unknown}"
            line = settings.line or 1
            unresolved.append(Unresolved(file=settings.module.path, line=line, reason=reason))
        for entry in texts(entries):
            app = _installed(codebase, evaluation, settings, entry)
            if app is None:
                foreign.add(entry)
            elif is_set_aside(codebase, app.path):
                aside.add(app.path)
            else:
                known = found.setdefault(app.path, app)
                if settings.name not in known.settings:
                    found[app.path] = replace(known, settings=(*known.settings, settings.name))
    for app in _offered(codebase, evaluation, found.keys()):
        found[app.path] = app
    apps = tuple(found[path] for path in sorted(found))
    return Installed(apps, tuple(sorted(aside)), tuple(sorted(foreign)), tuple(sorted(unresolved)))


# --- One entry of INSTALLED_APPS


def _installed(
    codebase: Codebase, evaluation: Evaluation, settings: Settings, entry: str
) -> App | None:
    module = codebase.find(entry, settings.module)
    if module is not None and module.is_package and module.path != "":
        config = _only_config(codebase, evaluation, module)
        return _app(evaluation, module, config)
    holder, _, name = entry.rpartition(".")
    within = codebase.find(holder, settings.module) if holder else None
    meaning = codebase.lookup(within, name) if within is not None else None
    if not isinstance(meaning, ClassRef):
        return None
    folder = _home(codebase, evaluation, meaning, settings.module)
    return _app(evaluation, folder, meaning) if folder is not None else None


def _app(evaluation: Evaluation, package: PythonModule, config: ClassRef | None) -> App:
    label = ""
    if config is not None:
        label = first_text(evaluation.of_class(config).get("label"))
    return App(
        label=label or package.name.rpartition(".")[2],
        name=package.name,
        path=package.folder,
        config=config.name if config is not None else "",
    )


def _home(
    codebase: Codebase, evaluation: Evaluation, config: ClassRef, near: PythonModule | None
) -> PythonModule | None:
    """The package that an AppConfig is for."""
    name = first_text(evaluation.of_class(config).get("name"))
    if "{{" in name:
        return None
    found = codebase.find(name, config.module) if name else None
    if found is None and name and near is not None:
        found = codebase.find(name, near)
    if found is not None and found.is_package and found.path:
        return found
    if not name and _is_foreign(codebase, config):
        return None
    if name and not f"{config.module.folder}/".endswith(f"{name.replace('.', '/')}/"):
        return None
    return codebase.at(package_path(codebase, config.module.folder))


def _only_config(
    codebase: Codebase, evaluation: Evaluation, package: PythonModule
) -> ClassRef | None:
    """The AppConfig that Django takes for a package: the only one, or the one marked so."""
    old = first_text(evaluation.of_module(package).get("default_app_config"))
    if old:
        holder, _, name = old.rpartition(".")
        module = codebase.find(holder, package)
        meaning = codebase.lookup(module, name) if module is not None else None
        if isinstance(meaning, ClassRef):
            return meaning
    apps = codebase.child(package, "apps")
    if apps is None:
        return None
    configs = list(_configs(codebase, evaluation, apps))
    marked = [one for one in configs if evaluation.of_class(one).get("default") is True]
    candidates = marked or configs
    return candidates[0] if len(candidates) == 1 else None


def _configs(
    codebase: Codebase, evaluation: Evaluation, module: PythonModule
) -> Iterator[ClassRef]:
    """The AppConfig classes that a module makes."""
    for value in evaluation.of_module(module).values():
        if isinstance(value, ClassRef) and value.module is module and _is_config(codebase, value):
            yield value


def _is_config(codebase: Codebase, ref: ClassRef) -> bool:
    return any(
        isinstance(one, External) and one.name.endswith("Config") for one in codebase.lineage(ref)
    )


def _is_foreign(codebase: Codebase, config: ClassRef) -> bool:
    """Whether it configures an app from elsewhere, whose own AppConfig it derives from."""
    return any(
        isinstance(one, External) and not one.name.endswith(".AppConfig")
        for one in codebase.lineage(config)
    )


# --- Apps that no settings install


def _offered(codebase: Codebase, evaluation: Evaluation, installed: Iterable[str]) -> list[App]:
    """Apps that stand ready to be installed: with an AppConfig, or with models and migrations."""
    known = set(installed)
    folders = folders_of(codebase)
    found: list[App] = []
    for folder, files in sorted(folders.items()):
        if not folder or folder in known or is_set_aside(codebase, folder):
            continue
        package = codebase.at(package_path(codebase, folder))
        config: ClassRef | None = None
        if "apps.py" in files:
            config = _only_config(codebase, evaluation, package)
            home = _home(codebase, evaluation, config, None) if config is not None else None
            if home is not None and home.folder == folder:
                found.append(_app(evaluation, package, config))
                continue
        has_models = "models.py" in files or bool(folders.get(f"{folder}/models"))
        migrations = folders.get(f"{folder}/migrations", set())
        if has_models and any(map(_MIGRATION.match, migrations)):
            found.append(_app(evaluation, package, None))
    return found
