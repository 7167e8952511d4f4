"""Small Django projects that are written down in a test, with what is found out first of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from textwrap import dedent

from tests.unit.survey.texts import graph_of

from banyan.survey.adapters.tree_sitter import read
from banyan.survey.codebase import Codebase
from banyan.survey.configuration import Configuration, find_configuration
from banyan.survey.distributions import Distributions
from banyan.survey.evaluation import Evaluation
from banyan.survey.facts import Coupling, Place, Unresolved
from banyan.survey.installed import Installed, find_apps
from banyan.survey.loading import ClassLoader
from banyan.survey.meanings import ClassRef, PythonModule
from banyan.survey.modelgraph import ModelGraph
from banyan.survey.names import Names
from banyan.survey.outline import Outline, outline
from banyan.survey.roots import import_roots
from banyan.survey.territory import Territory, divide
from banyan.survey.wording import Wording

SHOP = {
    "manage.py": """
        import os
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
    """,
    "shop/__init__.py": "",
    "shop/settings.py": """
        INSTALLED_APPS = ["django.contrib.auth", "orders", "users"]
        AUTH_USER_MODEL = "users.User"
        ROOT_URLCONF = "shop.urls"
    """,
    "orders/__init__.py": "",
    "orders/models.py": """
        from django.db import models
        class Order(models.Model):
            user = models.ForeignKey("users.User", models.CASCADE)
    """,
    "users/__init__.py": "",
    "users/models.py": """
        from django.db import models
        class User(models.Model):
            email = models.CharField()
    """,
}


def place_of(path: str) -> Place | None:
    if "/migrations/" in path:
        return Place.MIGRATION
    return Place.TEST if "tests/" in path or "test_" in path else None


@dataclass
class Project:
    """The files of a project by their paths, and what is found in them."""

    files: Mapping[str, str]

    def __post_init__(self) -> None:
        texts = {path: dedent(text) for path, text in self.files.items()}
        sources = {
            path: read(text.encode()) for path, text in texts.items() if path.endswith(".py")
        }
        places = {path: place_of(path) for path in sources}
        first = Codebase(places, sources.__getitem__)
        offered = Distributions(first, texts.keys(), texts.get)
        evaluation = Evaluation(first, offered.answers)
        found = find_configuration(first, evaluation, texts.keys(), texts.get)
        self.roots = import_roots(first, evaluation, found)
        self.codebase = Codebase(places, sources.__getitem__, self.roots)
        self.offered = Distributions(self.codebase, texts.keys(), texts.get)
        self.evaluation = Evaluation(self.codebase, self.offered.answers)
        self.configuration: Configuration = find_configuration(
            self.codebase, self.evaluation, texts.keys(), texts.get
        )

    @cached_property
    def installed(self) -> Installed:
        return find_apps(self.codebase, self.evaluation, self.configuration)

    @cached_property
    def territory(self) -> Territory:
        return divide(self.installed.apps, aside=self.installed.aside)

    @cached_property
    def graph(self) -> ModelGraph:
        loader = ClassLoader(self.installed.apps, self.setting)
        self.codebase.loaders.append(loader)
        return graph_of(self.codebase, loader, self._label)[0]

    @cached_property
    def names(self) -> Names:
        return Names(self.codebase)

    @cached_property
    def wording(self) -> Wording:
        return Wording(self.names, self.setting, self._table)

    def setting(self, name: str) -> str | None:
        return self.configuration.text(name) or None

    def outlines(self) -> Iterable[Outline]:
        for module in self.codebase.modules():
            yield outline(module, self.codebase.source(module))

    def labels(self) -> dict[str, str]:
        """The labels of the apps, with their folders."""
        return {app.label: app.path for app in self.installed.apps}

    def _label(self, module: PythonModule) -> str | None:
        app = self.territory.app_at(module.path)
        return app.label if app is not None else None

    def _table(self, ref: ClassRef) -> str | None:
        model = self.graph.model_of(ref)
        return model.table if model is not None else None


def shop(files: Mapping[str, str]) -> Project:
    """A project with orders and users, and some more files."""
    project = Project({**SHOP, **files})
    # The loader of models by name is in place before anything is looked up.
    assert project.graph is not None
    return project


def told(found: Iterable[Coupling | Unresolved]) -> list[str]:
    """Couplings in short: where, and what they are of; unresolved ones by their reason."""
    return [
        f"{one.from_}->{one.to} {one.line} {one.target}"
        if isinstance(one, Coupling)
        else f"? {one.line} {one.reason}"
        for one in found
    ]
