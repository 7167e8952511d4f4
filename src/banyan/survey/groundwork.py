"""What has to be known of a whole project before any one file can be judged."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Final

from banyan.modules import Project
from banyan.survey.changes import Changes
from banyan.survey.codebase import Codebase
from banyan.survey.configuration import Configuration, configuring, find_configuration
from banyan.survey.constants import Value, alternatives, first_text, texts
from banyan.survey.consulted import Changed, Consulted, Fact, differing, digest, digests
from banyan.survey.declared import (
    UNDECLARED,
    Declarations,
    Rooted,
    declarations,
    still_declared,
)
from banyan.survey.distributions import Distributions
from banyan.survey.evaluation import Evaluation
from banyan.survey.facts import Unresolved
from banyan.survey.following import Directory, Follower
from banyan.survey.installed import Installed, find_apps
from banyan.survey.kinds.raw_sql import SqlReader
from banyan.survey.kinds.tasks import TaskIndex
from banyan.survey.loading import ClassLoader
from banyan.survey.meanings import ClassRef, PythonModule
from banyan.survey.modelgraph import Model, ModelGraph, build, class_at
from banyan.survey.names import Names
from banyan.survey.outline import Outline, outline
from banyan.survey.ports import Tree
from banyan.survey.roots import import_roots
from banyan.survey.routes import Routes, find_routes
from banyan.survey.sql import dialect_of
from banyan.survey.territory import Territory, divide
from banyan.survey.wording import Wording

_USER: Final = "auth.User"
_USERS: Final = "AUTH_USER_MODEL"
# What the name begins with by which it is marked that a setting was asked for.
_SETTING: Final = "setting "


@dataclass(frozen=True)
class Groundwork:
    """What is known of a project as a whole.

    Attributes:
        declared: what each file declares for all others.
        outlines: of each file by its path, gone through when it is asked for.
        setting: the text of a setting, by its name.
        unresolved: apps and relations that could not be told.
        changes: what is other than in an earlier run.
    """

    codebase: Codebase
    configuration: Configuration
    territory: Territory
    declared: Declarations
    graph: ModelGraph
    names: Names
    wording: Wording
    tasks: TaskIndex
    routes: Routes
    sql: SqlReader
    follower: Follower
    outlines: Mapping[str, Outline]
    setting: Callable[[str], str | None]
    unresolved: tuple[Unresolved, ...]
    changes: Changes

    @cached_property
    def facts(self) -> Mapping[str, bytes]:
        """What is known of the project as a whole, by the names under which it is asked for."""
        parts = (self.routes, self.tasks, self.sql, self.follower)
        return self.declared.settings | digests(chain.from_iterable(one.facts() for one in parts))

    def home(self, model: Model) -> str | None:
        """The module that a model's rows belong to."""
        return self.territory.home(model.app, model.ref.module.path)


class _Outlines(Mapping[str, Outline]):
    def __init__(self, codebase: Codebase) -> None:
        self._codebase = codebase
        self._known: dict[str, Outline] = {}

    def __getitem__(self, path: str) -> Outline:
        module = self._codebase.at(path)
        source = self._codebase.source(module)
        found = self._known.get(path)
        if found is None:
            found = self._known[path] = outline(module, source)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._codebase.in_order)

    def __len__(self) -> int:
        return len(self._codebase.in_order)


