"""Logins as rows of Django's session store, which knows how to expire and clear them."""

import time
from collections.abc import Callable
from importlib import import_module
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.sessions.backends.base import SessionBase
from django.utils.crypto import constant_time_compare

from banyan.identity.claims import Login

# Not the names of django.contrib.auth's: as a session cookie, a login's id opens nothing.
USER, HASH, AT = "banyan_user", "banyan_hash", "banyan_at"


class SessionLogins:
    """The issuer's record of logins. Each lasts as long as a session, from when it began."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock

    def begin(self, user: AbstractBaseUser) -> Login:
        """Record that a user has just proved who they are."""
        at = int(self._clock())
        if not can_be_kept():
            return Login(id="", at=at)
        store = _store()
        store[USER] = str(user.pk)
        store[HASH] = user.get_session_auth_hash()
        store[AT] = at
        store.set_expiry(settings.SESSION_COOKIE_AGE)
        store.create()
        return Login(id=str(store.session_key), at=at)

    def stands(self, login: Login, user: AbstractBaseUser) -> bool:
        """Whether a login has not ended: by logging out, by age, or by a new password."""
        if not login.id or not can_be_kept():
            return False
        record = _store(login.id)
        if (
            record.get(USER) != str(user.pk)
            or self._clock() >= login.at + settings.SESSION_COOKIE_AGE
        ):
            return False
        known = str(record.get(HASH, ""))
        hashes = [user.get_session_auth_hash(), *user.get_session_auth_fallback_hash()]
        return any(constant_time_compare(known, one) for one in hashes)

    def end(self, login: Login) -> None:
        """Forget a login; its tokens cannot be renewed any more."""
        if login.id and can_be_kept():
            _store(login.id).delete()


def can_be_kept() -> bool:
    """Whether Django keeps sessions anywhere but in the browser."""
    engine = settings.SESSION_ENGINE
    if engine == "django.contrib.sessions.backends.signed_cookies":
        return False
    needs_table = engine in (
        "django.contrib.sessions.backends.db",
        "django.contrib.sessions.backends.cached_db",
    )
    return not needs_table or apps.is_installed("django.contrib.sessions")


def _store(key: str | None = None) -> SessionBase:
    engine: Any = import_module(settings.SESSION_ENGINE)
    store: SessionBase = engine.SessionStore(key)
    return store
