"""The addresses that the tests of identity visit."""

from asgiref.sync import sync_to_async
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from rest_framework.decorators import api_view, authentication_classes, permission_classes
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from banyan.identity import log_out, set_token_cookie
from banyan.identity.rest_framework import TokenAuthentication


def who(request: HttpRequest) -> JsonResponse:
    user = request.user
    return JsonResponse({"id": user.pk, "name": user.get_username(), "staff": user.is_staff})


def public(request: HttpRequest) -> HttpResponse:
    return HttpResponse("for everybody")


def log_in(request: HttpRequest) -> HttpResponse:
    """A storefront's: it shows who somebody was, and gives them the token that it was given."""
    response = HttpResponse(request.user.get_username())
    set_token_cookie(request, response, request.GET["token"])
    return response


def leave(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(request.user.get_username())
    log_out(request, response)
    return response


async def who_async(request: HttpRequest) -> JsonResponse:
    user = await request.auser()
    allowed = await user.ahas_perm("orders.change_order")
    return JsonResponse({"name": user.get_username(), "allowed": allowed})


async def who_lazily(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"name": await sync_to_async(_name)(request)})


def _name(request: HttpRequest) -> str:
    return request.user.get_username()


@csrf_exempt
@api_view(["GET", "POST"])
@authentication_classes([TokenAuthentication])
@permission_classes([IsAuthenticated])
def api(request: Request) -> Response:
    return Response({"name": request.user.get_username(), "by": request.auth and request.auth.id})


urlpatterns = [
    path("", include("banyan.identity.urls")),
    path("who/", who),
    path("public/", public),
    path("who-async/", who_async),
    path("who-lazily/", who_lazily),
    path("log-in/", log_in),
    path("leave/", leave),
    path("api/", api),
    path("admin/", admin.site.urls),
]
