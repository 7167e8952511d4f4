"""Several directories asked in turn."""

from collections.abc import Sequence

from banyan.discovery.addresses import Unlocated
from banyan.discovery.ports import Directory


class FirstOf:
    """Asks one directory after another; the first that knows the service answers."""

    def __init__(self, directories: Sequence[Directory]) -> None:
        self._directories = tuple(directories)

    def locate(self, service: str) -> str:
        """The base address of a service, without a slash at its end.

        Raises:
            Unlocated: none of the directories knows it.
        """
        for directory in self._directories:
            if (address := directory.locate(service)) is not None:
                return address
        ways = ", or ".join(one.how_to_add(service) for one in self._directories)
        raise Unlocated(f"Nobody knows where the service {service!r} is.", hint=f"Either {ways}.")
