"""What an address of a service looks like."""

from functools import lru_cache
from urllib.parse import urlsplit

from banyan.errors import ConfigurationError


class Unlocated(ConfigurationError):
    """No directory knows the service."""

    code = "banyan.discovery.unlocated"


@lru_cache(maxsize=256)
def base_url(address: str, source: str) -> str:
    """An address as others can append a path to it.

    Args:
        address: what somebody wrote.
        source: where they wrote it, for the error.

    Raises:
        ConfigurationError: it is not an ``http`` or ``https`` address, or carries a credential.
    """
    hint = "Write it as http://host:port or https://host."
    try:
        parts = urlsplit(address.strip())
        usable = parts.scheme in ("http", "https") and parts.hostname and (parts.port or 80) > 0
    except ValueError:
        parts, usable = urlsplit(""), None
    if not usable or parts.query or parts.fragment:
        raise ConfigurationError(f"{source} is no address of a service: {address!r}.", hint=hint)
    if parts.username or parts.password:
        raise ConfigurationError(
            f"{source} carries a credential, which would end up in logs.",
            hint="Take it out; services know each other by BANYAN_CALLS_SECRET.",
        )
    return address.strip().rstrip("/")
