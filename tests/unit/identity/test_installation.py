"""One call completes a settings file, and leaves alone what is there."""

from typing import Any

from banyan.identity.installation import BACKEND, DJANGOS_MIDDLEWARE, MIDDLEWARE, install


def settings_after(*, service: str | None, resident: bool, **settings: Any) -> dict[str, Any]:
    install(settings, service=service, users_are_resident=resident)
    return settings


def test_the_middleware_comes_right_after_djangos_own() -> None:
    settings = settings_after(
        service=None,
        resident=True,
        MIDDLEWARE=["a", DJANGOS_MIDDLEWARE, "b"],
        INSTALLED_APPS=("x",),
    )
    assert settings["MIDDLEWARE"] == ["a", DJANGOS_MIDDLEWARE, MIDDLEWARE, "b"]
    assert settings["INSTALLED_APPS"] == ["x", "banyan.identity"]


def test_installing_twice_changes_nothing_more() -> None:
    once = settings_after(service="users", resident=True, MIDDLEWARE=[DJANGOS_MIDDLEWARE])
    assert settings_after(service="users", resident=True, **once) == once


def test_djangos_backend_is_replaced_and_others_stay() -> None:
    assert settings_after(service=None, resident=True)["AUTHENTICATION_BACKENDS"] == [BACKEND]
    settings = settings_after(
        service=None,
        resident=True,
        AUTHENTICATION_BACKENDS=["other.Backend", "django.contrib.auth.backends.ModelBackend"],
    )
    assert settings["AUTHENTICATION_BACKENDS"] == ["other.Backend", BACKEND]


def test_every_service_but_the_issuer_has_a_session_cookie_of_its_own() -> None:
    assert settings_after(service="orders", resident=False)["SESSION_COOKIE_NAME"] == (
        "sessionid_orders"
    )
    named = settings_after(service="orders", resident=False, SESSION_COOKIE_NAME="shop")
    assert named["SESSION_COOKIE_NAME"] == "shop_orders"
    assert "SESSION_COOKIE_NAME" not in settings_after(service="users", resident=True)
    assert "SESSION_COOKIE_NAME" not in settings_after(service=None, resident=True)
