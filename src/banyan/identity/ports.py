"""What identity needs of the world: keys, the users' table, the issuer."""

from typing import Protocol

from joserfc.jwk import RSAKey

from banyan.identity.keys import KeyRing


class SigningKeys(Protocol):
    """Where an issuer's keys are kept."""

    def ring(self) -> KeyRing:
        """The keys as they are now."""
        ...


class VerifyingKeys(Protocol):
    """Where a verifier finds the issuer's public keys."""

    def find(self, kid: str) -> RSAKey | None:
        """The key with this id, or None if the issuer publishes none.

        Raises:
            KeysUnavailable: it cannot be known.
        """
        ...
