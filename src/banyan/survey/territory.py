"""Which module each file of a project belongs to."""

import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from banyan.findings import Finding, FindingsError
from banyan.modules import Project
from banyan.survey.facts import Module
from banyan.survey.installed import App


@dataclass(frozen=True, slots=True)
class Territory:
    """The modules of a project, and what is theirs.

    A file is of the app with the deepest folder that it is in; what is in no app's folder is
    shared code.

    Attributes:
        apps: of each module, by its name.
    """

    apps: Mapping[str, tuple[App, ...]]
    _by_folder: Mapping[str, App | None] = field(repr=False)
    _by_label: Mapping[str, App] = field(repr=False)
    _module_of: Mapping[str, str] = field(repr=False)
    _known: dict[str, App | None] = field(default_factory=dict[str, "App | None"], repr=False)

    @property
    def modules(self) -> tuple[str, ...]:
        """The names of all modules, sorted."""
        return tuple(sorted(self.apps))

    def answers(self) -> list[tuple[str, object]]:
        """Which app has each folder and each label, and which module has the app."""
        return [
            (name, app and (app.label, app.name, app.path, self._module_of[app.path]))
            for known in (self._by_folder, self._by_label)
            for name, app in sorted(known.items())
        ]

    def app_at(self, path: str) -> App | None:
        """The app that a file, or a folder, belongs to; None for shared code."""
        folder = path if path in self._by_folder else path.rpartition("/")[0]
        known = self._known.get(folder)
        if known is None and folder not in self._known:
            above = folder
            while above and above not in self._by_folder:
                above = posixpath.dirname(above)
            known = self._known[folder] = self._by_folder.get(above)
        return known

    def module_at(self, path: str) -> str | None:
        """The module that a file belongs to; None for shared code."""
        app = self.app_at(path)
        return self._module_of[app.path] if app is not None else None

    def app(self, label: str) -> App | None:
        """The first-party app of a label, which may be written in any case."""
        return self._by_label.get(label) or self._by_label.get(label.lower())

    def module(self, label: str) -> str | None:
        """The module that the app of a label is part of."""
        app = self.app(label)
        return self._module_of[app.path] if app is not None else None

    def home(self, label: str, path: str) -> str | None:
        """The module of a model: that of its app; of several with one label, of its own file's."""
        app = self.app_at(path)
        if app is not None and app.label.lower() == label.lower():
            return self._module_of[app.path]
        return self.module(label) if label else None

    def rows(
        self, models: Mapping[str, Iterable[str]], lines: Mapping[str, int]
    ) -> Iterator[Module]:
        """The modules as facts.

        Args:
            models: the names of the models of each module.
            lines: of each file that is counted, by its path.
        """
        counts: dict[str, int] = {}
        for path, count in lines.items():
            of = self.module_at(path)
            if of is not None:
                counts[of] = counts.get(of, 0) + count
        written = _written(app for apps in self.apps.values() for app in apps)
        for name in self.modules:
            apps = self.apps[name]
            yield Module(
                name=name,
                label=apps[0].label if len(apps) == 1 else name,
                path=apps[0].path,
                folders=tuple(app.path for app in apps),
                apps=tuple(app.label for app in apps),
                packages=tuple(written[app.path] for app in apps),
                models=tuple(sorted(models.get(name, ()))),
                lines=counts.get(name, 0),
            )


def divide(
    apps: Iterable[App], project: Project | None = None, aside: Iterable[str] = ()
) -> Territory:
    """Give each app to a module: that of ``banyan.toml``, else one of its own.

    Args:
        aside: folders that are no module's, though an app's folder may be around them.

    Raises:
        FindingsError: ``banyan.toml`` gives a module an app that the project doesn't have.
    """
    all_apps = tuple(apps)
    grouped: dict[str, tuple[App, ...]] = {}
    module_of: dict[str, str] = {}
    for name, members in _groups(all_apps, project).items():
        grouped[name] = members
        module_of.update({app.path: name for app in members})
    rest = [app for app in all_apps if app.path not in module_of]
    for app in rest:
        name = _free_name(app, rest, grouped)
        grouped[name] = (app,)
        module_of[app.path] = name
    by_label: dict[str, App] = {}
    for app in sorted(all_apps, key=lambda one: not one.settings):
        by_label.setdefault(app.label, app)
    for app in all_apps:
        by_label.setdefault(app.label.lower(), app)
    folders: dict[str, App | None] = dict.fromkeys(aside)
    folders.update({app.path: app for app in all_apps})
    return Territory(grouped, folders, by_label, module_of)


def _free_name(app: App, among: Iterable[App], taken: Mapping[str, object]) -> str:
    """The app's label; its dotted name where several projects in one tree use the same label."""
    is_shared = sum(other.label == app.label for other in among) > 1
    name = app.name if is_shared or app.label in taken else app.label
    if name in taken:
        name = app.path.replace("/", ".")
    while name in taken:
        name += "_"
    return name


def _groups(apps: Iterable[App], project: Project | None) -> dict[str, tuple[App, ...]]:
    if project is None:
        return {}
    by_config = {app.config: app for app in apps if app.config}
    by_name = {app.name: app for app in apps} | by_config
    by_folder = {_folder(app): app for app in apps}
    found: dict[str, tuple[App, ...]] = {}
    missing: list[Finding] = []
    for module in project.modules.values():
        members = [by_folder.get(name.rstrip("/")) or by_name.get(name) for name in module.apps]
        for name, member in zip(module.apps, members, strict=True):
            if member is None:
                message = f"the app {name!r} of module {module.name!r} was not found in the project"
                hint = f"Write the app's dotted name; found were: {', '.join(sorted(by_name))}."
                missing.append(Finding("banyan.E015", message, hint))
        found[module.name] = tuple(member for member in members if member is not None)
    if missing:
        raise FindingsError(missing)
    return found


def _written(apps: Iterable[App]) -> dict[str, str]:
    """How ``banyan.toml`` writes each app, by its path."""
    listed = tuple(apps)
    times = Counter(app.name for app in listed)
    return {app.path: app.name if times[app.name] == 1 else _folder(app) for app in listed}


def _folder(app: App) -> str:
    return app.path if "/" in app.path else f"./{app.path}"
