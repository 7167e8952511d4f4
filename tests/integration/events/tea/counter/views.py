"""Pouring by HTTP."""

from django.http import HttpRequest, HttpResponse

from counter import pouring


def pour(request: HttpRequest) -> HttpResponse:
    """Pour one cup, as ``?table=1&cup=2`` says."""
    pouring.pour(int(request.GET["table"]), int(request.GET["cup"]))
    return HttpResponse("poured")
