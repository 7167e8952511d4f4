"""The endpoint, as a stock client of the Connect protocol and as a stranger would meet it."""

import json
import logging
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings
from tests.in_django.apps.stock.contract import Level, OutOfStock, Stock
from tests.in_django.apps.stock.models import Item, Note
from tests.in_django.calls.loopback import Loopback

from banyan.calls import idempotency_key
from banyan.errors import Misuse, NotExecuted, OutcomeUnknown, Status
from banyan.http import NeverSent, NoResponse, Request, Response
from banyan.observability import JsonFormatter
from banyan.resilience import deadline

stock = Stock.client()


@pytest.fixture(autouse=True)
def tea(db: None) -> Item:
    return Item.objects.create(sku="tea", quantity=3)


def post(method: str, body: object, **headers: str) -> Any:
    data = body if isinstance(body, bytes) else json.dumps(body)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Client(enforce_csrf_checks=True, raise_request_exception=False).post(
        f"/banyan/{name_of_contract()}/{method}", data, "application/json", headers=named
    )


def name_of_contract() -> str:
    from banyan.contracts import spec_of

    return spec_of(Stock).name


def failure(response: HttpResponse) -> dict[str, Any]:
    body = json.loads(response.content)
    assert response["Content-Type"] == "application/json"
    return {"status": body["code"], **body["details"][0]["debug"]}


def test_a_stock_client_s_call_is_answered() -> None:
    response = post("Take", {"sku": "tea", "quantity": "2"}, connect_protocol_version="1")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    assert json.loads(response.content) == {
        "result": {"sku": "tea", "quantity": 1, "price": "9.90"}
    }


def test_a_declared_error_is_a_typed_detail() -> None:
    response = post("Take", {"sku": "tea", "quantity": 4})
    assert response.status_code == 400
    body = json.loads(response.content)
    assert body["code"] == "failed_precondition"
    assert body["details"][0]["type"].endswith(".OutOfStock")
    assert body["details"][0]["debug"] == {"sku": "tea", "left": 3}
    assert not Note.objects.exists()


@pytest.mark.parametrize(
    "body", [b" ", b"nonsense", b"[]", b"{}", b'{"sku": 1}', b'{"sku": null}', b'\xff{"sku": "a"}']
)
def test_what_is_no_call_is_an_invalid_argument(body: bytes) -> None:
    response = post("Take", body)
    assert response.status_code == 400
    assert failure(response)["status"] == "invalid_argument"
    assert failure(response)["executed"] is False


@pytest.mark.parametrize("method", ["Missing", "take", "Note", "..", "Take/"])
def test_what_nobody_has_is_unimplemented(method: str) -> None:
    response = post(method, {})
    assert response.status_code in (404, 501)
    if response.status_code == 501:
        assert failure(response)["executed"] is False


def test_only_json_is_posted() -> None:
    url = f"/banyan/{name_of_contract()}/Level"
    assert Client().get(url).status_code == 405
    assert Client().post(url, {"sku": "tea"}).status_code == 415
    assert Client().post(url, b"{}", "application/proto").status_code == 415
    assert post("Level", {"sku": "tea"}, content_encoding="gzip").status_code == 501
    assert post("Level", {"sku": "tea"}, connect_protocol_version="2").status_code == 400


@pytest.mark.parametrize("timeout", ["", "-1", "soon", "12345678901"])
def test_a_timeout_that_is_none_is_refused(timeout: str) -> None:
    assert post("Level", {"sku": "tea"}, connect_timeout_ms=timeout).status_code == 400


def test_a_caller_s_timeout_is_kept_here_too() -> None:
    response = post("PutAndFail", {"sku": "milk", "how": "slow"}, connect_timeout_ms="50")
    assert response.status_code == 504
    assert failure(response)["status"] == "deadline_exceeded"
    assert not Item.objects.filter(sku="milk").exists()


@pytest.mark.parametrize("key", ["a b", "x" * 201, "ä"])
def test_a_key_that_is_none_is_refused(key: str) -> None:
    assert post("Put", {"sku": "tea", "quantity": 1}, idempotency_key=key).status_code == 400
    assert not Note.objects.exists()