def lay(
    tree: Tree,
    project: Project | None = None,
    earlier: Declarations = UNDECLARED,
) -> Groundwork:
    """Find settings, apps, models and tasks.

    Args:
        project: what ``banyan.toml`` says of modules, where there is one.
        earlier: what the files declared in that run.
    """
    codebase = Codebase(tree.python, tree.source)
    rooting = _rooting(tree, codebase)
    rooted, configured = earlier.rooted, None
    changes = Changes(tree)
    changed = Changed(changes.since(earlier.contents) if earlier is not UNDECLARED else ())
    if rooted.standing != rooting or changed.has(rooted.marks):
        configured = _configured(tree, codebase)
        roots = import_roots(codebase, *configured[:2])
        rooted = Rooted(rooting, codebase.consulted.marks.packed(), roots)
    if configured is None or rooted.roots != ("",):
        # Names depend on roots, so what was looked up without them is looked up anew.
        codebase = Codebase(tree.python, tree.source, rooted.roots)
        configured = _configured(tree, codebase)
    evaluation, configuration, distributions = configured
    installed = find_apps(codebase, evaluation, configuration)
    territory = divide(installed.apps, project, installed.aside)
    setting = _setting(configuration, codebase.consulted)
    settings = digests(_settings(configuration))
    loader = ClassLoader(installed.apps, setting)
    codebase.loaders.append(loader)
    names = Names(codebase)
    outlines = _Outlines(codebase)
    standing = _standing(codebase, installed, territory)
    changed = Changed(differing(earlier.settings, settings), changed)
    files = declarations(tree, names, outlines, still_declared(earlier, standing, changed))
    contents = {path: tree.meaning(path) for path in codebase.in_order}
    models = (
        class_at(codebase, codebase.at(path), *model)
        for path, one in files.items()
        for model in one.models
    )
    adding = (codebase.at(path) for path, one in files.items() if one.is_adding)
    graph, unresolved = build(codebase, loader, _label_in(territory), models, adding)
    wording = Wording(names, setting, _table_in(graph))
    urlconfs = [name for one in configuration.each("ROOT_URLCONF") for name in texts(one)]
    return Groundwork(
        codebase,
        configuration,
        territory,
        Declarations(rooted, standing, settings, contents, files),
        graph,
        names,
        wording,
        TaskIndex((task for one in files.values() for task in one.tasks), codebase.consulted),
        find_routes(names, territory, urlconfs),
        SqlReader(
            names,
            wording,
            territory,
            graph,
            dialect=dialect_of(_engine(configuration)),
            runners={runner.target: runner for one in files.values() for runner in one.runners},
        ),
        Follower(
            Directory(codebase, {path: one.entries for path, one in files.items()}),
            graph,
            territory,
            configuration.text(_USERS, _USER),
            setting,
        ),
        outlines,
        setting,
        (
            *installed.unresolved,
            *distributions.unresolved(installed.foreign),
            *unresolved,
            *(row for one in files.values() for row in one.unresolved),
        ),
        changes,
    )


def _configured(tree: Tree, codebase: Codebase) -> tuple[Evaluation, Configuration, Distributions]:
    distributions = Distributions(codebase, tree.files, tree.text)
    evaluation = Evaluation(codebase, distributions.answers)
    configuration = find_configuration(codebase, evaluation, tree.files, tree.text)
    return evaluation, configuration, distributions


def _rooting(tree: Tree, codebase: Codebase) -> bytes:
    """What tells all that roots are told by from anything else, beside what Python files say."""
    texts = [(path, tree.text(path)) for path in configuring(tree.files)]
    return digest((codebase.in_order, texts))


def _standing(codebase: Codebase, installed: Installed, territory: Territory) -> bytes:
    """What tells how modules are called, and whose they are, from any other way."""
    apps = [(app.label, app.path) for app in installed.apps]
    return digest((codebase.packaged, apps, territory.answers()))


def _setting(configuration: Configuration, consulted: Consulted) -> Callable[[str], str | None]:
    def setting(name: str) -> str | None:
        name, _, key = name.partition(".")
        consulted.look(_SETTING + name)
        value = configuration.value(name)
        return _keyed(value).get(key) if key else first_text(value) or None

    return setting


def _settings(configuration: Configuration) -> Iterator[Fact]:
    """What can be asked for of all settings."""
    for name in configuration.names:
        value = configuration.value(name)
        yield _SETTING + name, (first_text(value), sorted(_keyed(value).items()))


def _keyed(value: Value) -> dict[str, str]:
    """The texts in a dictionary, by their keys."""
    found: dict[str, str] = {}
    for one in alternatives(value):
        for key, each in one.items() if isinstance(one, dict) else ():
            if isinstance(key, str) and (text := first_text(each)):
                found.setdefault(key, text)
    return found


def _engine(configuration: Configuration) -> str:
    """The engine of the database ``default``."""
    for databases in alternatives(configuration.value("DATABASES")):
        default = databases.get("default") if isinstance(databases, dict) else None
        for database in alternatives(default):
            if isinstance(database, dict) and (engine := first_text(database.get("ENGINE"))):
                return engine
    return ""


def _label_in(territory: Territory) -> Callable[[PythonModule], str | None]:
    def label(module: PythonModule) -> str | None:
        app = territory.app_at(module.path)
        return app.label if app else None

    return label


def _table_in(graph: ModelGraph) -> Callable[[ClassRef], str | None]:
    def table(ref: ClassRef) -> str | None:
        model = graph.model_of(ref)
        return model.table if model and not model.is_abstract else None

    return table
