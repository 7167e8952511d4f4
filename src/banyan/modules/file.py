"""The tables of ``banyan.toml``: what may stand in it, and of which type."""

from typing import Annotated

from msgspec import Meta, Struct, field

from banyan.conf import (
    CallsSettings,
    EventsSettings,
    IdentitySettings,
    ObservabilitySettings,
)
from banyan.modules.project import Auth, Reason, Strictness
from banyan.modules.weights import Weights

Name = Annotated[
    str,
    Meta(
        pattern=r"^[a-z][a-z0-9_]*$",
        max_length=63,
        description="A name has lower-case letters, digits and underscores, and begins with a "
        "letter.",
    ),
]
RoutePrefix = Annotated[
    str, Meta(pattern="^/", max_length=1024, description="A route begins with a slash.")
]
RuleId = Annotated[
    str, Meta(pattern=r"^E1\d\d$", description="A rule is named by its id, as E106.")
]
Address = Annotated[
    str, Meta(pattern="^https?://", description="An address begins with http:// or https://.")
]


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
        apps: dotted names of the Django apps; by default one of the module's own name. Where
            several projects in one tree have apps of one name, their folders: ``old/orders``.
        calls: modules whose contracts it may call.
        listens: modules whose events it may hear.
        database: the database alias that its rows are written by.
        public: dotted names of the module that others may import, beside its contract.
        strict: whether none of its violations may be in the baseline.
        reasons: why it should be a service of its own: a reason's name to what shows it.
    """

    apps: Annotated[list[str], Meta(min_length=1)] | None = None
    calls: list[str] = field(default_factory=list[str])
    listens: list[str] = field(default_factory=list[str])
    database: str = "default"
    public: list[str] = field(default_factory=list[str])
    strict: bool = False
    reasons: dict[Reason, str] = field(default_factory=dict[Reason, str])


class ServiceTable(Struct, frozen=True, forbid_unknown_fields=True):
    """``[topology.TOPOLOGY.SERVICE]``.

    Attributes:
        modules: the modules resident in it; ``["*"]`` for all.
        url: the address of a service that Banyan does not run.
        processes: further processes of the service: name to command line.
        setup: what manage.py runs once, after the first migration of a new database.
    """

    modules: list[str] = field(default_factory=list[str])
    url: Address | None = None
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


class CheckTable(Struct, frozen=True, forbid_unknown_fields=True):
    """``[check]``: what ``banyan check`` is told.

    Attributes:
        baseline: the file of known debt, relative to this one.
        levels: a rule's id to how much it weighs; ``off`` leaves it out.
    """

    baseline: str = "banyan.baseline.toml"
    levels: dict[RuleId, Strictness] = field(default_factory=dict[RuleId, Strictness])


class AdviceTable(Struct, frozen=True, forbid_unknown_fields=True):
    """``[advice]``: what code cannot show, and ``banyan advise`` asks for.

    Attributes:
        people: how many people work on the project's code.
        teams: how many teams they are.
        weights: how much each part of the evidence weighs, where it isn't to be the default.
    """

    people: Annotated[int, Meta(ge=1)] | None = None
    teams: Annotated[int, Meta(ge=1)] | None = None
    weights: Weights = field(default_factory=Weights)


class File(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole of ``banyan.toml``."""

    project: ProjectTable
    modules: dict[Name, ModuleTable] = field(default_factory=dict[Name, ModuleTable])
    topology: dict[Name, dict[Name, ServiceTable]] = field(
        default_factory=dict[Name, dict[Name, ServiceTable]]
    )
    gateway: GatewayTable = field(default_factory=GatewayTable)
    check: CheckTable = field(default_factory=CheckTable)
    advice: AdviceTable = field(default_factory=AdviceTable)
    calls: CallsSettings = field(default_factory=CallsSettings)
    events: EventsSettings = field(default_factory=EventsSettings)
    identity: IdentitySettings = field(default_factory=IdentitySettings)
    observability: ObservabilitySettings = field(default_factory=ObservabilitySettings)
