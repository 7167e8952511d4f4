"""The endpoint of calls, and what a supervisor asks: does it live, is it ready?"""

from collections.abc import Callable

from django.apps import apps
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from banyan.calls import wire
from banyan.calls.apps import CallsConfig
from banyan.calls.bodies import read_body
from banyan.calls.serving import Incoming, TooLarge
from banyan.contracts.text import MAX_BYTES
from banyan.errors import NotExecuted
from banyan.observability.health import problems


@csrf_exempt
def call(request: HttpRequest, service: str, method: str) -> HttpResponse:
    """Run one call. Callers are services, so there is no session and no CSRF token."""
    if request.method != "POST":
        return HttpResponse(status=405, headers={"Allow": "POST"})
    # Before anything is refused: a client that still writes when the answer comes sees a broken
    # pipe, and not the answer.
    read = _reading(request)
    if request.content_type != wire.CONTENT_TYPE:
        return HttpResponse(status=415, headers={"Accept-Post": wire.CONTENT_TYPE})

    def header(name: str) -> str | None:
        value = request.META.get(f"HTTP_{name.upper().replace('-', '_')}")
        return value if value is None else str(value)

    server = apps.get_app_config("banyan_calls")
    assert isinstance(server, CallsConfig)  # noqa: S101 - our own label
    answer = server.server.answer(Incoming(f"{service}/{method}", header, read))
    response = HttpResponse(answer.body, content_type=wire.CONTENT_TYPE, status=answer.http_status)
    # A declared error is no "Bad Request" to warn of, and what failed is in the log already.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


def _reading(request: HttpRequest) -> Callable[[], bytes]:
    """The body, read now; what is wrong with it is told when it is asked for."""
    problem: Exception | None = None
    body = b""
    try:
        body = read_body(request, MAX_BYTES)
    except NotExecuted as error:
        problem = error
    if len(body) > MAX_BYTES:
        problem = TooLarge(f"more than {MAX_BYTES} bytes")

    def read() -> bytes:
        if problem is not None:
            raise problem
        return body

    return read


call.records_hops = True  # type: ignore[attr-defined]


@never_cache
def live(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The process answers."""
    return JsonResponse({"status": "live"})


@never_cache
def ready(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The process can do its work; or else what it lacks."""
    wrong = problems()
    if wrong:
        return JsonResponse({"status": "not ready", "problems": wrong}, status=503)
    return JsonResponse({"status": "ready"})


live.records_hops = ready.records_hops = True  # type: ignore[attr-defined]
