"""Reads the body of a call, also where Django itself does not: sent in chunks, under WSGI."""

from typing import Any

from django.http import HttpRequest

from banyan.errors import NotExecuted, Status


def read_body(request: HttpRequest, most: int) -> bytes:
    """The body; of a longer one, the first ``most + 1`` bytes.

    It is not ``request.body``, whose limit is the project's own and raises another error.

    Raises:
        NotExecuted: the body is sent in chunks, and the server does not hand them on.
    """
    source = _source(request)
    parts: list[bytes] = []
    left = most + 1
    while left and (part := source.read(left)):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def _source(request: HttpRequest) -> Any:
    sent_in_chunks = "HTTP_TRANSFER_ENCODING" in request.META
    if "wsgi.input" not in request.META or not sent_in_chunks:
        return request
    # Under WSGI Django takes a body without a Content-Length to be empty. Servers that put the
    # chunks together say so by this key; from others nobody knows where the body ends.
    if request.META.get("wsgi.input_terminated"):
        return request.META["wsgi.input"]
    raise NotExecuted(
        "The call was sent in chunks, which this server does not put together.",
        status=Status.INVALID_ARGUMENT,
        hint="Send a Content-Length, or run the service under Granian, Gunicorn or ASGI.",
    )
