"""The issuer's keys: one that signs, and those that verifiers must know beside it."""

import warnings
from dataclasses import dataclass
from typing import Any, Final, Literal

import msgspec
from joserfc.errors import JoseError, SecurityWarning
from joserfc.jwk import RSAKey

ALGORITHM: Final = "RS256"
KEY_BITS = 2048


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The keys through a rotation: verifiers know the next one before it signs anything.

    Attributes:
        previous: no longer signs; tokens that it signed may still be about.
    """

    current: RSAKey
    next: RSAKey | None = None
    previous: RSAKey | None = None

    def __post_init__(self) -> None:
        for key in self._keys():
            key.ensure_kid()

    def find(self, kid: str) -> RSAKey | None:
        """The key with this id."""
        return next((key for key in self._keys() if key.kid == kid), None)

    def document(self) -> dict[str, list[dict[str, Any]]]:
        """The JSON Web Key Set to publish (RFC 7517): public parts only."""
        return {"keys": [_public(key) for key in self._keys()]}

    def _keys(self) -> list[RSAKey]:
        return [key for key in (self.current, self.next, self.previous) if key]


def key_id(key: RSAKey) -> str:
    """The key's thumbprint (RFC 7638), so that the same key has the same id everywhere."""
    key.ensure_kid()
    return str(key.kid)


def generate() -> RSAKey:
    """A new private key."""
    return RSAKey.generate_key(KEY_BITS, auto_kid=True)


def read_private(pem: bytes) -> RSAKey:
    """The private key of a PEM file.

    Raises:
        ValueError: it is no unencrypted RSA private key of at least 2048 bits.
    """
    key = _imported(pem)
    if not key.is_private:
        raise ValueError("it holds a public key only")
    return key


def read_document(document: bytes) -> dict[str, RSAKey]:
    """The keys of a JSON Web Key Set that may verify our tokens, by their ids.

    Keys of other kinds and for other uses are passed over (RFC 7517, section 5).

    Raises:
        ValueError: the document is no key set, or holds a key too weak to trust.
    """
    try:
        entries = msgspec.json.decode(document, type=_Document).keys
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    return {
        key.kid: _imported({"kty": key.kty, "n": key.n, "e": key.e, "kid": key.kid})
        for key in map(_rsa_key, entries)
        if key
    }


class _RsaKey(msgspec.Struct):
    kty: Literal["RSA"]
    n: str
    e: str
    kid: str
    use: Literal["sig"] = "sig"
    alg: Literal["RS256"] = ALGORITHM


class _Document(msgspec.Struct):
    keys: list[msgspec.Raw]


def _rsa_key(entry: msgspec.Raw) -> _RsaKey | None:
    try:
        return msgspec.json.decode(entry, type=_RsaKey)
    except msgspec.ValidationError:
        return None


def _imported(material: bytes | dict[str, str]) -> RSAKey:
    try:
        with warnings.catch_warnings():
            # It comes for keys under 2048 bits, which are refused below.
            warnings.simplefilter("ignore", SecurityWarning)
            key = RSAKey.import_key(dict(material) if isinstance(material, dict) else material)
    except (JoseError, TypeError, ValueError) as error:
        raise ValueError("it holds no RSA key that can be read without a password") from error
    if key.public_key.key_size < KEY_BITS:
        raise ValueError(f"its key has {key.public_key.key_size} bits, and {KEY_BITS} is the least")
    return key


def _public(key: RSAKey) -> dict[str, Any]:
    return {"kid": key_id(key), "use": "sig", "alg": ALGORITHM} | dict(key.as_dict(private=False))
