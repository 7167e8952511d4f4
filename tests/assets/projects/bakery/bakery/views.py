"""Pages that tell which service answered, and what it was asked."""

import os
import time

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from ovens.models import Bread


@csrf_exempt
def echo(request: HttpRequest) -> JsonResponse:
    """What arrived, and where."""
    return JsonResponse(
        {
            "service": os.environ.get("BANYAN_SERVICE", ""),
            "pid": os.getpid(),
            "path": request.path,
            "headers": dict(request.headers),
            "size": len(request.body),
        }
    )


def breads(_: HttpRequest) -> JsonResponse:
    """The breads in this service's database."""
    return JsonResponse({"breads": sorted(Bread.objects.values_list("name", flat=True))})


def slow(request: HttpRequest) -> HttpResponse:
    """An answer after as many seconds as asked for."""
    time.sleep(float(request.GET["seconds"]))
    return HttpResponse("done")


def broken(_: HttpRequest) -> HttpResponse:
    """A bug."""
    raise RuntimeError("the oven is on fire")
