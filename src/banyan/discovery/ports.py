"""What the layers above ask about the places of services."""

from typing import Protocol


class Directory(Protocol):
    """Knows services by their names."""

    def locate(self, service: str) -> str | None:
        """The base address of a service, without a slash at its end; None when it knows none.

        Raises:
            ConfigurationError: what it knows is no address.
        """
        ...

    def how_to_add(self, service: str) -> str:
        """What someone would do to make this directory know a service, as half a sentence."""
        ...
