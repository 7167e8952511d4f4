"""The module stock as a service under a real server, called from here."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.apps import apps
from tests.integration.calls.servers import WAREHOUSE, Database, Service, database

from banyan import modules
from banyan.calls.apps import CallsConfig

KINDS = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]

StartStock = Callable[..., Service]


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[StartStock]:
    """Start stock under a server, on a new database; calls from here go there."""
    with ExitStack() as stack:

        def start_stock(server: str, kind: str = "sqlite", **extra: str) -> Service:
            stock = Service(
                "stock", stack.enter_context(database(kind, tmp_path)), tmp_path, server, **extra
            )
            stack.callback(stock.kill)
            stock.migrate()
            stock.start()
            monkeypatch.setenv("BANYAN_URL_STOCK", stock.url)
            return stock

        yield start_stock


@pytest.fixture(autouse=True)
def as_sales(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """This process is the service sales."""
    config = apps.get_app_config("banyan_calls")
    assert isinstance(config, CallsConfig)
    config.router.forget()
    project = modules.load(WAREHOUSE / "banyan.toml")
    with modules.override(modules.Residency(project, project.topologies["services"], "sales")):
        yield
    config.router.forget()


@pytest.fixture
def new_database(tmp_path: Path) -> Iterator[Callable[[str], Database]]:
    """Makes databases, which are dropped afterwards."""
    with ExitStack() as stack:
        yield lambda kind: stack.enter_context(database(kind, tmp_path))
