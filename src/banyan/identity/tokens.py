"""Tokens: signed by the issuer, judged by everybody else (RFC 7515, RFC 7519, RS256 only)."""

import secrets
import time
from base64 import urlsafe_b64decode
from binascii import Error as NotBase64
from collections.abc import Callable
from functools import lru_cache

from joserfc import jws
from joserfc.errors import JoseError

from banyan.identity.claims import Claims, Expected, Login, Person, parse_object, read, write
from banyan.identity.keys import ALGORITHM, key_id
from banyan.identity.ports import SigningKeys, VerifyingKeys
from banyan.identity.rejections import InvalidToken, Reason, TokenTooLarge

# Browsers keep 4,096 bytes of a cookie, with its name.
LARGEST_ISSUED = 4_000
# What others may send us is looked at only up to here.
LARGEST_READ = 8_192
LARGEST_HEADER = 512
LEEWAY = 10.0

_REGISTRY = jws.JWSRegistry(algorithms=[ALGORITHM])
_HEADER_NAMES = frozenset({"alg", "kid", "typ"})


class Issuer:
    """Signs tokens.

    Args:
        lifetime: seconds for which a token is valid.
    """

    def __init__(
        self,
        keys: SigningKeys,
        expected: Expected,
        *,
        lifetime: int,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.keys = keys
        self.lifetime = lifetime
        self._expected = expected
        self._clock = clock

    def issue(self, person: Person, login: Login) -> str:
        """A token for somebody who has proved who they are.

        Raises:
            TokenTooLarge: no browser would keep it.
        """
        now = int(self._clock())
        claims = Claims(
            id=secrets.token_urlsafe(12),
            person=person,
            login=login,
            issued_at=now,
            expires_at=now + self.lifetime,
        )
        key = self.keys.ring().current
        header = {"alg": ALGORITHM, "kid": key_id(key), "typ": "JWT"}
        token = jws.serialize_compact(
            header, write(claims, self._expected), key, registry=_REGISTRY
        )
        if len(token) > LARGEST_ISSUED:
            raise TokenTooLarge(
                f"The token of user {person.id} has {len(token)} bytes, and {LARGEST_ISSUED} is "
                f"the most; it carries {len(person.permissions)} permissions.",
                hint="Grant fewer permissions, or make them a superuser.",
            )
        return token


class Verifier:
    """Judges tokens: ours, unaltered, meant for us, and valid now."""

    def __init__(
        self, keys: VerifyingKeys, expected: Expected, *, clock: Callable[[], float] = time.time
    ) -> None:
        self._keys = keys
        self._expected = expected
        self._clock = clock

    def verify(self, token: str, *, grace: float = 0.0) -> Claims:
        """What a token says, if it may be believed.

        Args:
            grace: seconds for which an expired token is still read, so that it can be renewed.

        Raises:
            InvalidToken: it is refused.
            KeysUnavailable: it cannot be judged.
        """
        if len(token) > LARGEST_READ:
            raise InvalidToken(Reason.TOO_LARGE)
        key = self._keys.find(_kid(token))
        if key is None:
            raise InvalidToken(Reason.KEY)
        try:
            signed = jws.deserialize_compact(token, key, registry=_REGISTRY)
        except (JoseError, ValueError):
            # `from None`, here and below: a cause would carry parts of the token into logs.
            raise InvalidToken(Reason.SIGNATURE) from None
        return read(signed.payload, self._expected, now=self._clock(), leeway=LEEWAY, grace=grace)


def _kid(token: str) -> str:
    """The id of the key that a token names, read before anything else of it is believed."""
    segment, dot, rest = token.partition(".")
    if not dot or rest.count(".") != 1 or not token.isascii():
        raise InvalidToken(Reason.MALFORMED)
    if len(segment) > LARGEST_HEADER:
        raise InvalidToken(Reason.TOO_LARGE)
    return _kid_of_header(segment)


@lru_cache(maxsize=64)  # all tokens that one key signed have the same header
def _kid_of_header(segment: str) -> str:
    """The key's id, if only the three parameters that our tokens have stand in a header.

    Nobody's ``jwk``, ``jku``, ``x5u`` or ``crit`` is ever looked at (RFC 8725, sections 3.1 and
    3.10).
    """
    try:
        header = parse_object(urlsafe_b64decode(segment + "=" * (-len(segment) % 4)))
    except (NotBase64, ValueError, RecursionError):
        raise InvalidToken(Reason.MALFORMED) from None
    if header.get("alg") != ALGORITHM:
        raise InvalidToken(Reason.ALGORITHM)
    kid = header.get("kid")
    if not isinstance(kid, str) or not kid or not _HEADER_NAMES.issuperset(header):
        raise InvalidToken(Reason.MALFORMED)
    if header.get("typ", "JWT") != "JWT":
        raise InvalidToken(Reason.MALFORMED)
    return kid
