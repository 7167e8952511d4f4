"""Sets ``request.user`` from a token, and keeps the browser's token fresh."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, cast

from asgiref.sync import iscoroutinefunction, markcoroutinefunction, sync_to_async
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme

from banyan.identity.cookies import clear_token_cookie, set_token_cookie
from banyan.identity.parts import Parts, parts
from banyan.identity.rejections import InvalidToken, KeysUnavailable
from banyan.identity.visits import VISIT, Visit

GetResponse = Callable[[HttpRequest], HttpResponseBase | Awaitable[HttpResponseBase]]

# Of the admin's pages, those that only work where users live.
_ISSUERS_PAGES = frozenset({"login", "logout", "password_change", "password_change_done"})


class TokenMiddleware:
    """To stand right after Django's ``AuthenticationMiddleware``.

    Where users live, a session counts first and gives its owner a token for the other services.
    Elsewhere only tokens count; the session there knows nobody.
    """

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: GetResponse) -> None:
        self._get_response = get_response
        self._is_async = iscoroutinefunction(get_response)
        if self._is_async:
            markcoroutinefunction(self)
            # Django would give a plain one a thread, for each request.
            self.process_view: Callable[..., Any] = self._aprocess_view
        else:
            self.process_view = self._process_view

    def __call__(self, request: HttpRequest) -> HttpResponseBase | Awaitable[HttpResponseBase]:
        if self._is_async:
            return self._acall(request)
        visit = _begin(request)
        token = visit.bearer_token()
        response = _refusal(visit, token) if token else None
        if response is None:
            response = cast(HttpResponseBase, self._get_response(request))
        return _finish(request, visit, response)

    async def _acall(self, request: HttpRequest) -> HttpResponseBase:
        visit = _begin(request)
        token = visit.bearer_token()
        response = await sync_to_async(_refusal)(visit, token) if token else None
        if response is None:
            response = await cast(Awaitable[HttpResponseBase], self._get_response(request))
        if visit.asked:
            return await sync_to_async(_finish)(request, visit, response)
        return _finish(request, visit, response)

    def _process_view(
        self, request: HttpRequest, _view: object, _args: object, _kwargs: object
    ) -> HttpResponseBase | None:
        return _redirection(request) if _is_issuers_page(request) else None

    async def _aprocess_view(
        self, request: HttpRequest, _view: object, _args: object, _kwargs: object
    ) -> HttpResponseBase | None:
        return await sync_to_async(_redirection)(request) if _is_issuers_page(request) else None


def _is_issuers_page(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and match.app_name == "admin" and match.url_name in _ISSUERS_PAGES


def _redirection(request: HttpRequest) -> HttpResponseBase | None:
    """Where people should be who have to log in, or have already."""
    if parts().desk is None:
        return HttpResponse(
            "People log in, and change their passwords, in the service where users live.\n"
            "Open this service through the gateway's address.\n",
            status=421,
            content_type="text/plain",
        )
    # Django sends somebody who is logged in already to the admin's first page, whatever they
    # wanted; they come here when another service has not had a token of theirs.
    match = request.resolver_match
    if match and match.url_name == "login" and request.method == "GET":
        wanted = request.GET.get(REDIRECT_FIELD_NAME, "")
        if _is_ours(request, wanted) and getattr(request.user, "is_staff", False):
            return HttpResponseRedirect(wanted)
    return None


def _begin(request: HttpRequest) -> Visit:
    visit = Visit(request, parts())
    extras: dict[str, Any] = {
        VISIT: visit,
        "user": SimpleLazyObject(visit.user),
        "auser": partial(_auser, visit),
    }
    vars(request).update(extras)
    return visit


async def _auser(visit: Visit) -> AbstractBaseUser | AnonymousUser:
    return await sync_to_async(visit.user)()


def _refusal(visit: Visit, token: str) -> HttpResponseBase | None:
    """The answer to a token that is not good; None to one that is."""
    try:
        visit.admit_header(token)
    except InvalidToken as error:
        return unauthorized(error, visit.parts)
    except KeysUnavailable:
        body = {"code": "unavailable", "message": "Tokens cannot be verified at the moment."}
        return JsonResponse(body, status=503, headers={"Retry-After": "5"})
    return None


def unauthorized(error: InvalidToken, used: Parts) -> HttpResponseBase:
    """The one answer to every token that is refused (RFC 6750, section 3)."""
    challenge = (
        f'Bearer realm="{used.expected.issuer}", error="invalid_token", '
        f'error_description="{error.reason}"'
    )
    body = {"code": "unauthenticated", "message": error.message}
    return JsonResponse(body, status=401, headers={"WWW-Authenticate": challenge})


def _finish(request: HttpRequest, visit: Visit, response: HttpResponseBase) -> HttpResponseBase:
    visit.finish()
    if visit.by_header:
        patch_vary_headers(cast(HttpResponse, response), ("Authorization",))
    elif visit.asked:
        patch_vary_headers(cast(HttpResponse, response), ("Cookie",))
    if visit.settings.cookie in response.cookies:
        pass  # the view has logged somebody in or out
    elif visit.token:
        set_token_cookie(request, response, visit.token)
    elif visit.token is not None and visit.settings.cookie in request.COOKIES:
        clear_token_cookie(response)
    return response


def _is_ours(request: HttpRequest, wanted: str) -> bool:
    return url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
