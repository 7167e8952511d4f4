"""Decides, from the premises alone, which parts a system has and what waits for what."""

import shlex
from collections.abc import Iterator

from banyan.modules import Service
from banyan.workbench.parts import AliveProbe, HttpProbe, LineProbe, Part, Probe, TcpProbe
from banyan.workbench.premises import Premises, url

BLOCKING_THREADS = 8
# Seconds; large tables take their time.
MIGRATION_LIMIT = 3600.0
NATS = "nats"
GATEWAY = "gateway"


def plan(premises: Premises) -> list[Part]:
    """The parts of a system."""
    parts: list[Part] = []
    if NATS in premises.ports:
        parts.append(_nats(premises))
    for service in premises.services:
        parts.extend(_service(premises, service))
    if GATEWAY in premises.ports:
        parts.append(_gateway(premises, [p.name for p in parts if p.name.endswith(".web")]))
    return parts


def service_environment(premises: Premises, service: Service) -> dict[str, str]:
    """What tells a process that it is this service of this system."""
    project = premises.project
    folder = str(project.folder)
    environment = {
        "PYTHONUNBUFFERED": "1",
        "PYTHONPATH": folder,
        "BANYAN_SERVICE": "",
        "BANYAN_OBSERVABILITY_HOPS": "stderr",
        **premises.environment,
    }
    if project.settings:
        environment["DJANGO_SETTINGS_MODULE"] = project.settings
    if project.file:
        environment["BANYAN_FILE"] = str(project.file)
    if service.name in premises.databases:
        environment["BANYAN_DATABASE_URL"] = premises.databases[service.name]
    if premises.is_monolith:
        return environment
    others = {
        f"BANYAN_URL_{other.name.upper()}": url(premises.ports[other.name])
        for other in premises.services
    }
    return (
        environment
        | others
        | {
            "BANYAN_SERVICE": service.name,
            "BANYAN_TOPOLOGY": premises.topology.name,
            "BANYAN_EVENTS_BROKER": premises.broker,
        }
    )


def _nats(premises: Premises) -> Part:
    assert premises.programs.nats is not None  # noqa: S101 - it has a port, so it was looked for
    return Part(
        name=NATS,
        command=(premises.programs.nats, "--config", str(premises.folder / "nats.conf")),
        folder=premises.folder,
        probe=HttpProbe(f"{url(premises.ports['nats.monitor'])}/healthz"),
        address=f"nats://127.0.0.1:{premises.ports[NATS]}",
    )


def nats_configuration(premises: Premises) -> str:
    """The text of ``nats.conf``: reached from this machine alone, streams kept in the folder."""
    return (
        f"server_name: {premises.project.name}\n"
        f'listen: "127.0.0.1:{premises.ports[NATS]}"\n'
        f'http: "127.0.0.1:{premises.ports["nats.monitor"]}"\n'
        f'jetstream {{ store_dir: "{premises.folder / "nats"}" }}\n'
        # The log stamps its lines already.
        "logtime: false\n"
    )


def _service(premises: Premises, service: Service) -> Iterator[Part]:
    environment = service_environment(premises, service)
    folder = premises.project.folder
    programs = premises.programs
    broker = (NATS,) if NATS in premises.ports else ()

    def part(kind: str, command: tuple[str, ...], *after: str, **more: object) -> Part:
        return Part(
            name=f"{service.name}.{kind}",
            command=command,
            folder=folder,
            service=service.name,
            environment=environment,
            after=after,
            **more,  # type: ignore[arg-type]
        )

    steps = {"once": True, "start_within": MIGRATION_LIMIT}
    migrate = part("migrate", (*programs.manage, "migrate", "--noinput"), **steps)
    yield migrate
    ready = migrate.name
    if service.name in premises.setup:
        for number, command in enumerate(service.setup, 1):
            kind = "setup" if len(service.setup) == 1 else f"setup{number}"
            step = part(kind, (*programs.manage, *shlex.split(command)), ready, **steps)
            yield step
            ready = step.name
    port = premises.ports[service.name]
    server = (
        *programs.granian,
        *("--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)),
        *("--workers", "1", "--blocking-threads", str(BLOCKING_THREADS), "--no-ws"),
        *("--workers-kill-timeout", "5", "--log-level", "error"),
        "banyan.workbench.wsgi:application",
    )
    yield part("web", server, ready, probe=_web_probe(premises, port), address=url(port))
    if broker and premises.facts.has_events and _is_eventful(premises, service):
        yield part(
            "events",
            (*programs.manage, "banyan_events"),
            ready,
            *broker,
            probe=LineProbe("banyan_events ready"),
            # It lets handlers end that are running.
            stop_within=30.0,
        )
    for name, command in service.processes.items():
        yield part(name, tuple(shlex.split(command)), ready, *broker, probe=AliveProbe(1.0))


def _web_probe(premises: Premises, port: int) -> Probe:
    ready = premises.facts.ready
    return HttpProbe(f"{url(port)}{ready}") if ready else TcpProbe(port)


def _is_eventful(premises: Premises, service: Service) -> bool:
    return not premises.project.modules or any(
        module in premises.facts.eventful for module in service.modules
    )


def _gateway(premises: Premises, after: list[str]) -> Part:
    assert premises.programs.envoy is not None  # noqa: S101 - as above
    return Part(
        name=GATEWAY,
        command=(
            premises.programs.envoy,
            *("--config-path", str(premises.folder / "gateway" / "envoy.json")),
            # Without it a second Envoy on the machine fails to bind its domain socket.
            "--disable-hot-restart",
            *("--concurrency", "1", "--log-level", "warning"),
            # The access log is read as it happens.
            *("--file-flush-interval-msec", "50"),
            *("--log-format", "%l %n: %v"),
            # It makes traces and exports none, which it would call an error each time.
            *("--component-log-level", "tracing:critical"),
            # Connections that are open at the end get this long to finish.
            *("--drain-time-s", "2"),
        ),
        folder=premises.folder,
        after=tuple(after),
        # Its administration is ready even when it has refused its listener.
        probe=TcpProbe(premises.ports[GATEWAY]),
        start_within=30.0,
        address=url(premises.ports[GATEWAY]),
    )
