"""What recording costs a test suite: the tangled shop's own, with the recorder and without."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from bench.measuring import Measure, Sides, bench, ratio_at_most

SHOP = Path(__file__).parents[1] / "examples" / "tangled_shop"
SUITE = [sys.executable, "manage.py", "test", "-v0"]


@bench(
    "recorded test suite",
    unit="s",
    peer_name="the suite alone",
    goal=ratio_at_most(1.5),
)
def recorded_test_suite() -> Iterator[Sides]:
    with TemporaryDirectory() as folder:
        evidence = Path(folder) / "evidence.json"
        record = [sys.executable, "-m", "banyan.cli", "record", "-o", str(evidence), "--"]
        ours = _seconds([*record, *SUITE])
        ours()
        assert '"orders_order"' in evidence.read_text()
        yield Sides(ours=ours, peer=_seconds(SUITE))


def _seconds(command: list[str]) -> Measure:
    """The whole time of a command: the interpreter's start and the evidence's writing included."""

    def once() -> float:
        environment = {
            name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"
        }
        started = perf_counter()
        subprocess.run(command, cwd=SHOP, env=environment, capture_output=True, check=True)
        return perf_counter() - started

    return once
