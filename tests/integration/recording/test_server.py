"""A server is recorded as tests are: each of its processes, until it is stopped."""

import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

from tests.integration.recording.depot import OWN_ENVIRONMENT, copy_of_the_depot

from banyan.survey.recording import decode, observe


def test_what_the_workers_of_a_server_did_is_kept_when_it_is_stopped(tmp_path: Path) -> None:
    depot = copy_of_the_depot(tmp_path)
    environment = OWN_ENVIRONMENT | {
        "DEPOT_DATABASE": str(tmp_path / "depot.sqlite3"),
        "DJANGO_SETTINGS_MODULE": "depot.settings",
    }
    migrate = [sys.executable, "manage.py", "migrate", "-v0"]
    subprocess.run(migrate, cwd=depot, env=environment, check=True)
    serve = [
        *(sys.executable, "-m", "banyan.cli", "record", "-o", "../seen.json", "--"),
        *(sys.executable, "-m", "gunicorn", "--workers", "2", "--bind", "127.0.0.1:0"),
        "django.core.wsgi:get_wsgi_application()",
    ]
    with subprocess.Popen(
        serve, cwd=depot, env=environment, stderr=subprocess.PIPE, text=True
    ) as server:
        assert server.stderr
        address = next(
            match[0]
            for line in server.stderr
            if (match := re.search(r"http://127\.0\.0\.1:\d+", line))
        )
        with urllib.request.urlopen(f"{address}/buyers/", timeout=60) as answer:  # noqa: S310
            assert answer.read() == b'{"people": 0}'
        server.send_signal(signal.SIGTERM)
        assert "banyan: " in server.stderr.read()
        assert server.wait(60) == 0
    told = observe(decode((tmp_path / "seen.json").read_bytes()))
    assert {(one.place.function, one.verb, one.of.table) for one in told.accesses} == {
        ("buyers", "SELECT", "staff"),
        ("names_of_buyers", "SELECT", "sales_sale"),
        ("names_of_buyers", "SELECT", "staff"),
    }
