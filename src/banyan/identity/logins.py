"""Logging in and out without a session of Django's: for contracts, APIs and storefronts."""

from typing import TYPE_CHECKING

from banyan.identity.cookies import clear_token_cookie
from banyan.identity.parts import desk, parts
from banyan.identity.visits import VISIT, Visit

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase


def issue_token(user: "AbstractBaseUser") -> str:
    """A token for a user who has just proved who they are; it begins a login.

    Raises:
        ConfigurationError: users do not live in this service, or there is no key.
    """
    return desk().log_in(user)[0]


def renew_token(token: str) -> str:
    """A new token of the same login, for a client that keeps its token itself.

    Raises:
        InvalidToken: the login has ended, or the token was never good.
        IssuerUnreachable: the issuer cannot be asked now.
    """
    return parts().registrar.renew(token)


def log_out(request: "HttpRequest", response: "HttpResponseBase") -> None:
    """Take the token away from the browser, and end its login so that no copy can be renewed.

    A session of Django's ends too, here and where users live.
    """
    from django.contrib.auth import logout

    visit = getattr(request, VISIT, None) or Visit(request, parts())
    if hasattr(request, "session"):
        logout(request)
    if visit.token != "":  # no signal has reached it
        visit.logged_out()
    clear_token_cookie(response)
