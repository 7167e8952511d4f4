"""What must hold among the names in banyan.toml; each rule yields findings with their place."""

import importlib.util
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from importlib.machinery import PathFinder
from pathlib import Path
from typing import Final

from banyan.conf import Document, nearest
from banyan.findings import Finding
from banyan.modules.project import Project

# Folders of others' code, which may be large.
_ELSEWHERE: Final = frozenset({"node_modules", "site-packages", "__pycache__"})


def judge(project: Project, document: Document) -> Iterator[Finding]:
    """All that is wrong with a project whose file is well-formed."""
    yield from _names(project, document)
    yield from _apps(project, document)
    yield from _residence(project, document)
    yield from _cycles(project, document)


def _names(project: Project, document: Document) -> Iterator[Finding]:
    known = f"The modules are: {', '.join(project.modules) or 'none yet'}."

    def unknown(name: str, *path: str | int) -> Iterator[Finding]:
        if name not in project.modules:
            yield Finding(
                "banyan.E007",
                f"{name!r} is no module of this project",
                nearest(name, project.modules, known),
                document.locate(*path),
            )

    for module in project.modules.values():
        for key, names in (("calls", module.calls), ("listens", module.listens)):
            for number, name in enumerate(names):
                yield from unknown(name, "modules", module.name, key, number)
    for topology in project.topologies.values():
        for service in topology.services.values():
            for number, name in enumerate(service.modules):
                yield from unknown(name, "topology", topology.name, service.name, "modules", number)
    for route in project.routes.values():
        yield from unknown(route.to, "gateway", "routes", route.prefix)


def _apps(project: Project, document: Document) -> Iterator[Finding]:
    roots = [str(project.folder), str(project.folder / "src"), *sys.path]
    owners: dict[str, str] = {}
    for module in project.modules.values():
        for number, app in enumerate(module.apps):
            at = ("modules", module.name, "apps", number)
            if app in owners:
                yield Finding(
                    "banyan.E011",
                    f"the app {app!r} is in two modules, {owners[app]!r} and {module.name!r}",
                    "An app belongs to one module; keep it in one list.",
                    document.locate(*at),
                )
            owners[app] = module.name
            if not (_is_there(app, roots) or _is_below(app, project.folder)):
                yield Finding(
                    "banyan.E008",
                    f"the app {app!r} of module {module.name!r} is not found",
                    _likely(app, _packages_in(project.folder, app)),
                    document.locate(*at),
                )


def _likely(app: str, packages: list[str]) -> str:
    """A hint with the package that was meant, if one is like it or around it."""
    around = [one for one in packages if app.startswith(f"{one}.")]
    near = get_close_matches(app, packages, 1) or sorted(around, key=len, reverse=True)
    if near:
        return f"Did you mean {near[0]!r}?"
    return "Write the dotted name of the app's package, as it is imported."


def _is_there(dotted: str, roots: list[str]) -> bool:
    """Whether a package can be found, by looking alone: nothing is imported."""
    top, *rest = dotted.split(".")
    spec = PathFinder.find_spec(top, roots)
    if spec is None:
        # An editable installation may have a finder of its own; for a top-level name it only looks.
        try:
            spec = importlib.util.find_spec(top)
        except ValueError:
            return False
    if spec is None or spec.submodule_search_locations is None:
        return False
    name, places = top, list(spec.submodule_search_locations)
    for part in rest:
        name = f"{name}.{part}"
        try:
            spec = PathFinder.find_spec(name, places)
        except KeyError:
            # A folder without `__init__.py` in a package that isn't imported has no spec.
            places = [str(folder) for one in places if (folder := Path(one) / part).is_dir()]
            continue
        if spec is None or spec.submodule_search_locations is None:
            return False
        places = list(spec.submodule_search_locations)
    return True


