"""A stock Connect client in JavaScript calls a Banyan service: results, errors, deadlines."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
from tests.in_django.apps.stock.contract import Stock
from tests.stranger import descriptors_of

from banyan.contracts import spec_of

FOLDER = Path(__file__).with_name("connect_node")
ROOT = FOLDER.parents[2]
SERVICE = spec_of(Stock).name
PACKAGE = SERVICE.rpartition(".")[0]
LEVEL = f"{PACKAGE}.Level"
SERVER = "tests.conformance.connect_node.server"
PYTHON = [sys.executable, "-W", "ignore"]  # the server's own warnings are not the matter here

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def client() -> Path:
    """The client's folder, with the packages that its lock file names."""
    wanted = (FOLDER / "package-lock.json").read_text()
    installed = FOLDER / "node_modules" / ".installed"
    if not installed.exists() or installed.read_text() != wanted:
        npm = shutil.which("npm") if shutil.which("node") else None
        if npm is None:
            _do_without("there is no node and npm")
        install = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        done = subprocess.run(install, cwd=FOLDER, capture_output=True, text=True, check=False)
        if done.returncode:
            _do_without(f"npm could not install the client: {done.stderr}")
        installed.write_text(wanted)
    return FOLDER


def _do_without(reason: str) -> NoReturn:
    if "CI" in os.environ:
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(params=["wsgi", "asgi"])
def service(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of the running service."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.conformance.connect_node.settings",
        "CONNECT_NODE_DATABASE": str(tmp_path / "stock.sqlite3"),
        "PYTHONPATH": str(ROOT),
    }
    migrate = [*PYTHON, "-m", "django", "migrate", "--verbosity=0"]
    subprocess.run(migrate, env=environment, check=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [*PYTHON, "-m", "granian", f"--interface={request.param}", f"--port={port}"]
    command += [
        "--no-ws",
        "--log-level=error",
        f"tests.conformance.connect_node.server:{request.param}",
    ]
    server = subprocess.Popen(command, env=environment, cwd=ROOT)
    try:
        _wait_until_live(f"http://127.0.0.1:{port}/banyan/live", server)
        yield f"http://127.0.0.1:{port}/banyan"
    finally:
        server.terminate()
        server.wait(20)


def _wait_until_live(url: str, server: "subprocess.Popen[bytes]") -> None:
    last = time.monotonic() + 30
    while server.poll() is None and time.monotonic() < last:
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310 - our own address
                return
        except OSError:
            time.sleep(0.05)
    pytest.fail(f"the server did not answer at {url}; its exit status is {server.poll()}")


@pytest.fixture
def outcomes(client: Path, service: str, tmp_path: Path) -> dict[str, Any]:
    """What came of each call of the client's program, by its name there."""
    descriptors = tmp_path / "stock.binpb"
    descriptors.write_bytes(descriptors_of(Stock))
    command = ["node", "calls.mjs", service, str(descriptors), SERVICE]
    done = subprocess.run(
        command, cwd=client, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    read: dict[str, Any] = json.loads(done.stdout)
    return read


def test_a_stock_client_is_understood_and_understands(outcomes: dict[str, Any]) -> None:
    tea = {"$typeName": LEVEL, "sku": "tea", "quantity": "3n", "price": "9.90"}
    sand = {"$typeName": LEVEL, "sku": "sand", "quantity": f"{2**40}n", "price": "9.90"}

    results = {name: outcome["result"] for name, outcome in outcomes.items() if "result" in outcome}

    assert results == {
        "put": tea,
        "level": tea,
        "large": sand,
        "levels": [sand, tea],
        "empty": [],
    }
    assert outcomes["nothing"] == {}

    declared = outcomes["declared"]
    assert declared["code"] == "FailedPrecondition"
    assert declared["details"] == [
        {"type": f"{PACKAGE}.OutOfStock", "debug": {"sku": "tea", "left": 3}}
    ]

    missing = outcomes["missing"]
    assert (missing["code"], missing["message"]) == ("InvalidArgument", "quantity: is required")
    assert missing["details"][0]["debug"]["executed"] is False

    bug = outcomes["bug"]
    assert bug["code"] == "Internal"
    assert "secret" not in json.dumps(bug)

    # Refused before the body is looked at, and yet read by the client.
    assert outcomes["joins"]["code"] == "Unimplemented"

    assert outcomes["deadline"]["code"] == "DeadlineExceeded"
    assert outcomes["deadline"]["milliseconds"] < 300, "the service takes so long"
    assert outcomes["told"]["code"] == "DeadlineExceeded"
    assert outcomes["told"]["details"][0]["debug"]["executed"] is False
