"""One record per hop, readable by people and by machines."""

import json
import logging

import pytest

from banyan.observability import JsonFormatter, hop, new_trace, trace


def test_a_hop_is_one_json_line_with_its_service_and_trace(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BANYAN_SERVICE", "orders")
    with caplog.at_level(logging.INFO, "banyan.hop"), trace(new_trace()) as current:
        hop("call", "shop.payments.v1.Payments/Charge", 0.0123456, "ok", service_called="payments")
        line = json.loads(JsonFormatter().format(caplog.records[0]))
    assert line["service"] == "orders"
    assert line["trace_id"] == current.trace_id
    assert line["span_id"] == current.span_id
    assert (line["kind"], line["name"]) == ("call", "shop.payments.v1.Payments/Charge")
    assert (line["milliseconds"], line["outcome"]) == (12.346, "ok")
    assert line["service_called"] == "payments"


def test_a_hop_reads_well_without_the_json(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "banyan.hop"):
        hop("request", "GET /orders/", 0.5, "503")
    assert caplog.messages == ["request GET /orders/: 503 in 500.0 ms"]


def test_nothing_is_recorded_when_nobody_listens(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "banyan.hop"):
        hop("request", "GET /", 0.5, "ok")
    assert caplog.records == []


def test_other_records_keep_their_message_and_their_exception() -> None:
    try:
        raise ValueError("broken")
    except ValueError as error:
        record = logging.LogRecord(
            "shop", logging.ERROR, "", 0, "no %s", ("stock",), (ValueError, error, None)
        )
    line = json.loads(JsonFormatter().format(record))
    assert line["message"] == "no stock"
    assert "ValueError: broken" in line["exception"]
