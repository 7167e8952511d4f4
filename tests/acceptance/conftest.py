"""The shop, started once for all tests: as one process, and as services, on two databases."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import requests
from tests.servers import postgresql

from banyan import modules, workbench

PROJECT = Path(__file__).parents[2] / "examples" / "shop" / "banyan.toml"

AT_EVERY_SERVICE = (
    "/login/",
    "/api/users/me/",
    "/api/orders/products/",
    "/api/payments/",
    "/api/shipping/",
)


@dataclass(frozen=True)
class Shop:
    """A running shop.

    Attributes:
        name: of this way to run it, for pictures.
    """

    name: str
    topology: str
    system: workbench.System

    @property
    def url(self) -> str:
        return self.system.url

    @contextmanager
    def without(self, part: str) -> Iterator[None]:
        """While a service, or one single part, is down; back and ready afterwards."""
        parts = self.system.processes
        if part in parts:
            parts[part].stop()
        else:
            self.system.stop_service(part, kill=True)
        try:
            yield
        finally:
            if part in parts:
                parts[part].start()
            else:
                self.system.start_service(part)
            self._wait_for_gateway()

    def kill(self, part: str) -> None:
        self.system.processes[part].kill()

    def wait_ready(self) -> None:
        """All parts are ready, and the gateway has seen that they are."""
        self.system.wait_ready(60)
        self._wait_for_gateway()

    def _wait_for_gateway(self) -> None:
        # It looks at the services every now and then; until it has, it answers for them.
        end = time.monotonic() + 30
        for path in AT_EVERY_SERVICE:
            while requests.get(self.url + path, timeout=30).status_code == 503:
                assert time.monotonic() < end, f"The gateway never came to use {path} again."
                time.sleep(0.05)


# Hashing a password can take seconds where other work goes on; what is down is told at once.
PATIENT = {"BANYAN_CALLS_TIMEOUT": "20", "SHOP_SECONDS_PER_PAGE": "25"}

WAYS = ("monolith", "services", "services-postgresql")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test of the ``shop`` in every way, and one of ``services`` where parts run apart."""
    if "shop" in metafunc.fixturenames:
        apart = "services" in metafunc.fixturenames
        ways = [way for way in WAYS if not apart or way != "monolith"]
        metafunc.parametrize("shop", ways, indirect=True, scope="session")


@pytest.fixture
def services(shop: Shop) -> Shop:
    """The shop where its parts run apart."""
    return shop


@pytest.fixture(scope="session")
def shop(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Shop]:
    """Each way to run the shop, one after the other."""
    topology, _, database = request.param.partition("-")
    project = modules.load(PROJECT)
    with ExitStack() as stack:
        if database:
            # Its databases are named after the project; nobody else's may be touched.
            project = replace(project, name=stack.enter_context(postgresql.prefix_for("shop")))
        system = stack.enter_context(
            workbench.run(
                project,
                topology,
                database=postgresql.SERVER if database else "sqlite",
                folder=tmp_path_factory.mktemp(request.param),
                environment=PATIENT,
            )
        )
        if database:
            assert postgresql.databases(f"{project.name}_"), "It does not run on PostgreSQL."
        yield Shop(request.param, topology, system)
