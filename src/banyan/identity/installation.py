"""What a settings file needs so that people log in once, in every service of a project."""

from collections.abc import MutableMapping
from typing import Any

APP = "banyan.identity"
MIDDLEWARE = "banyan.identity.middleware.TokenMiddleware"
BACKEND = "banyan.identity.backends.TokenBackend"
DJANGOS_MIDDLEWARE = "django.contrib.auth.middleware.AuthenticationMiddleware"
DJANGOS_BACKEND = "django.contrib.auth.backends.ModelBackend"
DJANGOS_COOKIE = "sessionid"
# The attribute of a user who was made from a token that holds what the token says.
CLAIMS = "banyan_claims"


def install(
    settings: MutableMapping[str, Any], *, service: str | None, users_are_resident: bool
) -> None:
    """Complete a settings file's variables; what stands there already stays.

    Args:
        settings: the variables, as ``globals()``.
        service: this process's service, or None in the monolith.
        users_are_resident: whether the user model's module lives in this process.
    """
    settings["INSTALLED_APPS"] = _with(list(settings.get("INSTALLED_APPS", ())), APP)
    settings["MIDDLEWARE"] = _with(
        list(settings.get("MIDDLEWARE", ())), MIDDLEWARE, after=DJANGOS_MIDDLEWARE
    )
    settings["AUTHENTICATION_BACKENDS"] = [
        BACKEND if backend == DJANGOS_BACKEND else backend
        for backend in settings.get("AUTHENTICATION_BACKENDS", (DJANGOS_BACKEND,))
    ]
    if service is not None and not users_are_resident:
        settings["SESSION_COOKIE_NAME"] = session_cookie(
            settings.get("SESSION_COOKIE_NAME", DJANGOS_COOKIE), service
        )


def session_cookie(name: str, service: str) -> str:
    """The name of a service's own session cookie.

    Behind one address the browser sends each service the cookies of all; Django deletes a session
    cookie whose session it does not find, and would so end the issuer's.
    """
    return f"{name}_{service}"


def _with(names: list[str], name: str, *, after: str = "") -> list[str]:
    if name in names:
        return names
    place = names.index(after) + 1 if after in names else len(names)
    return [*names[:place], name, *names[place:]]
