"""What must hold among the names in banyan.toml; each rule yields findings with their line."""

import sys
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from importlib.machinery import PathFinder
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

from banyan.conf import Document
from banyan.findings import Finding
from banyan.modules.project import Project


def judge(project: Project, document: Document) -> Iterator[Finding]:
    """All that is wrong with a project whose file is well-formed."""
    yield from _names(project, document)
    yield from _apps(project, document)
    yield from _residence(project, document)
    yield from _cycles(project, document)
    yield from _credentials(document)


def _names(project: Project, document: Document) -> Iterator[Finding]:
    def unknown(name: str, *path: str) -> Iterator[Finding]:
        if name not in project.modules:
            near = get_close_matches(name, project.modules, 1)
            known = f"The modules are: {', '.join(project.modules) or 'none yet'}."
            yield Finding(
                "banyan.E007",
                f"{name!r} is no module of this project",
                f"Did you mean {near[0]!r}?" if near else known,
                document.locate(*path),
            )

    for module in project.modules.values():
        for key, names in (("calls", module.calls), ("listens", module.listens)):
            for name in names:
                yield from unknown(name, "modules", module.name, key)
    for topology in project.topologies.values():
        for service in topology.services.values():
            for name in service.modules:
                yield from unknown(name, "topology", topology.name, service.name, "modules")
    for route in project.routes.values():
        yield from unknown(route.to, "gateway", "routes", route.prefix)


def _apps(project: Project, document: Document) -> Iterator[Finding]:
    roots = [str(project.folder), str(project.folder / "src"), *sys.path]
    owners: dict[str, str] = {}
    for module in project.modules.values():
        place = document.locate("modules", module.name, "apps")
        for app in module.apps:
            if app in owners:
                yield Finding(
                    "banyan.E011",
                    f"the app {app!r} is in two modules, {owners[app]!r} and {module.name!r}",
                    "An app belongs to one module; keep it in one list.",
                    place,
                )
            owners[app] = module.name
            if not _is_there(app, roots):
                near = get_close_matches(app, _packages_in(project.folder), 1)
                yield Finding(
                    "banyan.E008",
                    f"the app {app!r} of module {module.name!r} is not found",
                    f"Did you mean {near[0]!r}?"
                    if near
                    else "Write the app's dotted name, as INSTALLED_APPS has it.",
                    place,
                )


def _is_there(dotted: str, roots: list[str]) -> bool:
    """Whether a package can be found, by looking alone: nothing is imported."""
    search: Iterable[str] | None = roots
    name = ""
    for part in dotted.split("."):
        name = f"{name}.{part}" if name else part
        spec = PathFinder.find_spec(name, None if search is None else list(search))
        if spec is None:
            return False
        search = spec.submodule_search_locations
        if search is None and name != dotted:
            return False
    return True


def _packages_in(folder: Path) -> list[str]:
    found: list[str] = []
    for root in (folder, folder / "src"):
        found += [file.parent.name for file in root.glob("*/__init__.py")]
        found += [".".join(file.parts[-3:-1]) for file in root.glob("*/*/__init__.py")]
    return found


def _residence(project: Project, document: Document) -> Iterator[Finding]:
    for topology in project.topologies.values():
        homes: dict[str, str] = {}
        for service in topology.services.values():
            place = document.locate("topology", topology.name, service.name, "modules")
            for module in service.modules:
                if homes.setdefault(module, service.name) != service.name:
                    yield Finding(
                        "banyan.E005",
                        f"module {module!r} is in two services of {topology.name!r}, "
                        f"{homes[module]!r} and {service.name!r}",
                        "A module's data has one owner; keep it in one service.",
                        place,
                    )
        for module in project.modules:
            if topology.services and module not in homes:
                yield Finding(
                    "banyan.E012",
                    f"module {module!r} is in no service of {topology.name!r}",
                    "Add it to a service's modules.",
                    document.locate("topology", topology.name),
                )


def _cycles(project: Project, document: Document) -> Iterator[Finding]:
    edges = {name: module.calls for name, module in project.modules.items()}
    if cycle := _first_cycle(edges):
        yield Finding(
            "banyan.E006",
            f"calls go in a circle: {' → '.join(cycle)}",
            "Turn one of these calls into an event that the other module hears.",
            document.locate("modules", cycle[0], "calls"),
        )


def _first_cycle(edges: Mapping[str, tuple[str, ...]]) -> list[str]:
    done: set[str] = set()

    def walk(node: str, trail: list[str]) -> list[str]:
        if node in trail:
            return [*trail[trail.index(node) :], node]
        if node in done:
            return []
        for target in edges.get(node, ()):
            if cycle := walk(target, [*trail, node]):
                return cycle
        done.add(node)
        return []

    for node in edges:
        if cycle := walk(node, []):
            return cycle
    return []


_SECRET_WORDS = ("password", "passwd", "secret", "token", "private_key", "api_key", "apikey")


def _credentials(document: Document) -> Iterator[Finding]:
    for path, value in _leaves(document.values, ()):
        key = path[-1].lower()
        named = any(word in key for word in _SECRET_WORDS) and path[0] in ("calls", "identity")
        if (named and value) or _has_password(value):
            yield Finding(
                "banyan.E009",
                f"a credential stands in the file, at {'.'.join(path)}",
                "Give it by the environment (BANYAN_…) and change it: the file is under "
                "version control.",
                document.locate(*path),
            )


def _has_password(value: object) -> bool:
    if not isinstance(value, str):
        return False
    if "PRIVATE KEY-----" in value:
        return True
    try:
        return bool(urlsplit(value).password)
    except ValueError:
        return False


def _leaves(value: object, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], object]]:
    if isinstance(value, dict):
        for key, inner in cast("dict[str, object]", value).items():
            yield from _leaves(inner, (*path, key))
    elif isinstance(value, list):
        for inner in cast("list[object]", value):
            yield from _leaves(inner, path)
    else:
        yield path, value
