"""Django's system checks of identity: each finding has a page in the documentation."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.checks import CheckMessage, Error, Warning
from django.db import models
from django.urls import NoReverseMatch, reverse

from banyan import modules
from banyan.errors import ConfigurationError
from banyan.identity.installation import (
    BACKEND,
    DJANGOS_BACKEND,
    DJANGOS_COOKIE,
    DJANGOS_MIDDLEWARE,
    MIDDLEWARE,
    session_cookie,
)
from banyan.identity.parts import KeyStore, Parts, parts
from banyan.identity.whereabouts import NO_ADDRESS, NO_ADDRESS_HINT, issuer_url

# What a token always says, and what a copy of a row needs no token for.
_TOLD = frozenset({"first_name", "last_name", "is_staff", "is_superuser", "is_active", "password"})


def check(app_configs: object = None, **_: Any) -> list[CheckMessage]:
    """All that can be told before the first request."""
    del app_configs
    found = parts()
    messages = [*_settings(found), *_fields(found)]
    if found.desk is None:
        messages += [*_elsewhere(found), *_view_on_site()]
    else:
        messages += _issuer(found)
    return messages


def _settings(found: Parts) -> Iterator[CheckMessage]:
    order = list(settings.MIDDLEWARE)
    if MIDDLEWARE not in order:
        yield Error(
            f"MIDDLEWARE has no {MIDDLEWARE}, so that no token is looked at.",
            hint=f"Add it right after {DJANGOS_MIDDLEWARE}.",
            id="banyan.E604",
        )
    elif DJANGOS_MIDDLEWARE in order and order.index(DJANGOS_MIDDLEWARE) > order.index(MIDDLEWARE):
        yield Error(
            "Django's AuthenticationMiddleware comes after the TokenMiddleware and overrules it.",
            hint=f"Put {MIDDLEWARE} right after {DJANGOS_MIDDLEWARE}.",
            id="banyan.E604",
        )
    if found.desk is None and BACKEND not in settings.AUTHENTICATION_BACKENDS:
        yield Error(
            f"AUTHENTICATION_BACKENDS has no {BACKEND}: staff would have no permissions here.",
            hint=f"Put it in the place of {DJANGOS_BACKEND}.",
            id="banyan.E607",
        )
    if (found.desk is None or found.has_others) and getattr(settings, "CSRF_USE_SESSIONS", False):
        yield Error(
            "CSRF_USE_SESSIONS is on, and services have a session each: forms that a page of one "
            "service sends to another, as the admin's log-out, are refused.",
            hint="Use the CSRF cookie, which is Django's default.",
            id="banyan.E606",
        )


def _issuer(found: Parts) -> Iterator[CheckMessage]:
    if found.has_others:
        try:
            reverse("banyan_identity_keys")
        except NoReverseMatch:
            yield Error(
                "The URLconf does not publish the keys, and other services cannot verify tokens.",
                hint='Add path("", include("banyan.identity.urls")) to the root URLconf.',
                id="banyan.E612",
            )
    try:
        if found.signing_keys:
            found.signing_keys.ring()
    except ConfigurationError as error:
        # No error: who only migrates needs no key, and had better have none.
        yield Warning(error.message, hint=error.hint, id="banyan.W601")
    if isinstance(found.signing_keys, KeyStore):
        for file in found.signing_keys.exposed():
            yield Error(
                f"Other users of this machine may read the private key {file}.",
                hint=f"chmod 600 {file}; and rotate it, if somebody might have.",
                id="banyan.E602",
            )
    if found.has_others and not _logins_are_kept():
        yield Warning(
            "Logins are recorded nowhere, so that tokens cannot be renewed: everybody has to log "
            f"in again every {found.settings.lifetime:.0f} s.",
            hint="Install django.contrib.sessions, with an engine other than signed_cookies.",
            id="banyan.W613",
        )


def _elsewhere(found: Parts) -> Iterator[CheckMessage]:
    residency = modules.current()
    # A developer's commands run without the addresses that the workbench gives to servers.
    if not settings.DEBUG and issuer_url(residency, get_user_model().__module__) is None:
        yield Warning(NO_ADDRESS, hint=NO_ADDRESS_HINT, id="banyan.W611")
    service = residency.service or ""
    if settings.SESSION_COOKIE_NAME == DJANGOS_COOKIE:
        yield Error(
            f"The session cookie is named {DJANGOS_COOKIE!r} here as in every service: behind one "
            "address, a visit here would end the session where users live.",
            hint=f"SESSION_COOKIE_NAME = {session_cookie(DJANGOS_COOKIE, service)!r}",
            id="banyan.E605",
        )
    if found.settings.local_users == "none":
        return
    if any(get_user_model()._meta.parents.values()):
        yield Error(
            f"{get_user_model()._meta.label} inherits from a model with a table of its own: no row "
            "can be kept of a staff member.",
            hint="Make the parent abstract, or set [identity] local_users to none.",
            id="banyan.E609",
        )
    else:
        for field in _unfilled(get_user_model(), found.settings.fields):
            yield Error(
                f"{get_user_model()._meta.label}.{field} must have a value and has no default, and "
                "tokens do not say it: no row can be kept of a staff member.",
                hint=f'[identity] fields = ["{field}"] in banyan.toml lets tokens carry it.',
                id="banyan.E609",
            )


def _unfilled(model: type[AbstractBaseUser], fields: Iterable[str]) -> Iterator[str]:
    told = _TOLD | {getattr(model, "USERNAME_FIELD", ""), model.get_email_field_name(), *fields}
    for field in model._meta.concrete_fields:
        needs = not (field.null or field.has_default() or field.empty_strings_allowed)
        if field.name not in told and not field.primary_key and needs:
            yield field.name


def _fields(found: Parts) -> Iterator[CheckMessage]:
    model = get_user_model()
    columns = {field.name for field in model._meta.concrete_fields}
    for name in found.settings.fields:
        if name not in columns:
            yield Error(
                f"[identity] fields names {name!r}, and {model._meta.label} has no such field.",
                hint=f"It has: {', '.join(sorted(columns))}.",
                id="banyan.E610",
            )
        elif name == "password":
            yield Error(
                "[identity] fields would put password hashes into tokens.",
                hint="Leave it out; nothing needs it.",
                id="banyan.E610",
            )


def _view_on_site() -> Iterator[CheckMessage]:
    if not apps.is_installed("django.contrib.admin"):
        return
    from django.contrib.admin import site

    residency = modules.current()
    for model, model_admin in site._registry.items():
        owner = residency.module_of(model)
        if owner is None or not residency.is_resident(owner) or not _has_page(model):
            continue
        if model_admin.view_on_site is True:
            yield Warning(
                f"{type(model_admin).__name__}: 'View on site' goes by a content type's id, which "
                "is another one where users live.",
                hint="def view_on_site(self, obj): return obj.get_absolute_url()",
                obj=model_admin,
                id="banyan.W608",
            )


def _has_page(model: type[models.Model]) -> bool:
    return hasattr(model, "get_absolute_url")


def _logins_are_kept() -> bool:
    if settings.SESSION_ENGINE == "django.contrib.sessions.backends.signed_cookies":
        return False
    return apps.is_installed("django.contrib.sessions")
