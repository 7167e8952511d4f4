"""What a killed run of tests leaves on the PostgreSQL server, and what the next does about it."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.servers.postgresql import databases, drop_what_dead_runs_left, new_database

ROOT = Path(__file__).parents[2]
RUN = """
from tests.servers.postgresql import new_database
with new_database("sweeping") as name:
    print(name, flush=True)
    input()
"""

pytestmark = pytest.mark.postgresql


@contextmanager
def another_run() -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A process that has a database, and the database's name."""
    with subprocess.Popen(
        [sys.executable, "-c", RUN],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        try:
            yield process, process.stdout.readline().strip()
        finally:
            if process.poll() is None:
                process.communicate("\n")


def test_a_database_is_gone_after_its_block() -> None:
    with new_database("sweeping") as name:
        assert databases(name) == [name]
    assert databases(name) == []


@pytest.mark.slow
def test_what_a_killed_run_left_is_dropped_and_what_others_use_stays() -> None:
    with new_database("sweeping") as mine, another_run() as (_, theirs):
        with another_run() as (process, left):
            drop_what_dead_runs_left()
            assert databases(left) == [left]
            process.kill()
            process.wait()
        # The server needs a moment to see that the process is gone.
        ends = time.monotonic() + 20
        while databases(left):
            assert time.monotonic() < ends
            drop_what_dead_runs_left()
        assert databases(theirs) == [theirs]
        assert databases(mine) == [mine]
