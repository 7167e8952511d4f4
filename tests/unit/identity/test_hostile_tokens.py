"""Whatever is sent as a token, only our own, unaltered and meant for us, is believed."""

import base64
import hashlib
import hmac
import json
import traceback
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from hypothesis import given
from hypothesis import strategies as st
from joserfc.jwk import RSAKey
from tests.unit.identity.examples import ANN, EXPECTED, LOGIN, Clock

from banyan.identity.claims import Claims, Person, write
from banyan.identity.keys import key_id
from banyan.identity.rejections import InvalidToken, Reason
from banyan.identity.tokens import LARGEST_READ, Issuer, Verifier

Json = Mapping[str, Any]


def encoded(part: bytes) -> str:
    return base64.urlsafe_b64encode(part).rstrip(b"=").decode()


def signed(key: RSAKey, header: Json | bytes, payload: Json | bytes) -> str:
    """A token by hand, so that a header and a payload may be anything at all."""
    parts = [
        part if isinstance(part, bytes) else json.dumps(part).encode() for part in (header, payload)
    ]
    text = ".".join(map(encoded, parts))
    private = key.private_key
    assert private is not None
    return f"{text}.{encoded(private.sign(text.encode(), padding.PKCS1v15(), hashes.SHA256()))}"


class Forge:
    """The parts of an honest token, to be bent."""

    def __init__(self, keys: tuple[RSAKey, RSAKey, RSAKey], issuer: Issuer) -> None:
        self.ours, self.theirs, _ = keys
        self.honest = issuer.issue(ANN, LOGIN)
        header, payload, self.signature = self.honest.split(".")
        self.header: dict[str, Any] = json.loads(base64.urlsafe_b64decode(header + "=="))
        self.payload: dict[str, Any] = json.loads(base64.urlsafe_b64decode(payload + "=="))

    def with_header(self, **changes: Any) -> str:
        return signed(self.ours, self.header | changes, self.payload)

    def with_payload(self, **changes: Any) -> str:
        return signed(self.ours, self.header, self.payload | changes)

    def without(self, claim: str) -> str:
        return signed(self.ours, self.header, {k: v for k, v in self.payload.items() if k != claim})


@pytest.fixture
def forge(private_keys: tuple[RSAKey, RSAKey, RSAKey], issuer: Issuer) -> Forge:
    return Forge(private_keys, issuer)


def public_jwk(key: RSAKey) -> dict[str, Any]:
    return dict(key.as_dict(private=False))


def hmac_with_public_key(forge: Forge) -> str:
    header = encoded(json.dumps(forge.header | {"alg": "HS256"}).encode())
    text = f"{header}.{forge.honest.split('.')[1]}"
    secret = forge.ours.as_pem(private=False)
    return f"{text}.{encoded(hmac.new(secret, text.encode(), hashlib.sha256).digest())}"


def unsigned(forge: Forge, alg: str = "none") -> str:
    header = encoded(json.dumps(forge.header | {"alg": alg}).encode())
    return f"{header}.{forge.honest.split('.')[1]}."


def altered_payload(forge: Forge) -> str:
    payload = encoded(json.dumps(forge.payload | {"superuser": True}).encode())
    header, _, signature = forge.honest.split(".")
    return f"{header}.{payload}.{signature}"


def swapped_signature(forge: Forge) -> str:
    other = forge.with_payload(sub="8")
    return forge.honest.rpartition(".")[0] + "." + other.rpartition(".")[2]


def nested_header(forge: Forge) -> str:
    return f"{encoded(b'[' * 380)}.{forge.honest.partition('.')[2]}"


