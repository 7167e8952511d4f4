"""Somebody, a login, a clock and a place for keys, for the tests of tokens."""

from dataclasses import dataclass

from joserfc.jwk import RSAKey

from banyan.identity.claims import Expected, Login, Person
from banyan.identity.keys import KeyRing

EXPECTED = Expected(issuer="shop", audience="shop")
ANN = Person(
    id="7",
    username="ann",
    email="ann@example.org",
    first_name="Ann",
    last_name="Other",
    is_staff=True,
    permissions=frozenset({"orders.change_order", "orders.view_order", "payments.refund"}),
    fields={"phone": "+49 30 1", "company_id": None},
)
LOGIN = Login(id="login-1", at=1_000_000)


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    now: float = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class KeptKeys:
    """Keys held in memory, for both sides."""

    kept: KeyRing

    def ring(self) -> KeyRing:
        return self.kept

    def find(self, kid: str) -> RSAKey | None:
        return self.kept.find(kid)
