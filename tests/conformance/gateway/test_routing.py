"""Requests go where the table says, and only with the tokens that it asks for."""

import json
import re
import subprocess
import time
from pathlib import Path

import pytest
from tests.conformance.gateway.conftest import SITE, Gateway, project, run_gateway

from banyan.gateway import Addresses, documents, routing_table
from banyan.gateway.adapters.files import write_documents
from banyan.identity.keys import generate
from banyan.modules import Route
from banyan.workbench.adapters.programs import find_programs


@pytest.mark.parametrize(
    ("path", "service"),
    [
        ("/", "counters"),
        ("/anything/at/all", "counters"),
        ("/api/ovens", "ovens"),
        ("/api/ovens/", "ovens"),
        ("/api/ovens/3/", "ovens"),
        ("/api/ovensandmore", "counters"),
        ("/api/ovens/hot/1", "counters"),
        ("/admin/", "users"),
        ("/admin/login/", "users"),
        ("/admin/ovens/bread/", "ovens"),
        ("/admin/autocomplete/?app_label=ovens&term=r", "ovens"),
        ("/admin/autocomplete/?app_label=users&term=r", "users"),
    ],
)
def test_the_most_particular_route_wins(gateway: Gateway, path: str, service: str) -> None:
    assert gateway.ask(path).json["service"] == service


def test_the_issuers_keys_are_published(gateway: Gateway) -> None:
    assert gateway.ask("/.well-known/jwks.json").json["keys"]


def test_a_service_sees_the_host_that_the_client_asked_for(gateway: Gateway) -> None:
    assert gateway.ask("/", host="shop.test").json["headers"]["host"] == "shop.test"


def test_each_request_has_a_trace_and_an_id(gateway: Gateway) -> None:
    headers = gateway.ask("/").json["headers"]

    assert len(headers["traceparent"].split("-")[1]) == 32
    assert headers["x-request-id"]


def test_a_trace_that_the_client_began_goes_on(gateway: Gateway) -> None:
    trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    headers = gateway.ask("/", traceparent=f"00-{trace}-00f067aa0ba902b7-01").json["headers"]

    assert headers["traceparent"].split("-")[1] == trace


def test_a_valid_token_names_its_user_to_the_service(gateway: Gateway) -> None:
    bearer = gateway.ask("/closed", authorization=f"Bearer {gateway.token()}")
    cookie = gateway.ask("/closed", cookie=f"banyan_token={gateway.token(sub='9')}")

    assert bearer.json["headers"]["x-user-id"] == "7"
    assert cookie.json["headers"]["x-user-id"] == "9"
    assert "banyan_token" in cookie.json["headers"]["cookie"]


def test_a_route_that_requires_a_token_answers_401_without_one(gateway: Gateway) -> None:
    answer = gateway.ask("/closed")

    assert answer.status == 401
    assert answer.json["code"] == "unauthenticated"
    assert answer.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize("path", ["/closed", "/"])
@pytest.mark.parametrize("kind", ["expired", "other issuer", "other audience", "forged", "rubbish"])
def test_a_bad_token_in_a_header_is_refused(gateway: Gateway, path: str, kind: str) -> None:
    tokens = {
        "expired": lambda: gateway.token(exp=int(time.time()) - 300),
        "other issuer": lambda: gateway.token(iss="mallory"),
        "other audience": lambda: gateway.token(aud="mallory"),
        "forged": lambda: gateway.token(key=generate()),
        "rubbish": lambda: "a.b.c",
    }

    answer = gateway.ask(path, authorization=f"Bearer {tokens[kind]()}")

    assert answer.status == (403 if kind == "other audience" else 401)
    assert answer.json["code"] in ("unauthenticated", "permission_denied")


def test_an_old_cookie_does_not_lock_a_browser_out(gateway: Gateway) -> None:
    old = gateway.token(exp=int(time.time()) - 300)

    answer = gateway.ask("/", cookie=f"banyan_token={old}")

    assert answer.status == 200
    assert "x-user-id" not in answer.json["headers"]
    assert gateway.ask("/closed", cookie=f"banyan_token={old}").status == 401


