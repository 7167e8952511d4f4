"""Identity as each kind of process has it: the issuer, and a service where users do not live."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from django.contrib.auth.models import User

from banyan import conf
from banyan.identity import parts as identity_parts
from banyan.identity.adapters.memory import MemoryKeys
from banyan.identity.adapters.orm import DjangoResidents, TokenPeople
from banyan.identity.adapters.sessions import SessionLogins
from banyan.identity.claims import Claims, Expected, Login, Person
from banyan.identity.gatekeeper import Gatekeeper
from banyan.identity.parts import Parts
from banyan.identity.registrar import LocalRegistrar
from banyan.identity.rejections import InvalidToken, IssuerUnreachable, Reason
from banyan.identity.tokens import Issuer, Verifier

EXPECTED = Expected(issuer="shop", audience="shop")
KEYS = MemoryKeys()


@dataclass
class Clock:
    now: float = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class AnsweringRegistrar:
    """The issuer as another service meets it: it renews, refuses, or does not answer."""

    renew_with: Callable[[str], str] | None = None
    reachable: bool = True
    asked: list[str] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)

    def renew(self, token: str) -> str:
        self.asked.append(token)
        if not self.reachable:
            raise IssuerUnreachable("nobody answers")
        if self.renew_with is None:
            raise InvalidToken(Reason.LOGIN)
        return self.renew_with(token)

    def end(self, token: str) -> None:
        if not self.reachable:
            raise IssuerUnreachable("nobody answers")
        self.ended.append(token)


@dataclass
class Elsewhere:
    """A service in which users do not live, and an issuer that signs whatever a test likes."""

    issuer: Issuer
    registrar: AnsweringRegistrar
    clock: Clock

    def token(self, person: Person) -> str:
        return self.issuer.issue(person, Login(id="login-1", at=int(self.clock.now)))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def issuer(clock: Clock) -> Issuer:
    return Issuer(KEYS, EXPECTED, lifetime=900, clock=clock)


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> Callable[[Parts], None]:
    """Put parts in force for one test."""
    return lambda parts: monkeypatch.setattr(identity_parts, "_parts", parts)


@pytest.fixture
def desk(clock: Clock, issuer: Issuer) -> LocalRegistrar:
    verifier = Verifier(KEYS, EXPECTED, clock=clock)
    logins = SessionLogins(clock)
    return LocalRegistrar(
        issuer, verifier, DjangoResidents(), logins, grace=14 * 86_400.0, clock=clock
    )


@pytest.fixture
def at_the_issuer(
    clock: Clock, desk: LocalRegistrar, installed: Callable[[Parts], None]
) -> Iterator[LocalRegistrar]:
    """This process is the service where users live, and there are others."""
    gatekeeper = Gatekeeper(
        Verifier(KEYS, EXPECTED, clock=clock), DjangoResidents(), desk, clock=clock
    )
    settings = conf.settings().identity
    installed(
        Parts(
            settings,
            EXPECTED,
            gatekeeper,
            registrar=desk,
            desk=desk,
            signing_keys=KEYS,
            has_others=True,
        )
    )
    return desk


@pytest.fixture
def elsewhere(clock: Clock, issuer: Issuer, installed: Callable[[Parts], None]) -> Elsewhere:
    """This process is a service in which users do not live."""
    registrar = AnsweringRegistrar()
    verifier = Verifier(KEYS, EXPECTED, clock=clock)
    gatekeeper = Gatekeeper(verifier, TokenPeople("staff"), registrar, clock=clock)
    installed(Parts(conf.settings().identity, EXPECTED, gatekeeper, registrar))
    return Elsewhere(issuer, registrar, clock)


@pytest.fixture
def ann(db: None) -> User:
    return User.objects.create_user(
        "ann", "ann@example.org", "secret", is_staff=True, first_name="Ann", last_name="Other"
    )


def claims_of(person: Person) -> Claims:
    return Claims(
        id="token", person=person, login=Login(id="login-1", at=0), issued_at=0, expires_at=900
    )
