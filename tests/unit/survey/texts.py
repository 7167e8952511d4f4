"""Small projects that are written down in a test, by path and text, and their models."""

from collections.abc import Callable, Mapping
from textwrap import dedent

from banyan.survey.adapters.tree_sitter import read
from banyan.survey.codebase import Codebase
from banyan.survey.facts import Unresolved
from banyan.survey.following import Directory, entries
from banyan.survey.loading import ClassLoader
from banyan.survey.meanings import PythonModule
from banyan.survey.modelgraph import ModelGraph, build, class_at, made_inside, model_classes
from banyan.survey.syntax import Source


def sources_of(files: Mapping[str, str]) -> dict[str, Source]:
    """What is in each file; common indentation is taken away."""
    return {path: read(dedent(text).encode()) for path, text in files.items()}


def codebase_of(files: Mapping[str, str], *roots: str) -> Codebase:
    """The files as ordinary code."""
    sources = sources_of(files)
    return Codebase(dict.fromkeys(sources), sources.__getitem__, roots or ("",))


def graph_of(
    codebase: Codebase, loader: ClassLoader, label: Callable[[PythonModule], str | None]
) -> tuple[ModelGraph, list[Unresolved]]:
    """The models in ordinary code, and what could not be told of them."""
    modules = _ordinary(codebase)
    classes = [
        class_at(codebase, one, name, number)
        for one in modules
        for name, number in model_classes(codebase, one)
    ]
    graph, unresolved = build(codebase, loader, label, classes, modules)
    made = [row for one in modules for row in made_inside(codebase, one)]
    return graph, [*unresolved, *made]


def directory_of(codebase: Codebase) -> Directory:
    """The classes and methods in ordinary code by their names."""
    entered = {one.path: entries(codebase.source(one).body) for one in _ordinary(codebase)}
    return Directory(codebase, entered)


def _ordinary(codebase: Codebase) -> list[PythonModule]:
    return [one for one in codebase.modules() if one.place is None]
