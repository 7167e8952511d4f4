"""One request's dealings with identity: who it is, and what its cookie should become."""

import logging
from typing import TYPE_CHECKING, Any, cast

from banyan.identity.claims import Claims, Login
from banyan.identity.gatekeeper import Admission
from banyan.identity.parts import Parts
from banyan.identity.registrar import LocalRegistrar
from banyan.identity.rejections import InvalidToken, IssuerUnreachable, KeysUnavailable

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser
    from django.http import HttpRequest

VISIT = "banyan_visit"
# Where the issuer's own session remembers which login its tokens belong to.
SESSION_LOGIN = "banyan_login"
_SCHEME = "bearer "

logger = logging.getLogger("banyan.identity")


class Visit:
    """A request with its token, looked at only when somebody asks who it is.

    Attributes:
        token: for the browser to keep, replacing what it has; None to leave it alone and the
            empty text to take it away.
        asked: whether anybody wanted to know who it is, so that the answer depends on the cookie.
    """

    def __init__(self, request: "HttpRequest", parts: Parts) -> None:
        self._request = request
        self.parts = parts
        self.settings = parts.settings
        self._shown = request.COOKIES.get(parts.settings.cookie, "")
        self._session_user: Any = getattr(request, "user", None) if parts.desk else None
        self._user: AbstractBaseUser | AnonymousUser | None = None
        self._admission: Admission | None = None
        self._by_session = False
        self.token: str | None = None
        self.asked = False
        self.by_header = False

    def bearer_token(self) -> str:
        """The token in the Authorization header; empty if tokens are not looked for there."""
        given: str = self._request.META.get("HTTP_AUTHORIZATION", "")
        if not self.settings.bearer or given[: len(_SCHEME)].lower() != _SCHEME:
            return ""
        return given[len(_SCHEME) :].strip()

    def admit_header(self, token: str) -> None:
        """Judge a token from the Authorization header.

        Raises:
            InvalidToken: it is refused.
            KeysUnavailable: it cannot be judged.
        """
        self.by_header = True
        self._admission = self.parts.gatekeeper.admit(token)
        self._user = self._admission.user

    def user(self) -> "AbstractBaseUser | AnonymousUser":
        """Who it is: by the issuer's session, else by the token in the cookie, else nobody."""
        if self._user is None:
            self.asked = True
            self._user = self._who()
        return self._user

    @property
    def claims(self) -> Claims | None:
        """What the token says, where it was a token that told who it is."""
        return self._admission.claims if self._admission else None

    def _who(self) -> "AbstractBaseUser | AnonymousUser":
        from django.contrib.auth.models import AnonymousUser

        if self._session_user is not None and self._session_user.is_authenticated:
            if self._has_ended_elsewhere(self._session_user):
                self._request.session.flush()
                return AnonymousUser()
            self._by_session = True
            return cast("AbstractBaseUser", self._session_user)
        if not self._shown:
            return AnonymousUser()
        try:
            self._admission = self.parts.gatekeeper.admit_browser(self._shown)
        except InvalidToken:
            self.token = ""
            return AnonymousUser()
        except (IssuerUnreachable, KeysUnavailable):
            # The cookie may be good, and is kept for when the issuer is back. Who asked the issuer
            # has logged that it does not answer: once, and not at each request.
            return AnonymousUser()
        if self._admission.renewed:
            self.token = self._admission.renewed
        return self._admission.user

    def _has_ended_elsewhere(self, user: "AbstractBaseUser") -> bool:
        """Whether the session's login was ended in another service.

        It is asked only when the session needs a token: an end takes the token away.
        """
        desk = self.parts.desk
        if not desk or not self.parts.has_others or not self._needs_token(desk, user):
            return False
        login = self._login_of_session()
        return login is not None and bool(login.id) and not desk.stands(login, user)

    def logged_in(self, user: "AbstractBaseUser") -> None:
        """Hear that somebody has just logged in by a session."""
        self._user = user
        self._by_session = True
        self.asked = True
        desk = self.parts.desk
        if desk and self.parts.has_others:
            self.token, login = desk.log_in(user)
            self._request.session[SESSION_LOGIN] = [login.id, login.at]

    def logged_out(self) -> None:
        """Hear that they are logging out: the token goes, and its login ends everywhere."""
        self.token = ""
        self.asked = True
        self._by_session = False
        try:
            if self._shown:
                self.parts.registrar.end(self._shown)
        except (IssuerUnreachable, KeysUnavailable) as error:
            logger.warning("A login was not ended at the issuer, only in this browser: %s", error)

    def finish(self) -> None:
        """Give somebody whom the issuer's session knows a token for the other services."""
        desk = self.parts.desk
        if not self.parts.has_others or self.token is not None or self.by_header:
            return
        if desk and self._by_session:
            user = self.user()
            if self._needs_token(desk, user):
                self.token = self._token_of_session(desk, user)

    def _needs_token(self, desk: LocalRegistrar, user: Any) -> bool:
        claims = desk.read(self._shown) if self._shown else None
        return claims is None or claims.person.id != str(user.pk) or desk.is_due(claims)

    def _token_of_session(self, desk: LocalRegistrar, user: Any) -> str:
        token, login = desk.log_in(user, self._login_of_session())
        self._request.session[SESSION_LOGIN] = [login.id, login.at]
        return token

    def _login_of_session(self) -> Login | None:
        match self._request.session.get(SESSION_LOGIN):
            case [str() as key, int() as at]:
                return Login(id=key, at=at)
            case _:
                return None


def logged_in(*, request: "HttpRequest | None", user: "AbstractBaseUser", **_: Any) -> None:
    """Django's signal ``user_logged_in``."""
    visit = getattr(request, VISIT, None)
    if isinstance(visit, Visit):
        visit.logged_in(user)


def logged_out(*, request: "HttpRequest | None", **_: Any) -> None:
    """Django's signal ``user_logged_out``."""
    visit = getattr(request, VISIT, None)
    if isinstance(visit, Visit):
        visit.logged_out()
