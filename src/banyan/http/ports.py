"""What the layers above need of an HTTP client."""

from typing import Protocol

from banyan.http.messages import Request, Response


class HttpClient(Protocol):
    """Sends requests over connections it keeps; safe for threads, event loops and forks.

    It follows no redirects and repeats nothing that the server may have seen.
    """

    def send(self, request: Request) -> Response:
        """Send a request and read its whole response.

        Raises:
            NeverSent: the server cannot have seen the request.
            NoResponse: it may have, and no whole response came.
        """
        ...

    async def asend(self, request: Request) -> Response:
        """The same, without blocking the event loop, whichever loop it is."""
        ...
