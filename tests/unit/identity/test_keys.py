"""Keys are published without their private parts, and read with suspicion."""

import json
import warnings

import pytest
from joserfc.jwk import ECKey, OctKey, RSAKey

from banyan.identity.keys import KeyRing, key_id, read_document, read_private

Keys = tuple[RSAKey, RSAKey, RSAKey]


def test_the_published_document_has_every_key_of_the_ring_and_no_private_part(
    private_keys: Keys,
) -> None:
    current, following, previous = private_keys
    document = KeyRing(current, next=following, previous=previous).document()
    assert [key["kid"] for key in document["keys"]] == [key_id(key) for key in private_keys]
    for key in document["keys"]:
        assert set(key) == {"kty", "n", "e", "kid", "use", "alg"}


def test_what_is_published_is_read_again(private_keys: Keys) -> None:
    found = read_document(json.dumps(KeyRing(private_keys[0]).document()).encode())
    assert set(found) == {key_id(private_keys[0])}
    assert not found[key_id(private_keys[0])].is_private


def test_keys_of_other_kinds_and_uses_are_passed_over(private_keys: Keys) -> None:
    ours = KeyRing(private_keys[0]).document()["keys"][0]
    others: list[object] = [
        OctKey.generate_key(auto_kid=True).as_dict(private=True),
        ECKey.generate_key(auto_kid=True).as_dict(private=False),
        ours | {"kid": "a", "use": "enc"},
        ours | {"kid": "b", "alg": "RS512"},
        {name: value for name, value in ours.items() if name != "kid"},
        "no key",
    ]
    found = read_document(json.dumps({"keys": [*others, ours]}).encode())
    assert set(found) == {ours["kid"]}


@pytest.mark.parametrize(
    "document", [b"", b"[]", b"{}", b'{"keys": {}}', b'{"keys": 1}', b"[" * 5000, b"\xff"]
)
def test_what_is_no_key_set_is_refused(document: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the text is the parser's
        read_document(document)


def test_a_key_too_weak_to_trust_is_refused() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        weak = RSAKey.generate_key(1024, auto_kid=True)
        document = json.dumps({"keys": [weak.as_dict(private=False)]}).encode()
    with pytest.raises(ValueError, match="1024 bits, and 2048"):
        read_document(document)
    with pytest.raises(ValueError, match="1024 bits, and 2048"):
        read_private(weak.as_pem(private=True))


def test_a_file_without_a_private_rsa_key_is_refused_with_the_reason(private_keys: Keys) -> None:
    key = private_keys[0]
    assert read_private(key.as_pem(private=True)).is_private
    with pytest.raises(ValueError, match="public key only"):
        read_private(key.as_pem(private=False))
    with pytest.raises(ValueError, match="without a password"):
        read_private(key.as_pem(private=True, password="secret"))
    with pytest.raises(ValueError, match="no RSA key"):
        read_private(ECKey.generate_key().as_pem(private=True))
    with pytest.raises(ValueError, match="no RSA key"):
        read_private(b"hello")