def test_a_route_without_tokens_does_not_look_at_them(gateway: Gateway) -> None:
    assert gateway.ask("/open", authorization="Bearer a.b.c").status == 200


def test_a_service_that_is_down_is_said_in_json_and_in_a_page(gateway: Gateway) -> None:
    gateway.services["ovens"].stop()
    try:
        answer = gateway.wait_until(503, "/api/ovens/")
        page = gateway.ask("/api/ovens/", accept="text/html,*/*")
        assert gateway.ask("/").status == 200
    finally:
        gateway.services["ovens"].start()
    assert answer.json["code"] == "unavailable"
    assert answer.headers["retry-after"] == "2"
    assert re.fullmatch("[0-9a-f-]{36}", answer.json["request_id"])
    assert page.headers["content-type"].startswith("text/html")
    assert b"not available right now" in page.body
    gateway.wait_until(200, "/api/ovens/")


def test_nothing_of_a_request_stands_in_the_gateways_own_page(gateway: Gateway) -> None:
    page = gateway.ask("/closed?<script>", accept="text/html", x_request_id="<script>alert(1)")

    assert page.status == 401
    assert b"<script>" not in page.body


def test_a_token_that_cannot_be_judged_is_no_fault_of_the_client(tmp_path: Path) -> None:
    with run_gateway(tmp_path, with_issuer=False) as gateway:
        answer = gateway.wait_until(503, "/", authorization=f"Bearer {gateway.token()}")
        browser = gateway.ask("/", cookie=f"banyan_token={gateway.token()}")
        stranger = gateway.ask("/")

        gateway.services["users"].start()
        gateway.wait_until(200, "/closed", authorization=f"Bearer {gateway.token()}")

    assert answer.json["message"] == "Tokens cannot be verified right now."
    assert (browser.status, stranger.status) == (200, 200)


def test_routes_change_while_requests_go_on(gateway: Gateway) -> None:
    before = project()
    topology = before.topologies["services"]
    addresses = Addresses(
        port=gateway.port,
        admin=gateway.admin,
        services={n: f"http://127.0.0.1:{s.port}" for n, s in gateway.services.items()},
        health="/up",
    )
    changed = project()
    changed = type(changed)(
        changed.name,
        modules=changed.modules,
        topologies=changed.topologies,
        routes={**changed.routes, "/new": Route("/new", "ovens")},
    )
    assert gateway.ask("/new").json["service"] == "counters"

    for wanted, routes in (("ovens", changed), ("counters", before)):
        table = routing_table(routes, topology, SITE)
        write_documents(documents(table, topology, SITE, addresses, gateway.folder), gateway.folder)
        deadline = time.monotonic() + 10
        while (answer := gateway.ask("/new")).json["service"] != wanted:
            assert time.monotonic() < deadline
        assert answer.status == 200


def test_the_access_log_tells_each_hop_and_no_query(gateway: Gateway) -> None:
    trace = "5cf92f3577b34da6a3ce929d0e0e4736"
    gateway.ask("/api/ovens/1?secret=1", traceparent=f"00-{trace}-00f067aa0ba902b7-01")

    deadline = time.monotonic() + 5
    while not (found := [line for line in gateway.lines if trace in line]):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    line = json.loads(found[0])
    assert (line["kind"], line["to"], line["status"]) == ("gateway", "ovens", 200)
    assert line["path"] == "/api/ovens/1"
    assert isinstance(line["milliseconds"], int)
    assert "secret" not in found[0]


def test_envoy_finds_the_bootstrap_valid(gateway: Gateway) -> None:
    envoy = find_programs(gateway.folder, nats=False, envoy=True).envoy
    assert envoy is not None
    done = subprocess.run(
        [envoy, "--mode", "validate", "--config-path", str(gateway.folder / "envoy.json")],
        capture_output=True,
        check=False,
        timeout=60,
    )

    assert done.returncode == 0, done.stderr.decode()
