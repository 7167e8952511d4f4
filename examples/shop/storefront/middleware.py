"""How long a page waits for the others, and what it says when they don't answer."""

import os
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from banyan.errors import CallError
from banyan.resilience import deadline

# A slow machine may have more.
SECONDS_PER_PAGE = float(os.environ.get("SHOP_SECONDS_PER_PAGE", "8"))


class PatienceMiddleware:
    """Everything that a page asks of others has to be answered within one deadline."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with deadline(SECONDS_PER_PAGE):
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A page that cannot do without somebody who is down says so, and asks for patience."""
        if not isinstance(error, CallError) or request.path.startswith(("/api/", "/admin/")):
            return None
        response = render(request, "storefront/unavailable.html", status=503)
        response["Retry-After"] = "5"
        return response
