"""Django middleware that answers 404 for the URLs of modules that live elsewhere."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from banyan import modules
from banyan.data.views import View, module_of_view

GetResponse = Callable[[HttpRequest], HttpResponseBase | Awaitable[HttpResponseBase]]


class ResidencyMiddleware:
    """To stand first: what is not resident needs no session, no user, no token."""

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: GetResponse) -> None:
        self._get_response = get_response
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)
            # Django would give a plain one a thread, for each request.
            self.process_view: Callable[..., Any] = self._aprocess_view
        else:
            self.process_view = self._process_view

    def __call__(self, request: HttpRequest) -> HttpResponseBase | Awaitable[HttpResponseBase]:
        return self._get_response(request)

    def _process_view(
        self, request: HttpRequest, view: View, _args: Sequence[Any], _kwargs: Mapping[str, Any]
    ) -> None:
        """Let the view run only where its module is resident."""
        residency = modules.current()
        if residency.service is None:
            return
        module = module_of_view(view, getattr(request, "urlconf", None), residency)
        if module is None or residency.is_resident(module):
            return
        home = residency.service_of(module)
        place = f"lives in service {home.name!r}" if home else "is run by no service"
        raise Http404(
            f"Module {module!r} is not resident in service {residency.service!r}; it {place}."
        )

    async def _aprocess_view(
        self, request: HttpRequest, view: View, args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> None:
        self._process_view(request, view, args, kwargs)
