"""Chooses ports that nobody uses."""

import random
import socket
from collections.abc import Collection, Iterable

# Below the range from which Linux (32768) and macOS (49152) give ports to outgoing connections:
# so that nobody is given a part's port while the part is being started again.
LOWEST, HIGHEST = 20_000, 32_000
ATTEMPTS = 1_000


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


def choose(preferred: int | None, taken: Collection[int] = ()) -> int:
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
        if port not in taken and is_free(port):
            return port
    raise OSError(f"no free port among {ATTEMPTS}")
