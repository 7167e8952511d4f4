"""The Django app: puts keys, users and logins together as the topology and the settings say."""

import sys
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings as django_settings
from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.core.checks import Tags, register
from django.core.signals import setting_changed

from banyan import conf, modules
from banyan.http import HttpClient
from banyan.http.adapters.urllib3 import Urllib3Client
from banyan.identity import parts
from banyan.identity.adapters.files import FileKeys, PublishedFile
from banyan.identity.adapters.http import KEYS_PATH, HttpKeys, HttpRegistrar
from banyan.identity.adapters.memory import MemoryKeys
from banyan.identity.adapters.missing import MissingIssuer, MissingKeys
from banyan.identity.claims import Expected
from banyan.identity.gatekeeper import Gatekeeper
from banyan.identity.parts import Parts
from banyan.identity.ports import VerifyingKeys
from banyan.identity.registrar import LocalRegistrar
from banyan.identity.tokens import Issuer, Verifier
from banyan.identity.visits import logged_in, logged_out
from banyan.identity.whereabouts import issuer_url, users_are_resident


class IdentityConfig(AppConfig):
    """People log in once."""

    name = "banyan.identity"
    label = "banyan_identity"
    verbose_name = "Banyan: identity"

    def ready(self) -> None:
        """Hear of logins and of changed settings."""
        # What touches models can be imported only now, here and below.
        from banyan.identity.checks import check

        parts.compose_with(compose)
        register(check, Tags.security)
        user_logged_in.connect(logged_in, dispatch_uid="banyan.identity")
        user_logged_out.connect(logged_out, dispatch_uid="banyan.identity")
        setting_changed.connect(_setting_changed, dispatch_uid="banyan.identity")


def compose() -> Parts:
    """The parts as the settings in force say."""
    from banyan.identity.adapters.orm import DjangoResidents
    from banyan.identity.adapters.sessions import SessionLogins

    settings = conf.settings().identity
    residency = modules.current()
    name = settings.issuer or residency.project.name
    expected = Expected(issuer=name, audience=settings.audience or name)
    user_model = get_user_model().__module__
    if not users_are_resident(residency, user_model):
        return _elsewhere(settings, expected, issuer_url(residency, user_model))
    keys = signing_keys(settings, residency.project.folder)
    verifier = Verifier(keys, expected)
    residents = DjangoResidents(settings.fields)
    issuer = Issuer(keys, expected, lifetime=int(settings.lifetime))
    grace = float(django_settings.SESSION_COOKIE_AGE)
    desk = LocalRegistrar(issuer, verifier, residents, SessionLogins(), grace=grace)
    gatekeeper = Gatekeeper(verifier, residents, desk)
    return Parts(
        settings,
        expected,
        gatekeeper,
        registrar=desk,
        desk=desk,
        signing_keys=keys,
        has_others=residency.service is not None,
    )


def _elsewhere(settings: conf.IdentitySettings, expected: Expected, url: str | None) -> Parts:
    from banyan.identity.adapters.orm import TokenPeople

    client = Urllib3Client()
    registrar = HttpRegistrar(url, client) if url else MissingIssuer()
    verifier = Verifier(_verifying_keys(settings.jwks, url, client), expected)
    people = TokenPeople(settings.local_users)
    return Parts(settings, expected, Gatekeeper(verifier, people, registrar), registrar)


def _verifying_keys(jwks: str, url: str | None, client: HttpClient) -> VerifyingKeys:
    if jwks:
        return HttpKeys(jwks, client) if "://" in jwks else PublishedFile(Path(jwks))
    return HttpKeys(url.rstrip("/") + KEYS_PATH, client) if url else MissingIssuer()


def signing_keys(
    settings: conf.IdentitySettings, folder: Path
) -> FileKeys | MemoryKeys | MissingKeys:
    """Where this process, which issues tokens, finds its keys.

    In development they make themselves at the first need; anywhere else, somebody makes them.
    """
    if settings.private_key:
        return FileKeys(Path(settings.private_key))
    if _in_tests():
        return MemoryKeys()
    if django_settings.DEBUG:
        return FileKeys(folder / ".banyan" / "keys", prepare=True)
    return MissingKeys()


def _in_tests() -> bool:
    state = getattr(sys.modules.get("django.test.utils"), "_TestState", None)
    return hasattr(state, "saved_data")


def _setting_changed(*, setting: str, **_: Any) -> None:
    if setting in ("BANYAN", "AUTH_USER_MODEL", "DEBUG", "SESSION_COOKIE_AGE"):
        parts.forget()
