"""Errors over the wire, as the Connect protocol writes them."""

import json

import pytest

from banyan.calls.wire import (
    HTTP_STATUS,
    Failure,
    decode_failure,
    encode_failure,
    read_timeout,
    timeout_header,
)
from banyan.errors import Status


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("executed", [True, False])
def test_a_failure_comes_back_as_it_was_sent(status: Status, executed: bool) -> None:
    sent = Failure(status, "no", executed, "banyan.call.x", "try again", "abc")
    assert decode_failure(HTTP_STATUS[status], "application/json", encode_failure(sent)) == sent


def test_a_declared_error_comes_back_with_its_name_and_fields() -> None:
    sent = Failure(Status.FAILED_PRECONDITION, "x", error="shop.v1.Out", fields=b'{"sku":"tea"}')
    got = decode_failure(400, "application/json; charset=utf-8", encode_failure(sent))
    assert got == sent


def test_the_json_is_what_other_clients_of_the_protocol_expect() -> None:
    failure = Failure(Status.UNAVAILABLE, "away", executed=False, code="banyan.call.unreachable")
    body = json.loads(encode_failure(failure))
    assert body["code"] == "unavailable"
    assert body["message"] == "away"
    (detail,) = body["details"]
    assert detail["type"] == "banyan.v1.CallFailure"
    assert detail["value"] == ""
    assert detail["debug"]["executed"] is False


@pytest.mark.parametrize(
    ("http_status", "status", "executed"),
    [
        (401, Status.UNAUTHENTICATED, False),
        (403, Status.PERMISSION_DENIED, False),
        (404, Status.UNIMPLEMENTED, False),
        (429, Status.UNAVAILABLE, True),
        (502, Status.UNAVAILABLE, True),
        (503, Status.UNAVAILABLE, True),
        (504, Status.UNAVAILABLE, True),
        (400, Status.INTERNAL, True),
        (500, Status.UNKNOWN, True),
        (418, Status.UNKNOWN, True),
    ],
)
@pytest.mark.parametrize(
    ("content_type", "body"),
    [("text/html", b"<h1>no</h1>"), ("application/json", b"[1]"), (None, b""),
     ("application/json", b"{broken")],
)  # fmt: skip
def test_an_answer_of_a_proxy_is_read_by_its_http_status(
    http_status: int, status: Status, executed: bool, content_type: str | None, body: bytes
) -> None:
    failure = decode_failure(http_status, content_type, body)
    assert (failure.status, failure.executed) == (status, executed)


def test_a_foreign_server_s_error_is_read_by_its_code() -> None:
    body = b'{"code": "unimplemented", "message": "no such method"}'
    failure = decode_failure(501, "application/json", body)
    assert failure == Failure(Status.UNIMPLEMENTED, "no such method", executed=False)


def test_an_unknown_code_is_unknown() -> None:
    failure = decode_failure(500, "application/json", b'{"code": "strange"}')
    assert (failure.status, failure.executed) == (Status.UNKNOWN, True)


@pytest.mark.parametrize("debug", [b'"text"', b"[1]", b"null", b'{"executed": "perhaps"}'])
def test_a_malformed_detail_counts_as_none(debug: bytes) -> None:
    body = b'{"code":"internal","details":[{"type":"banyan.v1.CallFailure","debug":%s}]}' % debug
    assert decode_failure(500, "application/json", body).executed


@pytest.mark.parametrize(
    ("seconds", "header"),
    [(5.0, "5000"), (0.0004, "1"), (-1.0, "1"), (1.2345, "1234"), (1e12, "9999999999")],
)
def test_a_timeout_is_whole_milliseconds(seconds: float, header: str) -> None:
    assert timeout_header(seconds) == header


def test_a_timeout_is_read_back() -> None:
    assert read_timeout("1500") == 1.5
    assert read_timeout(None) is None


@pytest.mark.parametrize("header", ["", "1.5", "-1", "12345678901", "1e3", " 1", "１"])  # noqa: RUF001
def test_a_timeout_that_is_none_is_refused(header: str) -> None:
    with pytest.raises(ValueError, match="digits"):
        read_timeout(header)