def test_the_same_key_and_arguments_in_other_words_are_a_repeat() -> None:
    one = post("Put", b'{"sku":"tea","quantity":1}', idempotency_key="k")
    two = post("Put", b'{ "quantity": "1", "sku": "tea" }', idempotency_key="k")
    assert one.content == two.content
    assert Note.objects.count() == 1
    other = post("Put", {"sku": "tea", "quantity": 2}, idempotency_key="k")
    assert other.status_code == 400
    assert failure(other)["code"] == "banyan.call.key_reused"


def test_a_body_beyond_the_limit_is_refused_before_it_is_read(settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    assert post("Level", {"sku": "x" * 1000}).status_code == 400
    response = post("Level", {"sku": "x" * (1024 * 1024)})
    assert response.status_code == 429
    assert failure(response)["code"] == "banyan.call.too_large"
    assert failure(response)["executed"] is False


def test_a_failure_tells_nothing_of_the_service_and_its_log_everything(
    caplog: pytest.LogCaptureFixture,
) -> None:
    trace = "0af7651916cd43dd8448eb211c80319c"
    with caplog.at_level(logging.ERROR, "banyan.calls"):
        response = post("Fail", {"how": "bug"}, traceparent=f"00-{trace}-b7ad6b7169203331-01")
    assert response.status_code == 500
    told = response.content.decode()
    for word in ("secret-of-the-service", "ZeroDivision", "Traceback", "service.py"):
        assert word not in told
    assert failure(response)["traceId"] == trace
    assert trace in caplog.text
    assert "ZeroDivisionError: secret-of-the-service" in caplog.text


def test_a_secret_is_asked_for_when_there_is_one(settings: Settings) -> None:
    settings.BANYAN = {"calls": {"secret": "hunter2"}}
    for headers in ({}, {"banyan_secret": "hunter3"}, {"banyan_secret": "hünter2"}):
        response = post("Level", {"sku": "tea"}, **headers)
        assert response.status_code == 401
        assert failure(response)["executed"] is False
    assert post("Missing", {}).status_code == 401
    assert post("Level", {"sku": "tea"}, banyan_secret="hunter2").status_code == 200


def test_hops_are_recorded_at_both_ends_in_one_trace(
    remote: Loopback, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    formatted: list[str] = []

    def note(record: logging.LogRecord) -> bool:
        formatted.append(json.loads(JsonFormatter().format(record))["trace_id"])
        return True

    monkeypatch.setattr(logging.getLogger("banyan.hop"), "filters", [note])
    with caplog.at_level(logging.INFO, "banyan.hop"):
        stock.level("tea")
        with pytest.raises(OutOfStock):
            stock.level("milk")
    told = [(record.banyan_hop["kind"], record.banyan_hop["outcome"]) for record in caplog.records]  # type: ignore[attr-defined]
    assert told == [("served", "ok"), ("call", "ok"), ("served", "declared"), ("call", "declared")]
    one, two, three, four = formatted
    assert one == two != three == four


# What the caller makes of it.


def test_a_command_carries_a_key_and_a_query_none(remote: Loopback) -> None:
    stock.level("tea")
    stock.put("tea", 1)
    stock.put("tea", 1)
    with idempotency_key("mine"):
        stock.put("tea", 1)
    keys = [request.headers.get("idempotency-key") for request in remote.requests]
    assert keys[0] is None
    assert keys[1]
    assert keys[1] != keys[2]
    assert keys[3] == "mine"


def test_a_nearer_deadline_goes_along(remote: Loopback) -> None:
    stock.level("tea")
    with deadline(2):
        stock.level("tea")
    first, second = (int(request.headers["connect-timeout-ms"]) for request in remote.requests)
    assert first == 5000
    assert 1000 < second <= 2000
    assert remote.requests[1].timeout <= 2


def test_the_caller_and_the_path_go_along(remote: Loopback, settings: Settings) -> None:
    stock.level("tea")
    request = remote.requests[0]
    assert request.url == f"http://stock.test/banyan/{name_of_contract()}/Level"
    assert request.headers["banyan-caller"] == "sales"


def test_a_wrong_secret_means_not_executed(remote: Loopback, settings: Settings) -> None:
    settings.BANYAN = {"calls": {"secret": "hunter2"}}
    with pytest.raises(NotExecuted) as caught:
        stock.put("tea", 1)
    assert caught.value.status is Status.UNAUTHENTICATED
    assert "BANYAN_CALLS_SECRET" in caught.value.hint


def test_what_was_never_sent_was_not_executed(remote: Loopback) -> None:
    def refuse(_: Request) -> Request:
        raise NeverSent("connection refused")

    remote.before = refuse
    with pytest.raises(NotExecuted) as caught:
        stock.put("tea", 1)
    assert caught.value.code == "banyan.call.unreachable"
    assert caught.value.status is Status.UNAVAILABLE


def test_an_answer_that_is_lost_leaves_the_outcome_unknown_and_a_repeat_finds_it(
    remote: Loopback,
) -> None:
    def lose(_: Response) -> Response:
        raise NoResponse("broke off", timed_out=True)

    remote.after = lose
    with idempotency_key("k"), pytest.raises(OutcomeUnknown) as caught:
        stock.put("tea", 1)
    assert caught.value.status is Status.DEADLINE_EXCEEDED
    remote.after = lambda response: response
    with idempotency_key("k"):
        assert stock.put("tea", 1).quantity == 4
    assert Note.objects.count() == 1


def answering(status: int, body: bytes, **headers: str) -> Any:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda _: Response(status, body, named.get)


@pytest.mark.parametrize(
    ("status", "kind", "hint"),
    [
        (404, NotExecuted, "banyan.calls.urls"),
        (400, OutcomeUnknown, "ALLOWED_HOSTS"),
        (503, OutcomeUnknown, ""),
        (200, OutcomeUnknown, "Something else answers"),
    ],
)
def test_an_answer_of_something_else_is_told_as_such(
    remote: Loopback, status: int, kind: type[Exception], hint: str
) -> None:
    remote.after = answering(status, b"<h1>Hello</h1>", content_type="text/html")
    with pytest.raises(kind) as caught:
        stock.level("tea")
    assert hint in caught.value.hint  # type: ignore[attr-defined]


def test_a_redirect_is_told_with_the_setting_that_makes_it(remote: Loopback) -> None:
    remote.after = answering(301, b"", location="https://stock.test/", content_type="text/html")
    with pytest.raises(OutcomeUnknown) as caught:
        stock.level("tea")
    assert "SECURE_REDIRECT_EXEMPT" in caught.value.hint


@pytest.mark.parametrize(
    "body", [b"nonsense", b"{}", b'{"result": 7}', b'{"result": {"sku": "tea"}}', b"[]"]
)
def test_an_answer_that_the_contract_does_not_say_is_told(remote: Loopback, body: bytes) -> None:
    remote.after = answering(200, body, content_type="application/json")
    with pytest.raises(OutcomeUnknown) as caught:
        stock.level("tea")
    assert caught.value.code == "banyan.call.unreadable"


def test_a_declared_error_of_a_newer_contract_is_told(remote: Loopback) -> None:
    body = b'{"code":"failed_precondition","details":[{"type":"x.v1.New","debug":{}}]}'
    remote.after = answering(400, body, content_type="application/json")
    with pytest.raises(OutcomeUnknown, match=r"x\.v1\.New"):
        stock.level("tea")


def test_a_mistake_that_the_service_finds_is_a_mistake(remote: Loopback) -> None:
    with idempotency_key("k"):
        stock.put("tea", 1)
        with pytest.raises(Misuse) as caught:
            stock.put("tea", 2)
    assert caught.value.code == "banyan.call.key_reused"


def test_results_are_equal_but_not_the_same(remote: Loopback) -> None:
    assert stock.level("tea") == stock.level("tea") == Level(sku="tea", quantity=3)
    assert stock.level("tea") is not stock.level("tea")
