"""One line at the end of a settings file makes it the settings of the service that is named."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from banyan import conf, modules
from banyan.errors import ConfigurationError
from banyan.findings import FindingsError
from banyan.settings import configure

TOML = """\
[project]
name = "shop"
[modules.users]
[modules.orders]
[topology.services.users]
modules = ["users"]
[topology.services.orders]
modules = ["orders"]
"""
TRACES = "banyan.observability.middleware.TraceMiddleware"
Settings = dict[str, Any]
Configure = Callable[..., Settings]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    for app in ("users", "orders"):
        (tmp_path / app).mkdir()
        (tmp_path / app / "__init__.py").touch()
    (tmp_path / "banyan.toml").write_text(TOML)
    monkeypatch.setenv("BANYAN_FILE", str(tmp_path / "banyan.toml"))
    for name in ("BANYAN_SERVICE", "BANYAN_TOPOLOGY", "BANYAN_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    yield tmp_path
    conf.reload()
    modules.forget()


@pytest.fixture
def configured(project: Path, monkeypatch: pytest.MonkeyPatch) -> Configure:
    def complete(service: str = "", database: str = "", **settings: Any) -> Settings:
        if service:
            monkeypatch.setenv("BANYAN_SERVICE", service)
        if database:
            monkeypatch.setenv("BANYAN_DATABASE_URL", database)
        namespace: Settings = {
            "INSTALLED_APPS": ["users", "orders"],
            "MIDDLEWARE": ["theirs"],
            "AUTH_USER_MODEL": "users.User",
            "DATABASES": {
                "default": {"ENGINE": "django.db.backends.postgresql", "NAME": "shop"},
                "archive": {"ENGINE": "django.db.backends.mysql"},
            },
            **settings,
        }
        configure(namespace)
        return namespace

    return complete


def test_a_monolith_keeps_its_databases_and_routers(configured: Configure) -> None:
    settings = configured()

    assert settings["DATABASES"] == {
        "default": {"ENGINE": "django.db.backends.postgresql", "NAME": "shop"},
        "archive": {"ENGINE": "django.db.backends.mysql"},
    }
    assert "DATABASE_ROUTERS" not in settings
    assert settings["MIDDLEWARE"] == [TRACES, "theirs"]


def test_a_service_has_a_database_a_router_and_a_session_of_its_own(configured: Configure) -> None:
    settings = configured("orders", DATABASE_ROUTERS=["theirs.Router"])

    assert settings["DATABASES"]["default"] == {
        "ENGINE": "banyan.data.engines.postgresql",
        "NAME": "shop_orders",
    }
    assert "archive" in settings["DATABASES"]
    assert settings["DATABASE_ROUTERS"] == ["banyan.data.routers.ResidencyRouter", "theirs.Router"]
    assert settings["MIDDLEWARE"] == [
        TRACES,
        "banyan.data.middleware.ResidencyMiddleware",
        "theirs",
    ]
    assert settings["SESSION_COOKIE_NAME"] == "sessionid_orders"


def test_the_services_of_a_sqlite_project_have_a_file_each(
    configured: Configure, project: Path
) -> None:
    lite = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "db.sqlite3"}}
    database = configured("orders", DATABASES=lite)["DATABASES"]["default"]

    assert database["NAME"] == project / ".banyan" / "orders.sqlite3"
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in database["OPTIONS"]["init_command"]


def test_the_environments_address_wins(configured: Configure) -> None:
    database = configured("orders", "postgres://ann:x%40y@db:6543/mine")["DATABASES"]["default"]

    assert database["ENGINE"] == "banyan.data.engines.postgresql"
    assert (database["NAME"], database["USER"], database["PASSWORD"]) == ("mine", "ann", "x@y")
    assert (database["HOST"], database["PORT"]) == ("db", "6543")


def test_configured_twice_it_is_configured_once(configured: Configure) -> None:
    settings = configured("orders")
    configure(settings)

    assert settings["MIDDLEWARE"].count(TRACES) == 1
    assert settings["INSTALLED_APPS"].count("banyan.data") == 1


@pytest.mark.parametrize(
    ("service", "database", "settings", "words"),
    [
        ("order", "", {}, "'orders'"),
        ("orders", "", {"DATABASES": {"default": {"ENGINE": "django.db.backends.mysql"}}}, "mysql"),
        ("orders", "mysql://me:s3cret@db/shop", {}, "its scheme is 'mysql'"),
        ("orders", "", {"BANYAN": {"calls": {"tiemout": 1}}}, "tiemout"),
    ],
)
def test_what_cannot_be_used_is_said_without_its_secrets(
    configured: Configure, service: str, database: str, settings: Settings, words: str
) -> None:
    with pytest.raises((ConfigurationError, FindingsError)) as caught:
        configured(service, database, **settings)

    assert words in str(caught.value)
    assert "s3cret" not in str(caught.value)


def test_manage_py_shows_the_text_and_no_traceback(
    configured: Configure, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["manage.py", "migrate"])

    with pytest.raises(SystemExit, match="'orders'"):
        configured("order")
