"""An issuer and a verifier that share a key and a clock which stands still."""

from collections.abc import Callable

import pytest
from joserfc.jwk import RSAKey
from tests.unit.identity.examples import EXPECTED, Clock, KeptKeys

from banyan.identity.keys import KeyRing, generate
from banyan.identity.tokens import Issuer, Verifier


@pytest.fixture(scope="session")
def private_keys() -> tuple[RSAKey, RSAKey, RSAKey]:
    return generate(), generate(), generate()  # each takes a fair part of a second


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def keys(private_keys: tuple[RSAKey, RSAKey, RSAKey]) -> KeptKeys:
    return KeptKeys(KeyRing(private_keys[0]))


@pytest.fixture
def issuer(keys: KeptKeys, clock: Callable[[], float]) -> Issuer:
    return Issuer(keys, EXPECTED, lifetime=900, clock=clock)


@pytest.fixture
def verifier(keys: KeptKeys, clock: Callable[[], float]) -> Verifier:
    return Verifier(keys, EXPECTED, clock=clock)
