"""The issuer's addresses: the published keys, and the desk for other services."""

from collections.abc import Callable

import msgspec
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from banyan.identity.middleware import unauthorized
from banyan.identity.parts import parts
from banyan.identity.registrar import LocalRegistrar
from banyan.identity.rejections import InvalidToken
from banyan.identity.tokens import LARGEST_READ

# Long enough to spare the issuer, and far shorter than the pause before a rotation.
KEYS_MAX_AGE = 300


class _Asked(msgspec.Struct):
    token: str


@require_safe
def keys(_request: HttpRequest) -> HttpResponseBase:
    """The JSON Web Key Set, for other services and the gateway."""
    signing = parts().signing_keys
    if signing is None:
        raise Http404("Keys are published where users live.")
    headers = {"Cache-Control": f"public, max-age={KEYS_MAX_AGE}"}
    return JsonResponse(signing.ring().document(), headers=headers)


@csrf_exempt
@require_POST
def renew(request: HttpRequest) -> HttpResponseBase:
    """A new token for an old one. It is for the other services, and goes by no cookie."""
    return _at_the_desk(request, lambda desk, token: {"token": desk.renew(token)})


@csrf_exempt
@require_POST
def end(request: HttpRequest) -> HttpResponseBase:
    """End a token's login."""

    def ended(desk: LocalRegistrar, token: str) -> dict[str, str]:
        desk.end(token)
        return {}

    return _at_the_desk(request, ended)


def _at_the_desk(
    request: HttpRequest, act: Callable[[LocalRegistrar, str], dict[str, str]]
) -> HttpResponseBase:
    desk = parts().desk
    if desk is None:
        raise Http404("Logins are kept where users live.")
    try:
        # A stream is read only up to here: Django would read 2.5 MB.
        asked = msgspec.json.decode(request.read(LARGEST_READ * 2), type=_Asked)
        return JsonResponse(act(desk, asked.token), headers={"Cache-Control": "no-store"})
    except (msgspec.DecodeError, RecursionError):
        return HttpResponse(status=400)
    except InvalidToken as error:
        return unauthorized(error, parts())
