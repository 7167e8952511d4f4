"""A token says who somebody is, for a while, to those it is meant for."""

import dataclasses

import pytest
from joserfc.jwk import RSAKey
from tests.unit.identity.examples import ANN, EXPECTED, LOGIN, Clock, KeptKeys

from banyan.identity.claims import Expected
from banyan.identity.keys import KeyRing
from banyan.identity.rejections import InvalidToken, Reason, TokenTooLarge
from banyan.identity.tokens import LARGEST_ISSUED, LEEWAY, Issuer, Verifier


def test_what_the_issuer_says_of_a_person_is_what_the_verifier_reads(
    issuer: Issuer, verifier: Verifier, clock: Clock
) -> None:
    claims = verifier.verify(issuer.issue(ANN, LOGIN))
    assert claims.person == ANN
    assert claims.login == LOGIN
    assert claims.issued_at == clock.now
    assert claims.expires_at == clock.now + 900


def test_two_tokens_of_one_login_have_different_ids(issuer: Issuer, verifier: Verifier) -> None:
    first, second = (verifier.verify(issuer.issue(ANN, LOGIN)) for _ in range(2))
    assert first.id != second.id


def test_a_token_expires_when_its_lifetime_and_the_leeway_are_over(
    issuer: Issuer, verifier: Verifier, clock: Clock
) -> None:
    token = issuer.issue(ANN, LOGIN)
    clock.now += 900 + LEEWAY - 1
    verifier.verify(token)
    clock.now += 1
    with pytest.raises(InvalidToken) as refusal:
        verifier.verify(token)
    assert refusal.value.reason is Reason.EXPIRED


def test_an_expired_token_is_read_within_the_grace_for_its_renewal(
    issuer: Issuer, verifier: Verifier, clock: Clock
) -> None:
    token = issuer.issue(ANN, LOGIN)
    clock.now += 900 + LEEWAY + 3_599
    assert verifier.verify(token, grace=3_600).person == ANN
    clock.now += 1
    with pytest.raises(InvalidToken):
        verifier.verify(token, grace=3_600)


def test_a_token_from_a_clock_that_is_ahead_is_accepted_within_the_leeway_only(
    issuer: Issuer, verifier: Verifier, clock: Clock
) -> None:
    token = issuer.issue(ANN, LOGIN)
    clock.now -= LEEWAY
    verifier.verify(token)
    clock.now -= 1
    with pytest.raises(InvalidToken) as refusal:
        verifier.verify(token)
    assert refusal.value.reason is Reason.NOT_YET_VALID


@pytest.mark.parametrize(
    ("expected", "reason"),
    [
        (Expected(issuer="other", audience="shop"), Reason.ISSUER),
        (Expected(issuer="shop", audience="other"), Reason.AUDIENCE),
    ],
)
def test_a_token_of_another_issuer_or_for_another_audience_is_refused(
    issuer: Issuer, keys: KeptKeys, clock: Clock, expected: Expected, reason: Reason
) -> None:
    with pytest.raises(InvalidToken) as refusal:
        Verifier(keys, expected, clock=clock).verify(issuer.issue(ANN, LOGIN))
    assert refusal.value.reason is reason


def test_a_token_is_due_for_renewal_after_half_of_its_life(
    issuer: Issuer, verifier: Verifier, clock: Clock
) -> None:
    claims = verifier.verify(issuer.issue(ANN, LOGIN))
    assert not claims.is_due(clock.now + 449)
    assert claims.is_due(clock.now + 450)


def test_a_token_too_large_for_a_cookie_is_not_issued_and_the_error_says_whose(
    issuer: Issuer,
) -> None:
    permissions = frozenset(f"app{n}.custom_permission_{n}" for n in range(400))
    with pytest.raises(TokenTooLarge, match=r"user 7 .* 400 permissions"):
        issuer.issue(dataclasses.replace(ANN, permissions=permissions), LOGIN)


def test_the_four_permissions_of_a_hundred_models_fit(issuer: Issuer) -> None:
    permissions = frozenset(
        f"app{n % 20}.{action}_longermodel{n}"
        for n in range(100)
        for action in ("add", "change", "delete", "view")
    )
    token = issuer.issue(dataclasses.replace(ANN, permissions=permissions), LOGIN)
    assert len(token) <= LARGEST_ISSUED


def test_through_a_rotation_tokens_of_each_key_are_accepted_while_it_is_published(
    private_keys: tuple[RSAKey, RSAKey, RSAKey], clock: Clock
) -> None:
    first, second, third = private_keys
    before, after = KeyRing(first, next=second), KeyRing(second, next=third, previous=first)
    old = Issuer(KeptKeys(before), EXPECTED, lifetime=900, clock=clock).issue(ANN, LOGIN)
    new = Issuer(KeptKeys(after), EXPECTED, lifetime=900, clock=clock).issue(ANN, LOGIN)
    for ring in (before, after):
        verifier = Verifier(KeptKeys(ring), EXPECTED, clock=clock)
        assert verifier.verify(old).person == verifier.verify(new).person == ANN
    forgotten = Verifier(KeptKeys(KeyRing(second, next=third)), EXPECTED, clock=clock)
    with pytest.raises(InvalidToken) as refusal:
        forgotten.verify(old)
    assert refusal.value.reason is Reason.KEY
