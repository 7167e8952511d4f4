"""Makes the premises: finds and chooses all that must be known before a part starts."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from banyan.modules import Project, Service, Topology
from banyan.workbench.adapters import sockets
from banyan.workbench.adapters.folder import Folder
from banyan.workbench.adapters.inspecting import ask
from banyan.workbench.adapters.postgresql import make_databases
from banyan.workbench.adapters.programs import find_programs
from banyan.workbench.databases import is_postgresql, postgresql_urls, sqlite_file, sqlite_url
from banyan.workbench.facts import Facts
from banyan.workbench.failures import unknown_database, unknown_topology
from banyan.workbench.plan import GATEWAY, NATS, service_environment
from banyan.workbench.premises import Premises, Programs, is_monolith

MONOLITH = "monolith"
DATA_FOLDER = ".banyan"
SQLITE = "sqlite"
PENDING_SETUP = ".setup"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the user may choose.

    Attributes:
        database: empty, ``sqlite``, or the address of a PostgreSQL server.
        port: of the gateway, or of the monolith; None for any free one.
        folder: where the system keeps its things; by default in ``.banyan`` of the project.
        fresh: begin with an empty folder, and so with new SQLite databases.
        environment: more for every part.
    """

    database: str = ""
    port: int | None = 8000
    folder: Path | None = None
    fresh: bool = False
    environment: Mapping[str, str] = field(default_factory=dict[str, str])


def choose_topology(project: Project, name: str = "") -> Topology:
    """The topology of a name; without one, ``services``, or the only one there is.

    Raises:
        FindingsError: there is none of that name.
    """
    known = project.topologies
    wanted = name or (
        "services" if "services" in known or len(known) > 1 else next(iter(known), MONOLITH)
    )
    if wanted in known:
        return known[wanted]
    if wanted == MONOLITH:
        # Every project can run as what it is.
        return Topology(MONOLITH, {"web": Service("web", tuple(project.modules))})
    raise unknown_topology(project, wanted)


def default_folder(project: Project, topology: str) -> Path:
    """Where a topology of a project keeps its things."""
    return project.folder / DATA_FOLDER / topology


def prepare(project: Project, topology: Topology, options: Options, folder: Folder) -> Premises:
    """Decide everything, and write the configuration of the broker and the gateway.

    Raises:
        FindingsError: something is missing.
    """
    monolith = is_monolith(project, topology)
    services = [one.name for one in topology.services.values() if one.url is None]
    own_broker = os.environ.get("BANYAN_EVENTS_BROKER", "")
    environment = _secrets(folder) | _bytecode(project) | dict(options.environment)
    databases, empty = _databases(project, services, options.database, folder, monolith=monolith)
    asked = Premises(
        project=project,
        topology=topology,
        facts=Facts(),
        folder=folder.path,
        programs=Programs((), ()),
        ports=dict.fromkeys(services, 0),
        databases=databases if monolith else {},
        environment=environment,
    )
    facts = ask(
        project, service_environment(asked, topology.services[services[0]]) | {"BANYAN_SERVICE": ""}
    )
    needs_nats = facts.has_events and not monolith and not own_broker
    programs = find_programs(project.folder, nats=needs_nats, envoy=not monolith)
    ports = _ports(
        services, options.port, folder.reservations, nats=needs_nats, gateway=not monolith
    )
    if monolith and not databases and facts.has_tables is False:
        empty = frozenset(services)
    return Premises(
        project=project,
        topology=topology,
        facts=facts,
        folder=folder.path,
        programs=programs,
        ports=ports,
        databases=databases,
        setup=_setups(topology, empty, folder.path),
        environment=environment,
        broker=f"nats://127.0.0.1:{ports[NATS]}" if needs_nats else own_broker,
    )


def _secrets(folder: Folder) -> dict[str, str]:
    """Secrets for development, where the user's environment has none."""
    made = {
        # Sessions outlive a restart, so this one is kept.
        "DJANGO_SECRET_KEY": folder.secret("django"),
        "BANYAN_CALLS_SECRET": secrets.token_urlsafe(32),
    }
    return {name: value for name, value in made.items() if not os.environ.get(name)}


def _bytecode(project: Project) -> dict[str, str]:
    """Where the parts keep compiled modules, when the user's Python keeps none.

    Without them each of a dozen processes compiles all of Django, which trebles their start.
    """
    if not os.environ.get("PYTHONDONTWRITEBYTECODE"):
        return {}
    return {
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": str(project.folder / DATA_FOLDER / "bytecode"),
    }


def _databases(
    project: Project, services: list[str], wanted: str, folder: Folder, *, monolith: bool
) -> tuple[dict[str, str], frozenset[str]]:
    """Each service's database, and the services whose database is new."""
    if is_postgresql(wanted):
        urls = postgresql_urls(wanted, project.name, services)
        return urls, make_databases(wanted, urls)
    if wanted not in ("", SQLITE):
        raise unknown_database(wanted)
    if monolith and not wanted:
        return {}, frozenset()
    files = {service: sqlite_file(folder.path, service) for service in services}
    empty = frozenset(
        service for service, file in files.items() if not file.exists() or not file.stat().st_size
    )
    return {service: sqlite_url(file) for service, file in files.items()}, empty


def _ports(
    services: list[str],
    first: int | None,
    reservations: sockets.Reservations,
    *,
    nats: bool,
    gateway: bool,
) -> dict[str, int]:
    names = [GATEWAY] if gateway else []
    names += services
    names += [NATS, f"{NATS}.monitor"] if nats else []
    names += [f"{GATEWAY}.admin"] if gateway else []
    ports: dict[str, int] = {}
    for name in names:
        ports[name] = sockets.choose(first, ports.values(), reservations)
        first = first and ports[name] + 1
    return ports


def _setups(topology: Topology, empty: frozenset[str], folder: Path) -> frozenset[str]:
    """The services that are to be set up: now, or still, since the last time it failed."""
    for service in topology.services.values():
        if service.setup and service.name in empty:
            pending_setup(folder, service.name).touch()
    return frozenset(name for name in topology.services if pending_setup(folder, name).exists())


def pending_setup(folder: Path, service: str) -> Path:
    """The file that says that a service's database has not been set up."""
    return folder / f"{service}{PENDING_SETUP}"
