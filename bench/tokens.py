"""Judging a token, claims and all, against what other libraries do of it."""

import time
import warnings
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

from banyan.identity.claims import Expected, Login, Person
from banyan.identity.keys import KeyRing, generate
from banyan.identity.tokens import Issuer, Verifier
from bench.measuring import Sides, bench, ratio_at_most, time_per_call

SHOP = Expected(issuer="shop", audience="shop")
ANN = Person(
    id="7",
    username="ann",
    email="ann@example.org",
    is_staff=True,
    permissions=frozenset({"orders.change_order", "orders.view_order", "payments.view_payment"}),
)


class Keys:
    """One key, in memory."""

    def __init__(self) -> None:
        self._ring = KeyRing(generate())
        self.find = self._ring.find

    def ring(self) -> KeyRing:
        return self._ring


def sides(peer: Callable[[Any, str], Callable[[], object]]) -> Sides:
    """Ours beside a peer's; both have the key ready, and look at iss, aud, exp, nbf and iat."""
    keys = Keys()
    token = Issuer(keys, SHOP, lifetime=3600).issue(ANN, Login(id="login", at=int(time.time())))
    verifier = Verifier(keys, SHOP)
    theirs = peer(keys.ring().current, token)
    return Sides(
        ours=time_per_call(lambda: verifier.verify(token), "µs"),
        peer=time_per_call(theirs, "µs"),
    )


@bench("verify a token", unit="µs", peer_name="PyJWT, key object", goal=ratio_at_most(1.0))
def beside_pyjwt() -> Iterator[Sides]:
    def peer(key: Any, token: str) -> Callable[[], object]:
        jwt: Any = import_module("jwt")
        public = key.public_key
        return lambda: jwt.decode(token, public, ["RS256"], issuer="shop", audience="shop")

    yield sides(peer)


@bench("verify a token", unit="µs", peer_name="Authlib", goal=ratio_at_most(1.2))
def beside_authlib() -> Iterator[Sides]:
    def peer(key: Any, token: str) -> Callable[[], object]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it is being moved to joserfc, as ours is
            jose: Any = import_module("authlib.jose")

        public = jose.JsonWebKey.import_key(key.as_dict(private=False))
        library = jose.JsonWebToken(["RS256"])
        asked = {
            "iss": {"essential": True, "value": "shop"},
            "aud": {"essential": True, "value": "shop"},
        }

        def verify() -> object:
            claims = library.decode(token, public, claims_options=asked)
            claims.validate()
            return claims

        return verify

    yield sides(peer)
