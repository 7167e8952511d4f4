"""Reads banyan.toml into a project, or says all that is wrong with it."""

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, cast, get_args, get_origin

import msgspec
from msgspec import Meta, Struct, field

from banyan.conf import (
    CallsSettings,
    Document,
    EventsSettings,
    IdentitySettings,
    ObservabilitySettings,
    read_document,
)
from banyan.findings import Finding, FindingsError
from banyan.modules.project import Auth, Module, Project, Route, Service, Topology
from banyan.modules.rules import judge

Name = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]*$", max_length=63)]
RoutePrefix = Annotated[str, Meta(pattern="^/", max_length=1024)]


class ProjectTable(Struct, frozen=True, forbid_unknown_fields=True):
    """``[project]``.

    Attributes:
        name: the project's name, the first word of its events' and contracts' wire names.
        settings: the dotted name of Django's settings module.
    """

    name: Name
    settings: str = ""


class ModuleTable(Struct, frozen=True, forbid_unknown_fields=True):
    """``[modules.NAME]``.

    Attributes:
        apps: dotted names of the Django apps; by default one of the module's own name.
        calls: modules whose contracts it may call.
        listens: modules whose events it may hear.
        database: the database alias that its rows are written by.
    """

    apps: Annotated[list[str], Meta(min_length=1)] | None = None
    calls: list[str] = field(default_factory=list[str])
    listens: list[str] = field(default_factory=list[str])
    database: str = "default"


class ServiceTable(Struct, frozen=True, forbid_unknown_fields=True):
    """``[topology.TOPOLOGY.SERVICE]``.

    Attributes:
        modules: the modules resident in it; ``["*"]`` for all.
        url: the address of a service that Banyan does not run.
        processes: further processes of the service: name to command line.
        setup: what manage.py runs once, after the first migration of a new database.
    """

    modules: list[str] = field(default_factory=list[str])
    url: str | None = None
    processes: dict[Name, str] = field(default_factory=dict[Name, str])
    setup: list[str] = field(default_factory=list[str])


class RouteTable(Struct, frozen=True, forbid_unknown_fields=True):
    """``"/prefix" = {to = "MODULE", auth = "required"}``.

    Attributes:
        to: the module that answers.
        auth: whether a request needs a valid token.
    """

    to: str
    auth: Auth = "optional"


class GatewayTable(Struct, frozen=True, forbid_unknown_fields=True):
    """``[gateway]``.

    Attributes:
        routes: path prefix to module, or to a table with more to say.
    """

    routes: dict[RoutePrefix, str | RouteTable] = field(
        default_factory=dict[RoutePrefix, str | RouteTable]
    )


class File(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole of ``banyan.toml``."""

    project: ProjectTable
    modules: dict[Name, ModuleTable] = field(default_factory=dict[Name, ModuleTable])
    topology: dict[Name, dict[Name, ServiceTable]] = field(
        default_factory=dict[Name, dict[Name, ServiceTable]]
    )
    gateway: GatewayTable = field(default_factory=GatewayTable)
    calls: CallsSettings = field(default_factory=CallsSettings)
    events: EventsSettings = field(default_factory=EventsSettings)
    identity: IdentitySettings = field(default_factory=IdentitySettings)
    observability: ObservabilitySettings = field(default_factory=ObservabilitySettings)


def load(file: Path) -> Project:
    """Read a ``banyan.toml``.

    Raises:
        FindingsError: something is wrong with it; all that was found, with file and line.
    """
    document = read_document(file)
    if findings := list(_mistakes(document, dict(document.values), File, ())):
        raise FindingsError(findings)
    project = _project(document)
    if findings := list(judge(project, document)):
        raise FindingsError(findings)
    return project


def _project(document: Document) -> Project:
    content = msgspec.convert(dict(document.values), File)
    modules = {
        name: Module(
            name,
            tuple(table.apps if table.apps is not None else [name]),
            tuple(table.calls),
            tuple(table.listens),
            table.database,
        )
        for name, table in content.modules.items()
    }
    topologies = {
        name: Topology(
            name,
            {
                service: Service(
                    service,
                    tuple(modules) if table.modules == ["*"] else tuple(table.modules),
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
        content.project.name, content.project.settings, document.file, modules, topologies, routes
    )


def _mistakes(
    document: Document, value: object, shape: Any, path: tuple[str, ...]
) -> Iterator[Finding]:
    """Each key that is unknown or missing, and each value of the wrong type, with its line."""
    struct = _struct(shape)
    if isinstance(value, dict) and struct:
        table = cast("dict[str, object]", value)
        fields = {entry.name: entry for entry in msgspec.structs.fields(struct)}
        name = f"[{'.'.join(path)}]" if path else "the top of the file"
        for key in (key for key in table if key not in fields):
            near = get_close_matches(key, fields, 1)
            yield Finding(
                "banyan.E002",
                f"unknown key {key!r} in {name}",
                f"Did you mean {near[0]!r}?" if near else f"It takes: {', '.join(fields)}.",
                document.locate(*path, key),
            )
        for key, entry in fields.items():
            if key in table:
                yield from _mistakes(document, table[key], entry.type, (*path, key))
            elif entry.required:
                yield Finding(
                    "banyan.E004",
                    f"{key!r} is missing in {name}",
                    "docs/topology.md has an example of a whole file.",
                    document.locate(*path),
                )
    elif isinstance(value, dict) and get_origin(shape) is dict:
        key_shape, value_shape = get_args(shape)
        for key, inner in cast("dict[str, object]", value).items():
            yield from _type_error(document, key, key_shape, (*path, key))
            yield from _mistakes(document, inner, value_shape, (*path, key))
    else:
        yield from _type_error(document, value, shape, path)  # pyright: ignore[reportUnknownArgumentType]


def _type_error(
    document: Document, value: object, shape: Any, path: tuple[str, ...]
) -> Iterator[Finding]:
    try:
        msgspec.convert(value, shape)
    except msgspec.ValidationError as error:
        yield Finding(
            "banyan.E003",
            f"{'.'.join(path)}: {error}",
            "docs/topology.md has every key and its type.",
            document.locate(*path),
        )


def _struct(shape: Any) -> type[Struct] | None:
    """The table among what a value may be: ``str | RouteTable`` is RouteTable."""
    choices = get_args(shape) if get_origin(shape) is UnionType else (shape,)
    return next((one for one in choices if isinstance(one, type) and issubclass(one, Struct)), None)
