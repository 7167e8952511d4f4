"""A network in one process: calls go through the whole protocol and back into the endpoint."""

from collections.abc import Callable
from pathlib import Path

from asgiref.sync import sync_to_async
from django.test import Client

from banyan import modules
from banyan.http import Request, Response
from banyan.modules import Module, Project, Residency, Service, Topology

STOCK, SALES = "tests.in_django.apps.stock", "tests.in_django.apps.sales"

PROJECT = Project(
    name="tests",
    file=Path("banyan.toml"),
    modules={
        "stock": Module("stock", (STOCK,)),
        "sales": Module("sales", (SALES,), calls=("stock",)),
    },
    topologies={
        "services": Topology(
            "services",
            {
                "stock": Service("stock", ("stock",), url="http://stock.test"),
                "sales": Service("sales", ("sales",), url="http://sales.test"),
            },
        )
    },
)


def residency(service: str | None) -> Residency:
    """The place of a process in the tests' topology; None for the monolith."""
    if service is None:
        return Residency(PROJECT)
    return Residency(PROJECT, PROJECT.topologies["services"], service)


class Loopback:
    """An HTTP client that hands requests to this process's URLconf, as the service asked.

    Attributes:
        requests: what was sent.
        before: may change a request on its way, or fail it.
        after: may change an answer on its way, or lose it.
    """

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.before: Callable[[Request], Request] = lambda request: request
        self.after: Callable[[Response], Response] = lambda response: response

    def send(self, request: Request) -> Response:
        """Send a request and read its whole response."""
        request = self.before(request)
        self.requests.append(request)
        host, _, path = request.url.removeprefix("http://").partition("/")
        headers = dict(request.headers)
        content_type = headers.pop("content-type")
        with modules.override(residency(host.removesuffix(".test"))):
            got = Client().generic(
                request.method, f"/{path}", request.body, content_type, headers=headers
            )
        return self.after(Response(got.status_code, got.content, got.headers.get))

    async def asend(self, request: Request) -> Response:
        """The same, without blocking the event loop."""
        return await sync_to_async(self.send)(request)
