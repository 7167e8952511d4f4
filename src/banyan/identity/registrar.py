"""The issuer's desk: logins begin, are renewed and end here."""

import dataclasses
import logging
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from banyan.identity.claims import Claims, Login
from banyan.identity.ports import Logins, Residents
from banyan.identity.rejections import InvalidToken, Reason, TokenTooLarge
from banyan.identity.tokens import Issuer, Verifier

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

logger = logging.getLogger("banyan.identity")


class LocalRegistrar:
    """The desk itself, where users live.

    Args:
        grace: seconds for which an expired token can still be renewed; the login's record says
            whether it is.
    """

    def __init__(
        self,
        issuer: Issuer,
        verifier: Verifier,
        residents: Residents,
        logins: Logins,
        *,
        grace: float,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._clock = clock
        self._issuer = issuer
        self._verifier = verifier
        self._residents = residents
        self._logins = logins
        self._grace = grace

    def log_in(self, user: "AbstractBaseUser", login: Login | None = None) -> tuple[str, Login]:
        """A token for a user who has proved who they are, under a login new or known."""
        login = login or self._logins.begin(user)
        return self._issue(user, login), login

    def renew(self, token: str) -> str:
        """A new token of the same login, saying what is true of the user now."""
        claims = self._verifier.verify(token, grace=self._grace)
        user = self._residents.user(claims)
        if not self._logins.stands(claims.login, user):
            raise InvalidToken(Reason.LOGIN)
        return self._issue(user, claims.login)

    def end(self, token: str) -> None:
        """End the login that a token belongs to; a token that is not good has none."""
        claims = self.read(token)
        if claims:
            self._logins.end(claims.login)

    def stands(self, login: Login, user: "AbstractBaseUser") -> bool:
        """Whether a login has not ended."""
        return self._logins.stands(login, user)

    def read(self, token: str) -> Claims | None:
        """What a token says, expired or not, or None."""
        try:
            return self._verifier.verify(token, grace=self._grace)
        except InvalidToken:
            return None

    def is_due(self, claims: Claims) -> bool:
        """Whether a token should be renewed."""
        return claims.is_due(self._clock())

    def _issue(self, user: "AbstractBaseUser", login: Login) -> str:
        person = self._residents.describe(user)
        try:
            return self._issuer.issue(person, login)
        except TokenTooLarge as error:
            if not person.permissions:
                raise
            # Logging in must work, and what cannot be told must not be granted.
            logger.error("%s It is issued without any. %s", error.message, error.hint)
            bare = dataclasses.replace(person, permissions=frozenset())
            return self._issuer.issue(bare, login)
