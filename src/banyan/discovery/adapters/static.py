"""Services located by what is written down once."""

from collections.abc import Callable

from banyan.discovery.addresses import base_url


class StaticDirectory:
    """Knows the ``url`` that the topology in ``banyan.toml`` gives a service.

    Args:
        url_of: the written address of a service, or None.
    """

    def __init__(self, url_of: Callable[[str], str | None]) -> None:
        self._url_of = url_of

    def locate(self, service: str) -> str | None:
        """The service's written address, if it has one."""
        address = self._url_of(service)
        return base_url(address, f"The url of {service} in banyan.toml") if address else None

    def how_to_add(self, service: str) -> str:
        """Which key to write."""
        return f'write url = "…" under [topology.….{service}] in banyan.toml'
