"""A real nats-server with JetStream, which can be killed and brought back."""

import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class NatsServer:
    """A server of its own store and port."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"nats://127.0.0.1:{self.port}"

    def start(self) -> None:
        program = Path(sys.executable).with_name("nats-server")
        log = (self._folder / "nats.log").open("ab")
        arguments = ["-a", "127.0.0.1", "-p", str(self.port), "-js", "-sd", str(self.store)]
        self._process = subprocess.Popen([program, *arguments], stdout=log, stderr=log)
        log.close()
        ends = time.monotonic() + 20
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > ends:
                raise RuntimeError((self._folder / "nats.log").read_text()[-2000:])
            time.sleep(0.01)

    def kill(self) -> None:
        """SIGKILL: as a crash."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def wipe(self) -> None:
        """Lose all that is stored, as with a disk."""
        self.kill()
        shutil.rmtree(self.store)

    @property
    def store(self) -> Path:
        return self._folder / "store"

    def _end(self, number: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(number)
            self._process.wait(10)
            self._process = None

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), 0.2) as connection:
                return connection.recv(4) == b"INFO"
        except OSError:
            return False
