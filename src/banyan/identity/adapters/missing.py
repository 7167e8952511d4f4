"""Stand where keys or an issuer should be: a process that needs neither is not bothered."""

from typing import NoReturn

from banyan.errors import ConfigurationError
from banyan.identity.rejections import IssuerUnreachable, KeysUnavailable
from banyan.identity.whereabouts import NO_ADDRESS, NO_ADDRESS_HINT


class MissingKeys:
    """No private key is named."""

    message = "Tokens cannot be signed: BANYAN_IDENTITY_PRIVATE_KEY names no private key."
    hint = (
        "Name a folder there, and let `manage.py banyan_keys generate` fill it. "
        "Keys that make themselves are for DEBUG only."
    )

    def ring(self) -> NoReturn:
        """Refuse to sign."""
        raise ConfigurationError(self.message, hint=self.hint)

    def find(self, kid: str) -> NoReturn:  # noqa: ARG002 - the port's
        """Refuse to judge."""
        raise KeysUnavailable(self.message, hint=self.hint)


class MissingIssuer:
    """Nothing says where the service is in which users live."""

    def find(self, kid: str) -> NoReturn:  # noqa: ARG002 - the port's
        """Refuse to judge."""
        raise KeysUnavailable(NO_ADDRESS, hint=NO_ADDRESS_HINT)

    def renew(self, token: str) -> NoReturn:  # noqa: ARG002 - the port's
        """Refuse to renew."""
        raise IssuerUnreachable(NO_ADDRESS, hint=NO_ADDRESS_HINT)

    def end(self, token: str) -> NoReturn:  # noqa: ARG002 - the port's
        """Refuse to end a login."""
        raise IssuerUnreachable(NO_ADDRESS, hint=NO_ADDRESS_HINT)
