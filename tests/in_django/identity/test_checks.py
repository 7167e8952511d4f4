"""What can be told before the first request is told, with what to do."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.core.checks import CheckMessage
from django.db.models import NOT_PROVIDED
from pytest_django import Settings
from tests.in_django.identity.conftest import Elsewhere

from banyan import modules
from banyan.conf import IdentitySettings
from banyan.identity import parts as identity_parts
from banyan.identity.adapters.files import FileKeys
from banyan.identity.adapters.missing import MissingKeys
from banyan.identity.checks import check
from banyan.identity.parts import Parts
from banyan.identity.registrar import LocalRegistrar
from banyan.modules import Module, Project, Residency, Service, Topology

ORDERS = Residency(
    Project("shop", modules={"orders": Module("orders", ("django.contrib.auth",))}),
    Topology("services", {"orders": Service("orders", ("orders",))}),
    "orders",
)


def ids() -> set[str]:
    return {str(message.id) for message in check()}


def only(id: str) -> CheckMessage:
    (message,) = [message for message in check() if message.id == id]
    assert message.hint
    return message


@pytest.fixture
def change(installed: Callable[[Parts], None]) -> Callable[..., None]:
    """Change a part of what is installed."""

    def change(**changes: Any) -> None:
        from dataclasses import replace

        installed(replace(identity_parts.parts(), **changes))

    return change


def test_a_monolith_that_is_set_up_right_has_no_finding() -> None:
    assert ids() == set()


@pytest.mark.urls("tests.in_django.identity.urls")
def test_an_issuer_that_is_set_up_right_has_no_finding(at_the_issuer: LocalRegistrar) -> None:
    assert ids() == set()


def test_another_service_that_is_set_up_right_has_no_finding(
    elsewhere: Elsewhere, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SESSION_COOKIE_NAME = "sessionid_orders"
    monkeypatch.setenv("BANYAN_URL_ORDERS", "http://127.0.0.1:1")
    with modules.override(ORDERS):
        assert ids() == set()


def test_a_missing_or_misplaced_middleware_is_found(settings: Settings) -> None:
    ours = "banyan.identity.middleware.TokenMiddleware"
    rest = [name for name in settings.MIDDLEWARE if name != ours]
    settings.MIDDLEWARE = rest
    assert "no token is looked at" in only("banyan.E604").msg
    settings.MIDDLEWARE = [ours, *rest]
    assert "overrules" in only("banyan.E604").msg


def test_a_session_cookie_that_all_services_share_is_found(elsewhere: Elsewhere) -> None:
    with modules.override(ORDERS):
        assert only("banyan.E605").hint == "SESSION_COOKIE_NAME = 'sessionid_orders'"


def test_csrf_tokens_in_sessions_are_found(elsewhere: Elsewhere, settings: Settings) -> None:
    assert "banyan.E606" not in ids()
    settings.CSRF_USE_SESSIONS = True
    assert only("banyan.E606")


def test_a_missing_backend_is_found(elsewhere: Elsewhere, settings: Settings) -> None:
    settings.AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
    assert only("banyan.E607")


def test_a_missing_key_is_found(at_the_issuer: LocalRegistrar, change: Any) -> None:
    change(signing_keys=MissingKeys())
    assert "BANYAN_IDENTITY_PRIVATE_KEY" in only("banyan.W601").msg


def test_a_key_that_others_may_read_is_found(change: Any, tmp_path: Path) -> None:
    keys = FileKeys(tmp_path / "key.pem", prepare=True)
    keys.ring()
    change(signing_keys=keys)
    assert ids() == set()
    (tmp_path / "key.pem").chmod(0o644)
    assert str(tmp_path / "key.pem") in only("banyan.E602").msg


def test_keys_that_are_not_published_are_found(at_the_issuer: LocalRegistrar) -> None:
    assert only("banyan.E612")


def test_logins_that_are_recorded_nowhere_are_found(
    at_the_issuer: LocalRegistrar, settings: Settings
) -> None:
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
    assert only("banyan.W613")


def test_an_issuer_without_an_address_is_found(elsewhere: Elsewhere) -> None:
    with modules.override(ORDERS):
        assert only("banyan.W611")


@pytest.mark.parametrize("name", ["nonsense", "password"])
def test_a_field_that_tokens_cannot_carry_is_found(change: Any, name: str) -> None:
    change(settings=IdentitySettings(fields=[name]))
    assert only("banyan.E610")


def test_a_column_that_a_copy_could_not_fill_is_found(
    elsewhere: Elsewhere, change: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    field = User._meta.get_field("date_joined")
    monkeypatch.setattr(field, "default", NOT_PROVIDED)
    assert "date_joined" in only("banyan.E609").msg
    change(settings=IdentitySettings(fields=["date_joined"]))
    assert "banyan.E609" not in ids()


def test_a_user_model_in_two_tables_is_found(
    elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(User._meta.parents, Group, Group._meta.pk)
    assert "table of its own" in only("banyan.E609").msg


def test_a_view_on_site_that_goes_by_an_id_is_found(
    elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Group, "get_absolute_url", lambda _: "/", raising=False)
    with modules.override(ORDERS):
        assert "GroupAdmin" in only("banyan.W608").msg
        monkeypatch.setattr(admin.site._registry[Group], "view_on_site", False)
        assert "banyan.W608" not in ids()
