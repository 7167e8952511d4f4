"""A key that lives as long as the process: for tests, where no file should be left behind."""

from functools import cached_property

from joserfc.jwk import RSAKey

from banyan.identity.keys import KeyRing, generate


class MemoryKeys:
    """An issuer's key that is kept nowhere."""

    @cached_property
    def _ring(self) -> KeyRing:
        return KeyRing(generate())

    def ring(self) -> KeyRing:
        """The key."""
        return self._ring

    def find(self, kid: str) -> RSAKey | None:
        """The key, if it has this id."""
        return self._ring.find(kid)
