"""Which apps import which, as grimp's import graph of a project shows it."""

import sys
from collections.abc import Iterable, Mapping
from importlib import invalidate_caches
from pathlib import Path
from typing import Any

import grimp

Edge = tuple[str, str]
"""The importing module's name and the imported one's."""


class NotGraphed(Exception):
    """grimp can't read the project's layout."""


def app_edges(root: Path, modules: Iterable[Mapping[str, Any]]) -> set[Edge]:
    """The edges between the survey's modules; every import counts, wherever it stands.

    Raises:
        NotGraphed: some module lies in no package that grimp can read.
    """
    dotted: dict[str, str] = {}
    tops: dict[str, Path] = {}
    for module in modules:
        folder = root / str(module["path"])
        start = folder
        while start.parent != root.parent and (start.parent / "__init__.py").is_file():
            start = start.parent
        if not (folder / "__init__.py").is_file():
            raise NotGraphed(f"{module['path']} is no package")
        top = start.name
        if tops.setdefault(top, start.parent) != start.parent:
            raise NotGraphed(f"two packages are named {top}")
        dotted[".".join(folder.relative_to(start.parent).parts)] = str(module["name"])
    graph = _graph(tops)
    edges: set[Edge] = set()
    for importer in graph.modules:
        ours = owner(importer, dotted)
        if ours is None:
            continue
        for imported in graph.find_modules_directly_imported_by(importer):
            theirs = owner(imported, dotted)
            if theirs is not None and theirs != ours:
                edges.add((ours, theirs))
    return edges


def owner(name: str, dotted: Mapping[str, str]) -> str | None:
    """The module that a dotted name belongs to: the innermost of those around it."""
    while name:
        if name in dotted:
            return dotted[name]
        name = name.rpartition(".")[0]
    return None


def _graph(tops: Mapping[str, Path]) -> grimp.ImportGraph:
    before = list(sys.path)
    # grimp finds a package as an import would, and only reads it.
    sys.path[:0] = sorted({str(folder) for folder in tops.values()})
    invalidate_caches()
    try:
        return grimp.build_graph(*sorted(tops), cache_dir=None)
    except Exception as problem:
        raise NotGraphed(f"grimp: {type(problem).__name__}: {problem}") from problem
    finally:
        sys.path[:] = before
