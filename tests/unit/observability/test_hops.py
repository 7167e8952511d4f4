"""One record per hop, readable by people and by machines."""

import json
import logging
from collections.abc import Iterator
from io import StringIO

import pytest

from banyan import conf
from banyan.observability import JsonFormatter, hop, new_trace, report_hops, trace


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


@pytest.fixture
def hop_logger() -> Iterator[logging.Logger]:
    logger = logging.getLogger("banyan.hop")
    before = (logger.handlers[:], logger.level, logger.propagate, logger.disabled)
    yield logger
    logger.handlers, level, logger.propagate, logger.disabled = before
    logger.setLevel(level)
    conf.reload()


def test_hops_are_written_as_lines_of_json_when_the_settings_ask_for_it(
    hop_logger: logging.Logger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BANYAN_OBSERVABILITY_HOPS", "stderr")
    conf.reload()
    written = StringIO()
    hop_logger.disabled = True  # as a project's LOGGING leaves loggers that it does not name

    report_hops(written)
    report_hops(written)
    hop("call", "Orders/Place", 0.25, "ok")

    line = json.loads(written.getvalue())
    assert (line["kind"], line["name"], line["milliseconds"]) == ("call", "Orders/Place", 250.0)


def test_hops_go_nowhere_of_their_own_by_default(
    hop_logger: logging.Logger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BANYAN_OBSERVABILITY_HOPS", raising=False)
    conf.reload()

    report_hops()

    assert hop_logger.handlers == []
