"""The log reads well on a terminal."""

import io
import json

from rich.console import Console

from banyan.cli.display import TextDisplay
from banyan.workbench.log import Log


def shown(part: str, text: str) -> str:
    out = io.StringIO()
    log = Log()
    log.listen(TextDisplay(Console(file=out, width=200)).line)
    log.write(part, text)
    return out.getvalue()


def test_the_gateways_hop_is_a_sentence() -> None:
    hop = {
        "time": "2026-11-24T00:43:26.217Z",
        "kind": "gateway",
        "name": "GET /",
        "path": "/cart/",
        "status": 503,
        "milliseconds": 14,
        "to": "web",
        "trace_id": "4a6b",
    }
    assert "gateway GET /cart/ → web 503  14.0 ms" in shown("gateway", json.dumps(hop))


def test_the_brokers_banner_stays_in_its_file_and_its_warnings_do_not() -> None:
    assert shown("nats", "[8981] [INF]  | |  | |") == ""
    assert "no space left" in shown("nats", "[8981] [ERR] no space left")
