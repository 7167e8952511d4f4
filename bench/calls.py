"""What a call through a contract costs: near beside the method, far beside DRF and requests."""

import os
import socket
import subprocess
import sys
import time
import timeit
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from bench.measuring import Sides, adds_at_most, bench, ratio_at_most

DESK = Path(__file__).parent / "calls_desk"
CALLS = 300


def _set_up(service: str) -> None:
    """Be a process of the project in ``calls_desk``: the monolith, or one of its services."""
    import django

    sys.path.insert(0, str(DESK))
    os.environ["BANYAN_FILE"] = str(DESK / "banyan.toml")
    os.environ["BANYAN_CALLS_MODE"] = "fast"
    os.environ["DJANGO_SETTINGS_MODULE"] = "desk_settings"
    if service:
        os.environ["BANYAN_SERVICE"] = service
    from banyan import conf, modules

    conf.reload()
    modules.forget()
    django.setup()


@bench(
    "local fast call",
    unit="µs",
    peer_name="the method itself",
    goal=adds_at_most(1.0, "µs"),
)
def local_fast_call() -> Iterator[Sides]:
    _set_up("")
    from library.contract import Library
    from library.service import LibraryService

    client, service = Library.client(), LibraryService()
    assert client.count("shelf") == service.count("shelf")
    yield Sides(
        ours=lambda: _least(lambda: client.count("shelf")),
        peer=lambda: _least(lambda: service.count("shelf")),
    )


@bench(
    "remote call",
    unit="µs",
    peer_name="DRF + requests.Session",
    goal=ratio_at_most(1.0),
)
def remote_call() -> Iterator[Sides]:
    with _server() as url:
        _set_up("reader")
        os.environ["BANYAN_URL_LIBRARY"] = url
        import requests
        from library.contract import Book, Library

        find = Library.client().find
        session = requests.Session()

        def peer() -> list[Book]:
            response = session.post(f"{url}/api/books/", json={"author": "Le Guin"}, timeout=5)
            response.raise_for_status()
            return [Book(**book) for book in response.json()]

        assert find("Le Guin") == peer()
        yield Sides(ours=lambda: _typical(lambda: find("Le Guin")), peer=lambda: _typical(peer))


def _least(call: Callable[[], object]) -> float:
    """The least mean time of one call in many short runs, in microseconds.

    What is above it is other work on the machine, as :mod:`timeit` says of its own results.
    """
    return min(timeit.repeat(call, number=2000, repeat=50)) / 2000 * 1e6


def _typical(call: Callable[[], object]) -> float:
    """The median time of one call, in microseconds."""
    times = []
    for _ in range(CALLS):
        started = time.perf_counter()
        call()
        times.append(time.perf_counter() - started)
    return median(times) * 1e6


@contextmanager
def _server() -> Iterator[str]:
    """The project's library under granian, one worker, with both ways in."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    environment = os.environ | {
        "PYTHONPATH": str(DESK),
        "BANYAN_FILE": str(DESK / "banyan.toml"),
        "BANYAN_SERVICE": "library",
        "BANYAN_CALLS_MODE": "fast",
        "DJANGO_SETTINGS_MODULE": "desk_settings",
    }
    command = [
        str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "--workers", "1",
        "--port", str(port), "--log-level", "warning", "desk_wsgi:application",
    ]  # fmt: skip
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        ends = time.monotonic() + 30
        while True:
            try:
                urllib.request.urlopen(f"{url}/banyan/live", timeout=1).close()  # noqa: S310
                break
            except (OSError, urllib.error.URLError):
                if time.monotonic() > ends or process.poll() is not None:
                    raise
                time.sleep(0.05)
        yield url
    finally:
        process.terminate()
        process.wait(10)
