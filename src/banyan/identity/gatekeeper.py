"""Lets requests in: from a token to a user, renewing the token on the way where it is due."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from banyan.identity.claims import Claims
from banyan.identity.ports import People, Registrar
from banyan.identity.rejections import InvalidToken, IssuerUnreachable, Reason
from banyan.identity.tokens import Verifier

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


@dataclass(frozen=True, slots=True)
class Admission:
    """Somebody who is let in.

    Attributes:
        renewed: a token to replace the one that was shown; empty if that is good for longer.
    """

    user: "AbstractBaseUser"
    claims: Claims
    renewed: str = ""


class Gatekeeper:
    """Judges what a request shows."""

    def __init__(
        self,
        verifier: Verifier,
        people: People,
        registrar: Registrar,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._verifier = verifier
        self._people = people
        self._registrar = registrar
        self._clock = clock

    def admit(self, token: str) -> Admission:
        """Who shows this token, which whoever sent it keeps and renews themselves.

        Raises:
            InvalidToken: it is refused.
            KeysUnavailable: it cannot be judged.
        """
        claims = self._verifier.verify(token)
        return Admission(self._people.user(claims), claims)

    def admit_browser(self, token: str) -> Admission:
        """Who shows this token, which a browser keeps and we renew.

        Raises:
            InvalidToken: it is refused, or its login has ended.
            IssuerUnreachable: it has expired, and the issuer cannot be asked to renew it.
            KeysUnavailable: it cannot be judged.
        """
        try:
            claims = self._verifier.verify(token)
        except InvalidToken as refusal:
            if refusal.reason is not Reason.EXPIRED:
                raise
            return self._renewed(token)
        if claims.is_due(self._clock()):
            try:
                return self._renewed(token)
            except IssuerUnreachable:
                pass  # it is good for a while yet
        return Admission(self._people.user(claims), claims)

    def _renewed(self, token: str) -> Admission:
        renewed = self._registrar.renew(token)
        claims = self._verifier.verify(renewed)
        return Admission(self._people.user(claims), claims, renewed)