Attack = Callable[[Forge], str]
ATTACKS: dict[str, tuple[Reason, Attack]] = {
    "no algorithm": (Reason.ALGORITHM, unsigned),
    "no algorithm, in capitals": (Reason.ALGORITHM, lambda f: unsigned(f, "NONE")),
    "HS256 keyed with our public key": (Reason.ALGORITHM, hmac_with_public_key),
    "RS512": (Reason.ALGORITHM, lambda f: f.with_header(alg="RS512")),
    "PS256": (Reason.ALGORITHM, lambda f: f.with_header(alg="PS256")),
    "a list of algorithms": (Reason.ALGORITHM, lambda f: f.with_header(alg=["RS256"])),
    "a key that we do not publish": (Reason.KEY, lambda f: f.with_header(kid=key_id(f.theirs))),
    "a path as key id": (Reason.KEY, lambda f: f.with_header(kid="../../etc/passwd")),
    "no key id": (Reason.MALFORMED, lambda f: f.with_header(kid=None)),
    "an empty key id": (Reason.MALFORMED, lambda f: f.with_header(kid="")),
    "their key, our key id": (
        Reason.SIGNATURE,
        lambda f: signed(f.theirs, f.header, f.payload),
    ),
    "their key in the header": (
        Reason.TOO_LARGE,
        lambda f: signed(f.theirs, f.header | {"jwk": public_jwk(f.theirs)}, f.payload),
    ),
    "a symmetric key of theirs in the header": (
        Reason.MALFORMED,
        lambda f: f.with_header(jwk={"kty": "oct", "k": "AA"}),
    ),
    "a key set of theirs by address": (
        Reason.MALFORMED,
        lambda f: signed(f.theirs, f.header | {"jku": "https://evil.example/jwks"}, f.payload),
    ),
    "a certificate of theirs by address": (
        Reason.MALFORMED,
        lambda f: signed(f.theirs, f.header | {"x5u": "https://evil.example/x"}, f.payload),
    ),
    "a certificate chain of theirs": (
        Reason.MALFORMED,
        lambda f: signed(f.theirs, f.header | {"x5c": ["MIIB"]}, f.payload),
    ),
    "a critical extension": (
        Reason.MALFORMED,
        lambda f: f.with_header(crit=["exp"], exp=0),
    ),
    "an unencoded payload": (
        Reason.MALFORMED,
        lambda f: f.with_header(b64=False, crit=["b64"]),
    ),
    "another type of token": (Reason.MALFORMED, lambda f: f.with_header(typ="secevent+jwt")),
    "the algorithm twice in the header": (
        Reason.MALFORMED,
        lambda f: signed(
            f.ours, json.dumps(f.header).replace("{", '{"alg": "none", ', 1).encode(), f.payload
        ),
    ),
    "the subject twice in the payload": (
        Reason.MALFORMED,
        lambda f: signed(
            f.ours, f.header, json.dumps(f.payload).replace("{", '{"sub": "1", ', 1).encode()
        ),
    ),
    "an altered payload": (Reason.SIGNATURE, altered_payload),
    "the signature of another token": (Reason.SIGNATURE, swapped_signature),
    "no signature": (Reason.SIGNATURE, lambda f: f.honest.rpartition(".")[0] + "."),
    "half a signature": (Reason.SIGNATURE, lambda f: f.honest[:-100]),
    "four parts": (Reason.MALFORMED, lambda f: f.honest + ".x"),
    "five parts, as an encrypted token": (Reason.MALFORMED, lambda f: f.honest + ".x.y"),
    "two parts": (Reason.MALFORMED, lambda f: f.honest.rpartition(".")[0]),
    "nothing": (Reason.MALFORMED, lambda _: ""),
    "only dots": (Reason.MALFORMED, lambda _: ".."),
    "letters beyond ASCII": (Reason.MALFORMED, lambda f: "é" + f.honest),
    "a space inside": (Reason.SIGNATURE, lambda f: f.honest[:-5] + " " + f.honest[-4:]),
    "eight kilobytes more": (Reason.TOO_LARGE, lambda f: f.honest + "A" * LARGEST_READ),
    "a large header": (Reason.TOO_LARGE, lambda f: f.with_header(kid="k" * 600)),
    "a deeply nested header": (Reason.MALFORMED, nested_header),
    "a deeply nested payload": (
        Reason.MALFORMED,
        lambda f: signed(f.ours, f.header, b"[" * 5_000),
    ),
    "a payload that is a list": (Reason.MALFORMED, lambda f: signed(f.ours, f.header, b"[]")),
    "a payload that is no JSON": (Reason.MALFORMED, lambda f: signed(f.ours, f.header, b"\xff")),
    "a whole other token as payload": (
        Reason.MALFORMED,
        lambda f: signed(f.ours, f.header, f.honest.encode()),
    ),
    "the wrong issuer": (Reason.ISSUER, lambda f: f.with_payload(iss="evil")),
    "the wrong audience": (Reason.AUDIENCE, lambda f: f.with_payload(aud="elsewhere")),
    "wrong audiences": (Reason.AUDIENCE, lambda f: f.with_payload(aud=["a", "b"])),
    "a part of our audience's name": (Reason.AUDIENCE, lambda f: f.with_payload(aud="sho")),
    "no audience": (Reason.MALFORMED, lambda f: f.without("aud")),
    "no expiry": (Reason.MALFORMED, lambda f: f.without("exp")),
    "an expiry that is not a number": (
        Reason.MALFORMED,
        lambda f: f.with_payload(exp=float("nan")),
    ),
    "an endless expiry": (Reason.MALFORMED, lambda f: f.with_payload(exp=float("inf"))),
    "an expiry of true": (Reason.MALFORMED, lambda f: f.with_payload(exp=True)),
    "an expiry as text": (Reason.MALFORMED, lambda f: f.with_payload(exp="2000000")),
    "an expiry of five thousand digits": (
        Reason.MALFORMED,
        lambda f: signed(
            f.ours,
            f.header,
            json.dumps(f.payload | {"exp": 0})
            .replace('"exp": 0', f'"exp": {"9" * 5_000}')
            .encode(),
        ),
    ),
    "expired": (Reason.EXPIRED, lambda f: f.with_payload(exp=999_000, iat=998_000, nbf=998_000)),
    "valid only later": (Reason.NOT_YET_VALID, lambda f: f.with_payload(nbf=1_000_100)),
    "issued later": (Reason.NOT_YET_VALID, lambda f: f.with_payload(iat=1_000_100)),
    "no subject": (Reason.MALFORMED, lambda f: f.without("sub")),
    "an empty subject": (Reason.MALFORMED, lambda f: f.with_payload(sub="")),
    "a subject that is a number": (Reason.MALFORMED, lambda f: f.with_payload(sub=7)),
    "a permission of no known action": (
        Reason.MALFORMED,
        lambda f: f.with_payload(permissions={"orders": ["order:x"]}),
    ),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_hostile_token_is_refused_with_the_reason_and_no_word_of_what_it_says(
    attack: str, forge: Forge, verifier: Verifier
) -> None:
    reason, make = ATTACKS[attack]
    token = make(forge)
    with pytest.raises(InvalidToken) as refusal:
        verifier.verify(token)
    assert refusal.value.reason is reason
    told = "".join(traceback.format_exception(refusal.value))
    assert not any(len(part) > 3 and part in told for part in token.split("."))
    assert "ann" not in told


def test_the_honest_token_that_the_attacks_bend_is_accepted(
    forge: Forge, verifier: Verifier
) -> None:
    assert verifier.verify(forge.honest).person == ANN
    assert verifier.verify(forge.with_payload(aud=["other", "shop"])).person == ANN
    assert verifier.verify(forge.with_payload(something_new={"x": 1})).person == ANN


def test_no_token_reaches_beyond_the_clock_even_with_grace(
    forge: Forge, verifier: Verifier, clock: Clock
) -> None:
    with pytest.raises(InvalidToken):
        verifier.verify(forge.with_payload(nbf=1_000_100), grace=10**9)


@given(text=st.text() | st.from_regex(r"\A[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*\Z"))
def test_any_text_at_all_is_refused_cleanly(text: str) -> None:
    with pytest.raises(InvalidToken):
        Verifier(_NoKeys(), EXPECTED).verify(text)


class _NoKeys:
    def find(self, kid: str) -> RSAKey | None:
        return None


def test_a_payload_of_ours_names_nothing_that_it_does_not_need() -> None:
    claims = Claims(
        id="j", person=Person(id="1", username="bo"), login=LOGIN, issued_at=1, expires_at=2
    )
    assert set(json.loads(write(claims, EXPECTED))) == {
        "iss", "aud", "sub", "exp", "nbf", "iat", "jti", "auth_time", "sid", "preferred_username",
    }  # fmt: skip
