"""A real Envoy in front of two services and an issuer, configured as a project's would be."""

import json
import re
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey
from tests.conformance.gateway.upstreams import Upstream

from banyan.gateway import Addresses, Site, Tokens, documents, routing_table
from banyan.gateway.adapters.files import write_documents
from banyan.identity.keys import KeyRing, generate, key_id
from banyan.modules import Module, Project, Route, Service, Topology
from banyan.workbench.adapters.programs import find_programs
from banyan.workbench.adapters.sockets import choose

ISSUER = "bakery"


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Gateway:
    """A running gateway, its services, and the means to make tokens."""

    port: int
    admin: int
    folder: Path
    key: RSAKey
    services: dict[str, Upstream]
    process: subprocess.Popen[bytes]
    lines: list[str] = field(default_factory=list)

    def ask(
        self, path: str, method: str = "GET", body: bytes | None = None, **headers: str
    ) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request(
                method, path, body, {k.replace("_", "-"): v for k, v in headers.items()}
            )
            response = connection.getresponse()
            found = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, found, response.read())
        finally:
            connection.close()

    def raw(self, request: bytes) -> bytes:
        """Send bytes as they are; the whole answer to them."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=5) as connection:
            connection.sendall(request)
            got = b""
            while not _is_whole(got) and (chunk := connection.recv(65536)):
                got += chunk
            return got

    def token(self, key: RSAKey | None = None, **changes: Any) -> str:
        now = int(time.time())
        claims = {"iss": ISSUER, "aud": ISSUER, "sub": "7", "exp": now + 60, "iat": now} | changes
        header = {"alg": "RS256", "kid": key_id(self.key)}
        return jwt.encode(header, claims, key or self.key)

    def wait_until(self, status: int, path: str, **headers: str) -> Answer:
        deadline = time.monotonic() + 15
        while (answer := self.ask(path, **headers)).status != status:
            assert time.monotonic() < deadline, f"still {answer.status} {answer.body!r}"
            time.sleep(0.02)
        return answer


def project() -> Project:
    names = ("users", "ovens", "counters")
    routes = [
        Route("/", "counters"),
        Route("/api/ovens/", "ovens"),
        Route("/api/ovens/hot", "counters"),
        Route("/closed", "ovens", "required"),
        Route("/open", "ovens", "none"),
    ]
    return Project(
        "bakery",
        modules={name: Module(name, (name,)) for name in names},
        topologies={"services": Topology("services", {n: Service(n, (n,)) for n in names})},
        routes={route.prefix: route for route in routes},
    )


SITE = Site(
    issuer="users",
    admin="/admin/",
    labels={"users": ["users"], "ovens": ["ovens"], "counters": ["counters"]},
    tokens=Tokens(ISSUER, ISSUER, "banyan_token"),
)


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with run_gateway(tmp_path_factory.mktemp("gateway")) as found:
        # Its keys have come when a token is believed.
        found.wait_until(200, "/closed", authorization=f"Bearer {found.token()}")
        yield found


@contextmanager
def run_gateway(folder: Path, *, with_issuer: bool = True) -> Iterator[Gateway]:
    key = generate()
    keys = json.dumps(KeyRing(key).document())
    services = {
        "users": Upstream("users", {"/.well-known/jwks.json": lambda: keys}),
        "ovens": Upstream("ovens"),
        "counters": Upstream("counters"),
    }
    if not with_issuer:
        services["users"].stop()
    port = choose(None)
    admin = choose(None, [port])
    addresses = Addresses(
        port=port,
        admin=admin,
        services={name: f"http://127.0.0.1:{one.port}" for name, one in services.items()},
        health="/up",
    )
    topology = project().topologies["services"]
    table = routing_table(project(), topology, SITE)
    write_documents(documents(table, topology, SITE, addresses, folder), folder)
    envoy = find_programs(folder, nats=False, envoy=True).envoy
    assert envoy is not None
    process = subprocess.Popen(
        [
            envoy,
            *("--config-path", str(folder / "envoy.json"), "--disable-hot-restart"),
            *("--concurrency", "1", "--log-level", "warning"),
            *("--file-flush-interval-msec", "20", "--component-log-level", "tracing:critical"),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    found = Gateway(port, admin, folder, key, services, process)

    def read() -> None:
        assert process.stdout is not None
        for line in process.stdout:
            found.lines.append(line.decode())

    reading = threading.Thread(target=read, daemon=True)
    reading.start()
    try:
        _wait_for(port, process, found.lines)
        yield found
    finally:
        process.terminate()
        process.wait(10)
        reading.join(5)
        assert process.stdout is not None
        process.stdout.close()
        for service in services.values():
            service.stop()


def _wait_for(port: int, process: subprocess.Popen[bytes], lines: list[str]) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        assert process.poll() is None, "".join(lines)
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise AssertionError(f"Envoy does not listen: {''.join(lines)}")


def _is_whole(answer: bytes) -> bool:
    head, end, body = answer.partition(b"\r\n\r\n")
    length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
    return bool(end) and len(body) >= (int(length[1]) if length else 0)
