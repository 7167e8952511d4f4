"""What a token says: about whom, under which login, and for how long."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn

import msgspec

from banyan.identity.permissions import pack, unpack
from banyan.identity.rejections import InvalidToken, Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody, as a token describes them.

    Attributes:
        id: the primary key at the issuer, as text.
        permissions: as ``orders.change_order``; only staff carry any.
        fields: more fields of the user model, in Django's text serialisation.
    """

    id: str
    username: str
    email: str = ""
    first_name: str = ""
    last_name: str = ""
    is_staff: bool = False
    is_superuser: bool = False
    permissions: frozenset[str] = frozenset()
    fields: Mapping[str, str | None] = field(default_factory=dict[str, str | None])


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """One time that somebody proved who they are.

    Attributes:
        id: names the issuer's record of the login; empty when it keeps none, and then the token
            cannot be renewed.
        at: seconds since 1970.
    """

    id: str
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """All of a token. Times are in seconds since 1970."""

    id: str
    person: Person
    login: Login
    issued_at: int
    expires_at: int

    def is_due(self, now: float) -> bool:
        """Whether more than half of its life is over, so that it should be renewed."""
        return now >= (self.issued_at + self.expires_at) / 2


@dataclass(frozen=True, slots=True)
class Expected:
    """What a token must say to be meant for us."""

    issuer: str
    audience: str


# The registered names are RFC 7519's; those of a person OpenID Connect Core's, section 5.1.
class _Payload(msgspec.Struct, omit_defaults=True, kw_only=True):
    iss: str
    aud: str | list[str]
    sub: str
    exp: int
    nbf: int
    iat: int
    jti: str
    auth_time: int
    preferred_username: str
    sid: str = ""
    email: str = ""
    given_name: str = ""
    family_name: str = ""
    staff: bool = False
    superuser: bool = False
    permissions: dict[str, list[str]] = {}
    fields: dict[str, str | None] = {}


def write(claims: Claims, expected: Expected) -> bytes:
    """The payload of a token."""
    person = claims.person
    return msgspec.json.encode(
        _Payload(
            iss=expected.issuer,
            aud=expected.audience,
            sub=person.id,
            exp=claims.expires_at,
            nbf=claims.issued_at,
            iat=claims.issued_at,
            jti=claims.id,
            auth_time=claims.login.at,
            sid=claims.login.id,
            preferred_username=person.username,
            email=person.email,
            given_name=person.first_name,
            family_name=person.last_name,
            staff=person.is_staff,
            superuser=person.is_superuser,
            permissions=pack(person.permissions),
            fields=dict(person.fields),
        )
    )


def read(payload: bytes, expected: Expected, *, now: float, leeway: float, grace: float) -> Claims:
    """The claims of a payload whose signature has been verified.

    Args:
        leeway: seconds by which two machines' clocks may differ.
        grace: seconds for which an expired token is still read, so that it can be renewed.

    Raises:
        InvalidToken: it is malformed, not meant for us, not yet or no longer valid.
    """
    try:
        found = msgspec.json.decode(payload, type=_Payload)
        if msgspec.json.encode(found) != payload:
            # Our own issuer's bytes come out the same again; others are read with suspicion.
            found = msgspec.convert(parse_object(payload), _Payload)
        permissions = unpack(found.permissions)
    except (ValueError, RecursionError):  # msgspec's errors are ValueErrors
        raise InvalidToken(Reason.MALFORMED) from None
    if found.iss != expected.issuer:
        raise InvalidToken(Reason.ISSUER)
    audiences = [found.aud] if isinstance(found.aud, str) else found.aud
    if expected.audience not in audiences:
        raise InvalidToken(Reason.AUDIENCE)
    if max(found.nbf, found.iat) > now + leeway:
        raise InvalidToken(Reason.NOT_YET_VALID)
    if found.exp + leeway + grace <= now:
        raise InvalidToken(Reason.EXPIRED)
    if not found.sub or not found.preferred_username or found.exp <= found.iat:
        raise InvalidToken(Reason.MALFORMED)
    return Claims(
        id=found.jti,
        person=Person(
            id=found.sub,
            username=found.preferred_username,
            email=found.email,
            first_name=found.given_name,
            last_name=found.family_name,
            is_staff=found.staff,
            is_superuser=found.superuser,
            permissions=permissions,
            fields=found.fields,
        ),
        login=Login(id=found.sid, at=found.auth_time),
        issued_at=found.iat,
        expires_at=found.exp,
    )


def parse_object(text: bytes) -> dict[str, Any]:
    """A JSON object in which no name stands twice, and no number is NaN or infinite.

    RFC 7519, section 4, leaves it to the reader whether of two equal names the last one counts; a
    proxy in front of us may have read the first.
    """
    found: object = json.loads(text, object_pairs_hook=_unique, parse_constant=_refuse)
    if not isinstance(found, dict):
        raise ValueError("not an object")
    return found  # pyright: ignore[reportUnknownVariableType] - JSON's own type


def _unique(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    found = list(pairs)
    names = dict(found)
    if len(names) != len(found):
        raise ValueError("a name stands twice")
    return names


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")
