"""Chooses ports that nobody uses."""

import fcntl
import os
import random
import socket
import tempfile
from collections.abc import Collection, Iterable
from pathlib import Path

# Below the range from which Linux (32768) and macOS (49152) give ports to outgoing connections:
# so that nobody is given a part's port while the part is being started again.
LOWEST, HIGHEST = 20_000, 32_000
ATTEMPTS = 1_000


class Reservations:
    """Ports that this process has chosen and whose servers are yet to start.

    A port is chosen half a minute before its server binds it. Another system on this machine that
    chooses meanwhile must see it taken: each port has a lock file that all systems know.
    """

    def __init__(self) -> None:
        self._held: list[int] = []
        # One that others may not write: a name in a folder for all is anybody's.
        self._folder = Path(tempfile.gettempdir()) / f"banyan-ports-{os.getuid()}"

    def take(self, port: int) -> bool:
        """Reserve a port, unless another system has."""
        self._folder.mkdir(mode=0o700, exist_ok=True)
        file = os.open(self._folder / str(port), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(file)
            return False
        self._held.append(file)
        return True

    def release(self) -> None:
        """Give all of them back."""
        while self._held:
            os.close(self._held.pop())


def is_free(port: int) -> bool:
    """Whether nobody listens there on this machine."""
    with socket.socket() as probe:
        probe.settimeout(0.2)
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            return False
    with socket.socket() as probe:
        # A port whose last connections are only fading away is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def choose(
    preferred: int | None,
    taken: Collection[int] = (),
    reservations: Reservations | None = None,
) -> int:
    """A free port: the preferred one, or the next; without a preference, any.

    Raises:
        OSError: there is none.
    """
    candidates: Iterable[int]
    if preferred is not None:
        candidates = range(preferred, min(preferred + ATTEMPTS, 65_536))
    else:
        candidates = random.sample(range(LOWEST, HIGHEST), ATTEMPTS)
    for port in candidates:
        if port in taken or not is_free(port):
            continue
        if reservations is None or reservations.take(port):
            return port
    raise OSError(f"no free port among {ATTEMPTS}")