def _is_below(app: str, folder: Path) -> bool:
    """Whether an app stands anywhere in a folder: any in it, but packages, may be on Python's path.

    Where it is written with a slash, it is a folder itself.
    """
    if "/" in app:
        return (folder / app).is_dir()
    beneath = Path(*app.split("."))
    for root, inside, files in os.walk(folder):
        if "__init__.py" not in files and (Path(root) / beneath).is_dir():
            return True
        inside[:] = [one for one in inside if one[0] != "." and one not in _ELSEWHERE]
    return False


def _packages_in(folder: Path, app: str) -> list[str]:
    """The packages at the top, those in these, and those beside where an app should be."""
    found: list[str] = []
    parts = app.split(".")
    around = parts[:-1] if all(map(str.isidentifier, parts)) else []
    for root in (folder, folder / "src"):
        if len(around) > 1:
            beside = root.joinpath(*around).glob("*/__init__.py")
            found += [".".join((*around, file.parent.name)) for file in beside]
        found += [file.parent.name for file in root.glob("*/__init__.py")]
        found += [".".join(file.parts[-3:-1]) for file in root.glob("*/*/__init__.py")]
    return found


def _residence(project: Project, document: Document) -> Iterator[Finding]:
    for topology in project.topologies.values():
        homes: dict[str, str] = {}
        for service in topology.services.values():
            at = ("topology", topology.name, service.name)
            if not service.modules and not service.url:
                yield Finding(
                    "banyan.E014",
                    f"service {service.name!r} of {topology.name!r} runs no module",
                    "Give it modules, or the url at which somebody else runs it.",
                    document.locate(*at),
                )
            for number, module in enumerate(service.modules):
                if module in homes:
                    yield Finding(
                        "banyan.E005",
                        f"module {module!r} is in two services of {topology.name!r}, "
                        f"{homes[module]!r} and {service.name!r}"
                        if homes[module] != service.name
                        else f"module {module!r} is in service {service.name!r} twice",
                        "A module's data has one owner; keep it in one service.",
                        document.locate(*at, "modules", number),
                    )
                homes.setdefault(module, service.name)
        if any(not one.modules and not one.url for one in topology.services.values()):
            # Told already; whatever is in no service is most likely meant for that one.
            continue
        for module in project.modules:
            if topology.services and module not in homes:
                yield Finding(
                    "banyan.E012",
                    f"module {module!r} is in no service of {topology.name!r}",
                    "Add it to a service's modules.",
                    document.locate("topology", topology.name),
                )


def _cycles(project: Project, document: Document) -> Iterator[Finding]:
    calls = {
        name: tuple(one for one in module.calls if one in project.modules)
        for name, module in project.modules.items()
    }
    reach = {name: _reachable(name, calls) for name in calls}
    told: set[str] = set()
    for name, targets in calls.items():
        if name in told or name not in reach[name]:
            continue
        cycle = _way(name, name, calls)
        told |= {one for one in calls if one in reach[name] and name in reach[one]}
        yield Finding(
            "banyan.E006",
            f"calls go in a circle: {' → '.join(cycle)}",
            "Turn one of these calls into an event that the other module hears."
            if len(cycle) > 2
            else "Within a module, call the function itself.",
            document.locate("modules", name, "calls", targets.index(cycle[1])),
        )


def _reachable(start: str, edges: Mapping[str, Iterable[str]]) -> set[str]:
    found: set[str] = set()
    ahead = list(edges[start])
    while ahead:
        name = ahead.pop()
        if name not in found:
            found.add(name)
            ahead += edges[name]
    return found


def _way(start: str, end: str, edges: Mapping[str, Iterable[str]]) -> list[str]:
    """The shortest way along edges, both ends included; there is one."""
    ways = [[start]]
    seen: set[str] = set()
    for way in ways:
        for name in edges[way[-1]]:
            if name == end:
                return [*way, end]
            if name not in seen:
                seen.add(name)
                ways.append([*way, name])
    raise AssertionError(f"no way from {start} to {end}")
