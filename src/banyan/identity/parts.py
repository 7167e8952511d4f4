"""What identity is made of in this process, put together when it is first needed."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

from banyan.conf import IdentitySettings
from banyan.errors import ConfigurationError
from banyan.identity.claims import Expected
from banyan.identity.gatekeeper import Gatekeeper
from banyan.identity.ports import Registrar, SigningKeys
from banyan.identity.registrar import LocalRegistrar


@runtime_checkable
class KeyStore(SigningKeys, Protocol):
    """Where an operator makes and rotates keys."""

    path: Path

    def exposed(self) -> list[Path]:
        """The key files that other users of the machine may read."""
        ...

    def prepare(self) -> bool:
        """Make keys where there are none; whether this call made the current one."""
        ...

    def rotate(self, *, at_once: bool = False, forget: bool = False) -> None:
        """Let the next key sign."""
        ...


@dataclass(frozen=True)
class Parts:
    """Identity in one process.

    Attributes:
        desk: where logins begin and end; None in a service where users do not live.
        registrar: the desk, or the way to it.
        signing_keys: None where there is no desk.
        has_others: whether there are other services, for which a session's owner needs a token.
    """

    settings: IdentitySettings
    expected: Expected
    gatekeeper: Gatekeeper
    registrar: Registrar
    desk: LocalRegistrar | None = None
    signing_keys: SigningKeys | None = None
    has_others: bool = False


_compose: Callable[[], Parts] | None = None
_parts: Parts | None = None


def compose_with(compose: Callable[[], Parts]) -> None:
    """Name what puts the parts together; the Django app does."""
    global _compose  # noqa: PLW0603
    _compose = compose
    forget()


def parts() -> Parts:
    """The parts of this process.

    Raises:
        ConfigurationError: the app is not installed.
    """
    global _parts  # noqa: PLW0603
    if _parts is None:
        if _compose is None:
            raise ConfigurationError(
                "banyan.identity is not installed.",
                hint='Add "banyan.identity" to INSTALLED_APPS.',
            )
        _parts = _compose()
    return _parts


def desk() -> LocalRegistrar:
    """The issuer's desk.

    Raises:
        ConfigurationError: users do not live in this service.
    """
    found = parts().desk
    if found is None:
        raise ConfigurationError(
            "Tokens are issued only where users live, and this is another service.",
            hint="Call a contract of the module in which they live.",
        )
    return found


def forget() -> None:
    """Put the parts together anew at the next need, as after a change of settings."""
    global _parts  # noqa: PLW0603
    _parts = None
