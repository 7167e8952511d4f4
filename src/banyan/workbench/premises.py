"""All that is decided before a system starts: ports, databases, secrets, programs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from banyan.modules import Project, Service, Topology
from banyan.workbench.facts import Facts


@dataclass(frozen=True, slots=True)
class Programs:
    """The command lines of the programs that parts run.

    Attributes:
        manage: ``manage.py``, ready for a command's name.
        granian: the WSGI server.
        nats: the broker; None when it is not needed.
        envoy: the gateway; None when it is not needed.
    """

    manage: tuple[str, ...]
    granian: tuple[str, ...]
    nats: str | None = None
    envoy: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Premises:
    """The place a system is built on.

    Attributes:
        folder: where it keeps its data, logs and configuration.
        ports: by the name of what listens: a service, ``gateway``, ``gateway.admin``, ``nats``,
            ``nats.monitor``.
        databases: each service's database, as a URL; none for one that keeps its settings' own.
        setup: the services whose database is new, so that their set-up is to run.
        environment: what every part is given.
        broker: the address of the broker; empty when events stay in the process.
    """

    project: Project
    topology: Topology
    facts: Facts
    folder: Path
    programs: Programs
    ports: Mapping[str, int]
    databases: Mapping[str, str] = field(default_factory=dict[str, str])
    setup: frozenset[str] = frozenset()
    environment: Mapping[str, str] = field(default_factory=dict[str, str])
    broker: str = ""

    @property
    def services(self) -> list[Service]:
        """The services that run here, in the file's order."""
        return [one for one in self.topology.services.values() if one.url is None]

    @property
    def entrance(self) -> int:
        """The port at which the system is reached."""
        return self.ports.get("gateway") or self.ports[self.services[0].name]

    @property
    def is_monolith(self) -> bool:
        """Whether one process has all modules, so that neither gateway nor broker is needed."""
        return is_monolith(self.project, self.topology)


def is_monolith(project: Project, topology: Topology) -> bool:
    """Whether a topology is one service with all the modules."""
    services = list(topology.services.values())
    return len(services) == 1 and set(services[0].modules) == set(project.modules)


def url(port: int) -> str:
    """The address of something that listens here."""
    return f"http://127.0.0.1:{port}"
