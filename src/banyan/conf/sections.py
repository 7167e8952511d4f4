"""The settings of each package, with their defaults: the one list of what can be set."""

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

Seconds = Annotated[float, Meta(gt=0)]


class CallsSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How calls through contracts run.

    Attributes:
        mode: how local calls run; by default strict under DEBUG and in tests, otherwise fast.
        timeout: seconds that a remote call may take where no deadline says less.
        secret: what services show each other; from the environment or the BANYAN setting only.
        path: where the project's URLconf includes ``banyan.calls.urls``.
        retention: seconds for which idempotency keys are kept, with the outcomes of their commands.
    """

    mode: Literal["strict", "fast"] | None = None
    timeout: Seconds = 5.0
    secret: str = ""
    path: str = "banyan/"
    retention: Seconds = 7 * 24 * 3600.0


class EventsSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How events travel.

    Attributes:
        broker: its address, as ``nats://127.0.0.1:4222``; empty: handlers run in this process.
        deliver: without a broker: soon ``after_commit``, or when asked for (``manual``).
        threads: how many run handlers in ``manage.py banyan_events``, for each database.
        attempts: after how many an event is given up; by default that takes about two hours.
        lease: seconds after which the work of a process that died is taken up by another.
        retention: seconds for which events that are done are kept, to tell repetitions by.
    """

    broker: str = ""
    deliver: Literal["after_commit", "manual"] = "after_commit"
    threads: Annotated[int, Meta(ge=1)] = 2
    attempts: Annotated[int, Meta(ge=1)] = 20
    lease: Seconds = 15.0
    retention: Seconds = 7 * 24 * 3600.0


class IdentitySettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How tokens are issued and verified.

    Attributes:
        issuer: the ``iss`` of the tokens; by default the project's name.
        audience: the ``aud`` of the tokens; by default the project's name.
        lifetime: seconds that a token is valid; it is renewed unseen while the login stands, so
            this is how long a person who was locked out can still work.
        cookie: the name of the cookie that carries a browser's token.
        bearer: whether a token is looked for in the Authorization header too; no, if that header
            carries tokens of another kind.
        fields: further fields of the user model that travel in the token.
        local_users: of whom each service keeps a row in its own table of users.
        jwks: the address or the file of the issuer's public keys; by default they are fetched
            from the service in which users live.
        private_key: the issuer's private key: a PEM file, or a folder in which keys are rotated;
            from the environment or the BANYAN setting only.
    """

    issuer: str = ""
    audience: str = ""
    lifetime: Seconds = 900.0
    cookie: str = "banyan_token"
    bearer: bool = True
    fields: list[str] = field(default_factory=list[str])
    local_users: Literal["staff", "all", "none"] = "staff"
    jwks: str = ""
    private_key: str = ""


class ObservabilitySettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a process tells of its work.

    Attributes:
        hops: where each hop is written as a line of JSON; empty: wherever logging sends it.
    """

    hops: Literal["", "stderr"] = ""


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All settings, a section a package."""

    calls: CallsSettings = field(default_factory=CallsSettings)
    events: EventsSettings = field(default_factory=EventsSettings)
    identity: IdentitySettings = field(default_factory=IdentitySettings)
    observability: ObservabilitySettings = field(default_factory=ObservabilitySettings)


NEVER_IN_TOML = frozenset({("calls", "secret"), ("identity", "private_key")})
"""Settings that a file under version control must not hold."""
