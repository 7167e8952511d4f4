"""A service's database is made from an address, or stands beside the project's own."""

from pathlib import Path

import pytest

from banyan.data.databases import DatabaseSettings, from_url, of_service, with_sqlite_options
from banyan.errors import ConfigurationError

FOLDER = Path("/project/.banyan")


def of_orders(default: DatabaseSettings, url: str = "") -> DatabaseSettings:
    return of_service(default, project="shop", service="orders", folder=FOLDER, url=url)


def test_a_project_on_sqlite_gives_each_service_a_file_of_its_own() -> None:
    database = of_orders({"ENGINE": "django.db.backends.sqlite3", "NAME": "/project/db.sqlite3"})

    assert database["NAME"] == FOLDER / "orders.sqlite3"
    assert database["ENGINE"] == "banyan.data.engines.sqlite3"


def test_a_project_on_postgresql_gives_each_service_a_database_on_the_same_server() -> None:
    engine = "django.db.backends.postgresql"
    database = of_orders({"ENGINE": engine, "NAME": "shop", "HOST": "db", "CONN_MAX_AGE": 60})

    assert database == {
        "ENGINE": "banyan.data.engines.postgresql",
        "NAME": "shop_orders",
        "HOST": "db",
        "CONN_MAX_AGE": 60,
    }


def test_an_address_takes_precedence_and_keeps_what_it_does_not_say() -> None:
    database = of_orders(
        {"ENGINE": "django.db.backends.sqlite3", "NAME": "x", "ATOMIC_REQUESTS": True},
        "postgresql://an%40na:p%2Fw@db.example:6543/shop%20orders?sslmode=require",
    )

    assert database == {
        "ENGINE": "banyan.data.engines.postgresql",
        "NAME": "shop orders",
        "USER": "an@na",
        "PASSWORD": "p/w",
        "HOST": "db.example",
        "PORT": "6543",
        "OPTIONS": {"sslmode": "require"},
        "ATOMIC_REQUESTS": True,
    }


def test_an_address_of_a_file_is_absolute_with_four_slashes() -> None:
    assert from_url("sqlite:////var/shop/orders.sqlite3")["NAME"] == "/var/shop/orders.sqlite3"
    assert from_url("sqlite:///orders.sqlite3")["NAME"] == "orders.sqlite3"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("mysql://me:s3cret@db/shop", "scheme is 'mysql'"),
        ("postgres://me:s3cret@db", "names no database"),
        ("postgres://me:s3cret@db:port/shop", "malformed"),
    ],
)
def test_an_address_that_cannot_be_used_is_told_without_its_password(url: str, reason: str) -> None:
    with pytest.raises(ConfigurationError, match=reason) as caught:
        from_url(url)
    assert "s3cret" not in str(caught.value)
    assert caught.value.code == "banyan.data.address"


def test_an_engine_of_djangos_that_has_none_for_services_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="mysql"):
        of_orders({"ENGINE": "django.db.backends.mysql", "NAME": "shop"})


def test_an_engine_of_the_projects_own_is_left_as_it_is() -> None:
    assert of_orders({"ENGINE": "shop.engine", "NAME": "shop"})["ENGINE"] == "shop.engine"


def test_sqlite_waits_for_other_writers() -> None:
    options = of_orders({"ENGINE": "django.db.backends.sqlite3"})["OPTIONS"]

    assert options["transaction_mode"] == "IMMEDIATE"
    assert options["timeout"] > 0
    assert "journal_mode=WAL" in options["init_command"]


def test_sqlite_options_of_the_projects_own_stay() -> None:
    own = {"transaction_mode": "EXCLUSIVE", "timeout": 1, "init_command": "PRAGMA cache_size=9"}
    database = with_sqlite_options({"ENGINE": "django.db.backends.sqlite3", "OPTIONS": own})

    assert database["OPTIONS"]["transaction_mode"] == "EXCLUSIVE"
    assert database["OPTIONS"]["timeout"] == 1
    assert database["OPTIONS"]["init_command"].endswith("; PRAGMA cache_size=9")
    assert own["init_command"] == "PRAGMA cache_size=9"
