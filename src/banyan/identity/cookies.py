"""The cookie that carries a browser's token."""

from typing import TYPE_CHECKING

from banyan.identity.parts import parts

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase


def set_token_cookie(request: "HttpRequest", response: "HttpResponseBase", token: str) -> None:
    """Let the browser keep a token, as after a login through a contract.

    Scripts cannot read it, other sites' forms do not send it, and over HTTPS it is sent nowhere
    else. It is kept for as long as a session: longer than the token, which is renewed meanwhile.
    """
    from django.conf import settings

    age = None if settings.SESSION_EXPIRE_AT_BROWSER_CLOSE else settings.SESSION_COOKIE_AGE
    response.set_cookie(
        parts().settings.cookie,
        token,
        max_age=age,
        path=settings.SESSION_COOKIE_PATH,
        domain=settings.SESSION_COOKIE_DOMAIN,
        secure=request.is_secure() or settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def clear_token_cookie(response: "HttpResponseBase") -> None:
    """Take the token away from the browser."""
    from django.conf import settings

    response.delete_cookie(
        parts().settings.cookie,
        path=settings.SESSION_COOKIE_PATH,
        domain=settings.SESSION_COOKIE_DOMAIN,
        samesite="Lax",
    )
