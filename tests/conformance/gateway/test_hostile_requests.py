"""No spelling of a request reaches what the gateway keeps from strangers."""

import re
from urllib.parse import unquote

import pytest
from tests.conformance.gateway.conftest import Gateway

# What a service is asked for, once a WSGI server has decoded it.
INTERNAL = re.compile(r"^/+banyan(/|$)")

SPELLINGS = [
    "/banyan/",
    "/banyan",
    "/banyan/live",
    "/banyan/shop.orders.v1.Orders/Place",
    "//banyan/live",
    "///banyan//live",
    "/./banyan/live",
    "/x/../banyan/live",
    "/api/ovens/../../banyan/live",
    "/api/ovens/..%2f..%2fbanyan/live",
    "/api/ovens/%2e%2e/%2e%2e/banyan/live",
    "/api/ovens/%2E%2e/.%2E/banyan/live",
    "/%2e/banyan/live",
    "/%2fbanyan/live",
    "/%2Fbanyan%2Flive",
    "/banyan%2flive",
    "/%62anyan/live",
    "/%62%61%6e%79%61%6E/live",
    "/b%61nyan/live",
    "/banyan%2Flive",
    "/banyan%5clive",
    "/banyan\\live",
    "\\banyan\\live",
    "/..\\banyan/live",
    "/%5cbanyan/live",
    "/banyan;x=1/live",
    "/banyan/;x/live",
    "/banyan/live?x=/api/ovens/",
    "/banyan/live#/api/ovens/",
    "/banyan/%00live",
    "/%00/banyan/live",
    "/banyan%00/live",
    "/\tbanyan/live",
    "/api/ovens/..;/..;/banyan/live",
    "/%2562anyan/live",
    "/%c0%afbanyan/live",
    "/%e0%80%afbanyan/live",
    "/ovens/..%252f..%252fbanyan/live",
]


@pytest.mark.parametrize("path", SPELLINGS)
@pytest.mark.parametrize("form", ["origin", "absolute"])
def test_no_spelling_reaches_the_internal_pages(gateway: Gateway, path: str, form: str) -> None:
    for service in gateway.services.values():
        service.seen.clear()
    target = path if form == "origin" else f"http://127.0.0.1:{gateway.port}{path}"

    answer = gateway.raw(
        f"GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode()
    )

    assert answer.startswith(b"HTTP/1.1 ")
    reached = [seen for service in gateway.services.values() for seen in service.seen]
    assert not [seen for seen in reached if INTERNAL.match(unquote(seen.partition("?")[0]))], (
        reached
    )


def test_the_internal_pages_are_there_for_who_is_behind_the_gateway(gateway: Gateway) -> None:
    # Otherwise the test above could never fail.
    assert INTERNAL.match("/banyan/live")
    assert gateway.ask("/banyan/live").status == 404
    assert gateway.ask("/banyan-tree").status == 200


@pytest.mark.parametrize(
    "name",
    ["x-user-id", "X-User-Id", "banyan-secret", "Banyan-Caller", "x-envoy-retry-on", "x_user_id"],
)
def test_nobody_can_say_what_only_the_gateway_and_services_say(gateway: Gateway, name: str) -> None:
    answer = gateway.raw(
        f"GET /open/x HTTP/1.1\r\nHost: localhost\r\n{name}: admin\r\n"
        "Connection: close\r\n\r\n".encode()
    )

    assert b"200 OK" in answer
    assert b"admin" not in answer


def test_a_header_too_large_is_refused(gateway: Gateway) -> None:
    assert gateway.ask("/", cookie="a" * 40_000).status == 431


def test_too_many_headers_are_refused(gateway: Gateway) -> None:
    headers = {f"x-h-{number}": "1" for number in range(150)}
    assert gateway.ask("/", **headers).status == 431


def test_a_body_too_large_is_refused_with_a_clear_answer(gateway: Gateway) -> None:
    answer = gateway.ask("/api/ovens/", "POST", b"x" * (33 * 1024 * 1024))

    assert answer.status == 413
    assert answer.json["code"] == "resource_exhausted"


def test_an_upload_within_the_limit_passes(gateway: Gateway) -> None:
    assert gateway.ask("/api/ovens/", "POST", b"x" * 5_000_000).json["size"] == 5_000_000


def test_a_request_with_two_lengths_is_refused(gateway: Gateway) -> None:
    answer = gateway.raw(
        b"POST /api/ovens/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"
    )

    assert answer.startswith(b"HTTP/1.1 400")


def test_the_administration_listens_on_this_machine_only(gateway: Gateway) -> None:
    text = (gateway.folder / "envoy.json").read_text()

    assert '"127.0.0.1"' in text
    assert "0.0.0.0" not in text  # noqa: S104
