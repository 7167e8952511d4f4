"""A ring between the threads of one process."""

import threading


class Bell:
    """Rung by whoever made work, heard by the one thread that waits for it."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def wait(self, seconds: float) -> bool:
        rang = self._event.wait(seconds)
        self._event.clear()
        return rang

    def ring(self) -> None:
        self._event.set()
