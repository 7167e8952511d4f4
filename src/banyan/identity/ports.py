"""What identity needs of the world: keys, people, logins, and the issuer from afar."""

from typing import TYPE_CHECKING, Protocol

from joserfc.jwk import RSAKey

from banyan.identity.claims import Claims, Login, Person
from banyan.identity.keys import KeyRing

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


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


class People(Protocol):
    """Turns verified claims into a user."""

    def user(self, claims: Claims) -> "AbstractBaseUser":
        """The user that claims speak of.

        Raises:
            InvalidToken: there is none, or none that may log in.
        """
        ...


class Residents(People, Protocol):
    """The users where they live: at the issuer."""

    def describe(self, user: "AbstractBaseUser") -> Person:
        """What a token is to say of a user."""
        ...


class Logins(Protocol):
    """The issuer's record of logins, by which one can be ended before its time."""

    def begin(self, user: "AbstractBaseUser") -> Login:
        """Record that a user has just proved who they are."""
        ...

    def stands(self, login: Login, user: "AbstractBaseUser") -> bool:
        """Whether a login has not ended: by logging out, by age, or by a new password."""
        ...

    def end(self, login: Login) -> None:
        """Forget a login; its tokens cannot be renewed any more."""
        ...


class Registrar(Protocol):
    """The issuer's desk, at hand or over HTTP."""

    def renew(self, token: str) -> str:
        """A new token of the same login, for one that has expired or soon will.

        Raises:
            InvalidToken: the login has ended, or the token was never good.
            IssuerUnreachable: the issuer cannot be asked now.
        """
        ...

    def end(self, token: str) -> None:
        """End the login that a token belongs to.

        Raises:
            IssuerUnreachable: the issuer cannot be asked now.
        """
        ...
