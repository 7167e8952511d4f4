"""Which service this process is, and which modules are resident in it."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property

from banyan.conf import find_project_file, nearest
from banyan.findings import Finding, FindingsError
from banyan.modules.project import Project, Service, Topology
from banyan.modules.reading import load

DEFAULT_TOPOLOGY = "services"


@dataclass(frozen=True)
class Residency:
    """One process's place in a topology.

    Attributes:
        topology: None in a monolith.
        service: this process's service; None in a monolith, where every module is resident.
    """

    project: Project
    topology: Topology | None = None
    service: str | None = None
    _modules: dict[str, str | None] = field(
        default_factory=dict[str, str | None], repr=False, compare=False
    )

    @cached_property
    def resident(self) -> frozenset[str]:
        """The names of the modules in this process."""
        if self.topology is None or self.service is None:
            return frozenset(self.project.modules)
        return frozenset(self.topology.services[self.service].modules)

    def is_resident(self, module: str) -> bool:
        """Whether a module is in this process. One that no topology names always is."""
        return module in self.resident or module not in self.project.modules

    def service_of(self, module: str) -> Service | None:
        """The service in which a module lives; None in a monolith."""
        return self.topology.service_of(module) if self.topology else None

    def module_of(self, thing: type | Callable[..., object] | str) -> str | None:
        """The module that a class, a function or a dotted Python name belongs to.

        It is told by the longest name of an app that holds it. Without a ``banyan.toml`` a
        thing's top-level package counts as its module.
        """
        dotted = thing if isinstance(thing, str) else thing.__module__
        if dotted not in self._modules:
            self._modules[dotted] = self._owner(dotted)
        return self._modules[dotted]

    def _owner(self, dotted: str) -> str | None:
        if self.project.file is None and not self.project.modules:
            return dotted.partition(".")[0]
        parts = dotted.split(".")
        for length in range(len(parts), 0, -1):
            if owner := self._owners.get(".".join(parts[:length])):
                return owner
        return None

    @cached_property
    def _owners(self) -> Mapping[str, str]:
        return {app: one.name for one in self.project.modules.values() for app in one.apps}


_current: Residency | None = None


def current() -> Residency:
    """This process's residency: from ``banyan.toml``, BANYAN_SERVICE and BANYAN_TOPOLOGY.

    Raises:
        FindingsError: the file is not valid, or the environment names what it does not have.
    """
    global _current  # noqa: PLW0603
    if _current is None:
        _current = resolve(os.environ)
    return _current


def forget() -> None:
    """Forget the residency, so that the next look reads it again."""
    global _current  # noqa: PLW0603
    _current = None


def resolve(environment: Mapping[str, str]) -> Residency:
    """The residency that an environment asks for.

    Raises:
        FindingsError: as :func:`current`.
    """
    file = find_project_file()
    project = load(file) if file else Project(name="project")
    service = environment.get("BANYAN_SERVICE") or None
    if service is None:
        return Residency(project)
    wanted = environment.get("BANYAN_TOPOLOGY") or DEFAULT_TOPOLOGY
    topology = project.topologies.get(wanted)
    if topology is None:
        raise _unknown("BANYAN_TOPOLOGY", wanted, "topology", project.topologies)
    if service not in topology.services:
        raise _unknown("BANYAN_SERVICE", service, f"service of {wanted!r}", topology.services)
    return Residency(project, topology, service)


def _unknown(variable: str, name: str, what: str, known: Mapping[str, object]) -> FindingsError:
    names = f"banyan.toml has: {', '.join(known) or 'none'}."
    return FindingsError(
        [
            Finding(
                "banyan.E013",
                f"{variable} is {name!r}, which is no {what}",
                nearest(name, known, names),
            )
        ]
    )


@contextmanager
def override(residency: Residency) -> Iterator[Residency]:
    """Let a residency hold for the length of a block; for tests."""
    global _current  # noqa: PLW0603
    before = _current
    _current = residency
    try:
        yield residency
    finally:
        _current = before
