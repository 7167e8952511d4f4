"""The endpoint, and a page that sells by calling stock, wherever that runs."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from tests.in_django.apps.sales.contract import Sales
from tests.in_django.apps.stock.contract import Stock

from banyan.calls import acall


def sell(request: HttpRequest, sku: str) -> HttpResponse:
    """Sell one."""
    return HttpResponse(str(Sales.client().take_then_record(sku).id))


async def look(request: HttpRequest, sku: str) -> HttpResponse:
    """Look what there is, without blocking."""
    return HttpResponse(str((await acall(Stock.client().level, sku)).quantity))


urlpatterns = [
    path("sell/<str:sku>", sell),
    path("look/<str:sku>", look),
    path("banyan/", include("banyan.calls.urls")),
]
