"""The words of a topology: project, module, service, route."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from banyan.modules.weights import Weights

Auth = Literal["required", "optional", "none"]
Strictness = Literal["error", "warning", "info", "off"]
Reason = Literal[
    "scaling",
    "deployment",
    "technology",
    "organisation",
    "isolation",
    "fashion",
    "curriculum_vitae",
    "cleanup",
    "performance",
]
"""Why somebody wants a module to be a service; the last four are no good reasons."""


@dataclass(frozen=True, slots=True)
class Module:
    """One or more Django apps that would move together.

    Attributes:
        apps: the apps' dotted names, or their folders, with a slash.
        calls: the modules whose contracts it may call.
        listens: the modules whose events it may hear.
        database: the alias that its rows are written by.
        public: dotted names, below the module's apps, that others may import.
        strict: whether nothing of it may be in the baseline of known debt.
        reasons: why it should be a service, each with what shows it.
    """

    name: str
    apps: tuple[str, ...]
    calls: tuple[str, ...] = ()
    listens: tuple[str, ...] = ()
    database: str = "default"
    public: tuple[str, ...] = ()
    strict: bool = False
    reasons: Mapping[Reason, str] = field(default_factory=dict[Reason, str])


@dataclass(frozen=True, slots=True)
class Service:
    """A process, with its helpers, in which some modules are resident.

    Attributes:
        modules: by name, ``"*"`` already spelled out.
        url: the address of one that Banyan does not run.
        processes: further processes of the service: name to command line.
        setup: what ``manage.py`` runs once, after the first migration of a new database.
    """

    name: str
    modules: tuple[str, ...] = ()
    url: str | None = None
    processes: Mapping[str, str] = field(default_factory=dict[str, str])
    setup: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Topology:
    """Which modules live in which service."""

    name: str
    services: Mapping[str, Service]

    def service_of(self, module: str) -> Service | None:
        """The service in which a module is resident."""
        return next((one for one in self.services.values() if module in one.modules), None)


@dataclass(frozen=True, slots=True)
class Route:
    """A path prefix that the gateway sends to a module's service."""

    prefix: str
    to: str
    auth: Auth = "optional"


@dataclass(frozen=True, slots=True)
class Checking:
    """What ``banyan check`` is told.

    Attributes:
        baseline: the file of known debt, relative to the project's folder.
        levels: how much a finding weighs, by its id without ``banyan.``, as ``E106``.
    """

    baseline: str = "banyan.baseline.toml"
    levels: Mapping[str, Strictness] = field(default_factory=dict[str, Strictness])


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What code cannot show, and ``banyan advise`` asks for.

    Attributes:
        people: who work on the project's code; None where it isn't said.
        teams: how many teams they are; None where it isn't said.
        weights: how much each part of the evidence weighs.
    """

    people: int | None = None
    teams: int | None = None
    weights: Weights = field(default_factory=Weights)


@dataclass(frozen=True, slots=True)
class Project:
    """All that ``banyan.toml`` says of modules, topologies and routes.

    Attributes:
        settings: the dotted name of Django's settings module.
        file: the ``banyan.toml`` itself; None where there is none.
    """

    name: str
    settings: str = ""
    file: Path | None = None
    modules: Mapping[str, Module] = field(default_factory=dict[str, Module])
    topologies: Mapping[str, Topology] = field(default_factory=dict[str, Topology])
    routes: Mapping[str, Route] = field(default_factory=dict[str, Route])
    check: Checking = field(default_factory=Checking)
    advice: Circumstances = field(default_factory=Circumstances)

    @property
    def folder(self) -> Path:
        """The folder of ``banyan.toml``; without one, the working folder."""
        return self.file.parent if self.file else Path.cwd()
