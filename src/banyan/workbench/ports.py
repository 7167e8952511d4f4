"""What the supervisor needs of the machine: processes, and looks at them from outside."""

from collections.abc import Callable
from typing import Protocol

from banyan.workbench.parts import HttpProbe, Part, TcpProbe


class Running(Protocol):
    """A process and all that it started, as one."""

    @property
    def pid(self) -> int:
        """The process that was started first."""
        ...

    async def wait(self) -> int:
        """Its exit code, negative for a signal; what it left behind is dead by then."""
        ...

    def terminate(self) -> None:
        """Ask it to end."""
        ...

    def kill(self) -> None:
        """End it, and all that it started, now."""
        ...


class Launcher(Protocol):
    """Starts processes that do not outlive their supervisor."""

    async def launch(self, part: Part, heard: Callable[[str], None]) -> Running:
        """Start a part.

        Args:
            heard: called with each line that it prints, without the line's end.

        Raises:
            OSError: it cannot be started.
        """
        ...


class Prober(Protocol):
    """Looks from outside whether a part is ready."""

    async def look(self, probe: HttpProbe | TcpProbe) -> str | None:
        """None when it is ready, otherwise why not."""
        ...
