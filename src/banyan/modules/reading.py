"""Reads banyan.toml into a project, or says all that is wrong with it."""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from banyan.conf import FILE_NAME, Document, credentials, mistakes, read_document
from banyan.findings import FindingsError
from banyan.modules.file import File, ServiceTable
from banyan.modules.project import (
    Checking,
    Circumstances,
    Module,
    Project,
    Route,
    Service,
    Topology,
)
from banyan.modules.rules import judge


def load(file: Path) -> Project:
    """Read a ``banyan.toml``.

    Raises:
        FindingsError: something is wrong with it; all that was found, with file and line.
    """
    return understand(read_document(file))


def project_in(folder: Path) -> Project | None:
    """What the ``banyan.toml`` in a folder says; None where there is none.

    Raises:
        FindingsError: as :func:`load`.
    """
    file = folder / FILE_NAME
    return load(file) if file.is_file() else None


def understand(document: Document) -> Project:
    """What the text of a ``banyan.toml`` says, as if it stood where its file is.

    Raises:
        FindingsError: as :func:`load`.
    """
    secrets = list(credentials(document))
    # A credential is told as one, and not as an unknown key besides.
    told = {finding.location for finding in secrets}
    shape = mistakes(document.values, File, source=FILE_NAME, locate=document.locate)
    findings = [*secrets, *(one for one in shape if one.location not in told)]
    if not findings:
        project = _project(document)
        findings = list(judge(project, document))
        if not findings:
            return project
    raise FindingsError(findings)


def _project(document: Document) -> Project:
    content = msgspec.convert(dict(document.values), File)
    modules = {
        name: Module(
            name,
            tuple(table.apps if table.apps is not None else [name]),
            tuple(table.calls),
            tuple(table.listens),
            table.database,
            tuple(table.public),
            table.strict,
            dict(table.reasons),
        )
        for name, table in content.modules.items()
    }
    topologies = {
        name: Topology(
            name,
            {
                service: Service(
                    service,
                    _residents(service, table, modules),
                    table.url,
                    dict(table.processes),
                    tuple(table.setup),
                )
                for service, table in services.items()
            },
        )
        for name, services in content.topology.items()
    }
    routes = {
        prefix: Route(prefix, to) if isinstance(to, str) else Route(prefix, to.to, to.auth)
        for prefix, to in content.gateway.routes.items()
    }
    return Project(
        content.project.name,
        content.project.settings,
        document.file,
        modules,
        topologies,
        routes,
        Checking(content.check.baseline, dict(content.check.levels)),
        Circumstances(content.advice.people, content.advice.teams, content.advice.weights),
    )


def _residents(service: str, table: ServiceTable, modules: Mapping[str, Module]) -> tuple[str, ...]:
    if table.modules == ["*"]:
        return tuple(modules)
    if table.url and not table.modules and service in modules:
        # A service that somebody else runs has the contract of the module it is named after.
        return (service,)
    return tuple(table.modules)
