"""The hops among the lines of a log are told from other lines."""

import json

import pytest

from banyan.workbench.log import Log

OURS = {
    "time": "2026-11-24T00:43:26.216Z",
    "kind": "request",
    "name": "GET /cart/",
    "milliseconds": 12.5,
    "outcome": "ok",
    "service": "web",
    "trace_id": "4a6b",
}
GATEWAY = {
    "time": "2026-11-24T00:43:26.217Z",
    "kind": "gateway",
    "name": "GET /",
    "path": "/cart/",
    "status": 200,
    "milliseconds": 14,
    "to": "web",
    "trace_id": "4a6b",
}


def test_hops_are_found_by_their_trace_wherever_they_were_written() -> None:
    log = Log()
    log.write("web.web", json.dumps(OURS))
    log.write("web.web", "Not Found: /cart/")
    log.write("web.web", json.dumps({"kind": "request"}))
    log.write("gateway", json.dumps(GATEWAY))
    log.write("gateway", json.dumps(GATEWAY | {"trace_id": "another"}))

    assert [(hop.service, hop.kind, hop.milliseconds) for hop in log.hops("4a6b")] == [
        ("web", "request", 12.5),
        ("gateway", "gateway", 14.0),
    ]


@pytest.mark.parametrize(
    ("status", "outcome"), [(200, "ok"), (302, "ok"), (404, "404"), (503, "503"), (0, "no answer")]
)
def test_the_gateways_outcome_is_its_status(status: int, outcome: str) -> None:
    log = Log()
    log.write("gateway", json.dumps(GATEWAY | {"status": status}))

    assert [hop.outcome for hop in log.hops()] == [outcome]
