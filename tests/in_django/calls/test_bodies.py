"""The body of a call is read however it was sent, or it is said why not."""

import io

import pytest
from django.test import RequestFactory

from banyan.calls.bodies import read_body
from banyan.errors import NotExecuted, Status


class OneByteAtATime(io.BytesIO):
    """A stream that gives less than what is asked for, as a socket may."""

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(min(size or 0, 1))


def chunked(stream: io.BytesIO, *, terminated: bool) -> dict[str, object]:
    return {
        "HTTP_TRANSFER_ENCODING": "chunked",
        "CONTENT_LENGTH": "",
        "wsgi.input": stream,
        "wsgi.input_terminated": terminated,
    }


def test_a_body_is_read_to_one_byte_more_than_its_limit() -> None:
    request = RequestFactory().post("/x", b"12345", content_type="application/json")
    assert read_body(request, 10) == b"12345"

    request = RequestFactory().post("/x", b"12345", content_type="application/json")
    assert read_body(request, 2) == b"123"


def test_a_body_in_chunks_is_read_where_the_server_puts_them_together() -> None:
    stream = OneByteAtATime(b"12345")
    request = RequestFactory().post("/x", **chunked(stream, terminated=True))

    assert read_body(request, 10) == b"12345"


def test_a_body_in_chunks_is_refused_where_nobody_knows_its_end() -> None:
    request = RequestFactory().post("/x", **chunked(io.BytesIO(b"12345"), terminated=False))

    with pytest.raises(NotExecuted, match="sent in chunks") as refused:
        read_body(request, 10)
    assert refused.value.status is Status.INVALID_ARGUMENT
