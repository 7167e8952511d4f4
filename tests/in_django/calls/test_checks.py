"""What Django's checks find about calls, and what a supervisor hears."""

import pytest
from django.core import checks
from django.test import Client
from pytest_django import Settings
from tests.in_django.apps.stock.contract import Stock
from tests.in_django.calls.loopback import PROJECT, SALES, STOCK, residency

from banyan import modules
from banyan.calls import checks as calls_checks
from banyan.calls import readiness
from banyan.contracts import implementations
from banyan.errors import ConfigurationError
from banyan.modules import Module, Project, Residency, Service, Topology
from banyan.observability.health import register_probe


def ids(messages: list[checks.CheckMessage]) -> list[str | None]:
    return [message.id for message in messages]


def services(url: str | None) -> Residency:
    topology = Topology(
        "services",
        {"sales": Service("sales", ("sales",)), "stock": Service("stock", ("stock",), url=url)},
    )
    project = Project("tests", modules=PROJECT.modules, topologies={"services": topology})
    return Residency(project, topology, "sales")


def test_a_called_service_without_an_address_is_found(settings: Settings) -> None:
    settings.BANYAN = {"calls": {"secret": "x"}}
    with modules.override(services(None)):
        (message,) = calls_checks.services()
        assert message.id == "banyan.W302"
        assert "BANYAN_URL_STOCK" in (message.hint or "")
    with modules.override(services("http://stock")):
        assert calls_checks.services() == []


def test_the_environment_can_give_the_address(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.BANYAN = {"calls": {"secret": "x"}}
    monkeypatch.setenv("BANYAN_URL_STOCK", "http://127.0.0.1:9")
    with modules.override(services(None)):
        assert calls_checks.services() == []


def test_an_endpoint_without_a_secret_is_found_outside_of_development(settings: Settings) -> None:
    with modules.override(services("http://stock")):
        assert ids(calls_checks.services()) == ["banyan.W303"]
        settings.DEBUG = True
        assert calls_checks.services() == []


def test_a_monolith_needs_neither_address_nor_secret_nor_endpoint(settings: Settings) -> None:
    settings.ROOT_URLCONF = "tests.in_django.calls.no_urls"
    with modules.override(residency(None)):
        assert calls_checks.services() == []
        assert calls_checks.endpoint() == []


def test_a_service_without_the_endpoint_is_found(settings: Settings) -> None:
    with modules.override(services("http://stock")):
        assert calls_checks.endpoint() == []
        settings.BANYAN = {"calls": {"path": "internal/calls/"}}
        (message,) = calls_checks.endpoint()
    assert message.id == "banyan.E304"
    assert 'path("internal/calls/", include("banyan.calls.urls"))' in (message.hint or "")


def test_a_method_that_joins_is_said_aloud() -> None:
    (message,) = calls_checks.joining_methods()
    assert message.id == "banyan.W305"
    assert "Stock/Note" in message.msg


def test_a_resident_contract_without_an_implementation_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delitem(implementations._registered, Stock)
    assert "banyan.E210" in ids(calls_checks.implementations())
    with modules.override(residency("sales")):
        assert calls_checks.implementations() == []


def test_a_call_to_a_module_in_no_service_says_so(db: None) -> None:
    topology = Topology("services", {"sales": Service("sales", ("sales",))})
    project = Project(
        "tests",
        modules={"sales": Module("sales", (SALES,)), "stock": Module("stock", (STOCK,))},
        topologies={"services": topology},
    )
    with (
        modules.override(Residency(project, topology, "sales")),
        pytest.raises(
            ConfigurationError, match="no service of the topology has the module 'stock'"
        ),
    ):
        Stock.client().level("tea")


def test_a_call_to_a_service_without_an_address_says_so(db: None) -> None:
    with (
        modules.override(services(None)),
        pytest.raises(ConfigurationError, match="BANYAN_URL_STOCK"),
    ):
        Stock.client().level("tea")


def test_a_process_lives_as_soon_as_it_answers() -> None:
    response = Client().get("/banyan/live")
    assert (response.status_code, response.json()) == (200, {"status": "live"})
    assert "no-store" in response["Cache-Control"]


def test_a_process_is_ready_when_nothing_is_wrong(db: None) -> None:
    assert Client().get("/banyan/ready").json() == {"status": "ready"}


def test_a_process_that_lacks_something_says_what(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from banyan.observability import health

    monkeypatch.setattr(health, "_probes", dict(health._probes))
    register_probe("broker", lambda: "no answer")
    response = Client().get("/banyan/ready")
    assert response.status_code == 503
    assert response.json() == {"status": "not ready", "problems": {"broker": "no answer"}}


def test_a_database_without_its_migrations_is_not_ready(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db.migrations.recorder import MigrationRecorder

    monkeypatch.setattr(readiness, "_migrated", set())
    MigrationRecorder.Migration.objects.filter(app="stock").delete()
    problem = readiness.migrations()
    assert problem == "1 not applied to default"
