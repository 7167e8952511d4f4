"""What a gateway must know beside banyan.toml: what Django knows, and where things listen."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Tokens:
    """How the tokens of a project are told from others.

    Attributes:
        issuer: the ``iss`` that they have.
        audience: the ``aud`` that they have.
        cookie: the cookie in which a browser sends one.
    """

    issuer: str
    audience: str
    cookie: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What a project's Django knows.

    Attributes:
        issuer: the module that owns the user model; its service publishes the keys.
        admin: the path of Django's admin; None when there is none.
        labels: the app labels of each module, by which the admin's pages are told apart.
        internal: the path under which services call each other, which no route leads to.
        tokens: None when people do not log in by token.
    """

    issuer: str | None = None
    admin: str | None = None
    labels: Mapping[str, list[str]] = field(default_factory=dict[str, list[str]])
    internal: str = "/banyan/"
    tokens: Tokens | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Where things listen.

    Attributes:
        port: the gateway's own.
        admin: the port of Envoy's administration, on this machine only.
        services: each service's address, as ``http://127.0.0.1:8001``.
        health: the path by which to tell that a service is alive; None: by its port.
    """

    port: int
    admin: int
    services: Mapping[str, str]
    health: str | None = None
