"""Django REST framework's authentication by token; for projects that have the framework."""

# The framework has no types.
# mypy: disable-error-code="import-untyped, misc"
# pyright: reportMissingTypeStubs=false, reportIncompatibleMethodOverride=false

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import APIException, AuthenticationFailed, PermissionDenied
from rest_framework.request import Request

from banyan.identity.parts import parts
from banyan.identity.rejections import InvalidToken, KeysUnavailable
from banyan.identity.visits import VISIT, Visit


class TokenAuthentication(BaseAuthentication):
    """A token in the Authorization header, or what ``TokenMiddleware`` found in a cookie.

    A browser sends a cookie whether its user meant to or not, so that then, and only then, unsafe
    requests need Django's CSRF token. The claims are ``request.auth``.
    """

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        """Who it is; None if nobody says."""
        django_request: HttpRequest = request._request  # pyright: ignore[reportPrivateUsage]
        visit = getattr(django_request, VISIT, None)
        try:
            if not isinstance(visit, Visit):
                visit = Visit(django_request, parts())
                if token := visit.bearer_token():
                    visit.admit_header(token)
        except InvalidToken as error:
            raise AuthenticationFailed(error.message) from None
        except KeysUnavailable:
            raise _Unavailable from None
        user = visit.user()
        if not user.is_authenticated or not user.is_active:
            return None
        if not visit.by_header:
            _enforce_csrf(django_request)
        return user, visit.claims

    def authenticate_header(self, request: Request) -> str:  # noqa: ARG002 - the framework's
        """The challenge of a 401."""
        return f'Bearer realm="{parts().expected.issuer}"'


class _Unavailable(APIException):
    status_code = 503
    default_detail = "Tokens cannot be verified at the moment."
    default_code = "unavailable"


class _Csrf(CsrfViewMiddleware):
    def _reject(self, request: HttpRequest, reason: str) -> Any:  # noqa: ARG002 - Django's
        return reason


def _enforce_csrf(request: HttpRequest) -> None:
    """As the framework's SessionAuthentication does: its views are exempt from Django's check."""
    check = _Csrf(lambda _: HttpResponse())
    check.process_request(request)
    if reason := check.process_view(request, HttpResponse, (), {}):
        raise PermissionDenied(f"CSRF Failed: {reason}")
