"""What only Django knows of a project: who owns the users, where the admin is, and so on."""

from msgspec import Struct, field


class Facts(Struct, frozen=True, kw_only=True):
    """What a project said of itself when it was asked, as one process with all modules.

    Attributes:
        issuer: the module that owns the user model; None when no module does.
        admin: the path of Django's admin, as ``/admin/``; None when the URLconf has none.
        labels: the app labels of each module.
        eventful: the modules that have tables or handlers, whose service needs the events' mover.
        installed: the apps, by dotted name.
        ready: the path of the page that says whether a server is ready; None when there is none.
        live: the path of the page that says whether it is alive.
        internal: the path under which services call each other, as ``/banyan/``.
        token_issuer: the ``iss`` of the tokens.
        token_audience: the ``aud`` of the tokens.
        token_cookie: the cookie that carries a browser's token.
        has_tables: whether the default database has any; None when it does not answer.
    """

    issuer: str | None = None
    admin: str | None = None
    labels: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    eventful: list[str] = field(default_factory=list[str])
    installed: list[str] = field(default_factory=list[str])
    ready: str | None = None
    live: str | None = None
    internal: str = "/banyan/"
    token_issuer: str = ""
    token_audience: str = ""
    token_cookie: str = ""
    has_tables: bool | None = None

    @property
    def has_events(self) -> bool:
        """Whether events are installed."""
        return "banyan.events" in self.installed

    @property
    def has_identity(self) -> bool:
        """Whether tokens are."""
        return "banyan.identity" in self.installed
