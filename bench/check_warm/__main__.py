"""`./dev run python -m bench.check_warm PROJECT`: `banyan check` after one file has changed."""

import argparse
import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import NamedTuple

from banyan.survey.adapters.files import find_files
from banyan.survey.places import place_of
from bench.check_warm.edits import EDITS, edits

_SECOND = 1.0
_FAILED = 1  # of a check that has something to tell


class Taken(NamedTuple):
    """How long a command took.

    Attributes:
        cpu: seconds of all its processes.
        clock: seconds until it was done.
    """

    cpu: float
    clock: float


def main() -> int:
    """Say how long a check takes, by kind of edit."""
    options = _options()
    with TemporaryDirectory(prefix="banyan-warm-") as name:
        folder = Path(name)
        root = folder / options.project.resolve().name
        shutil.copytree(options.project, root, ignore=shutil.ignore_patterns(".git"))
        banyan = _Banyan(root, folder)
        banyan.run("init", "--yes")
        banyan.run("check")
        _say("unchanged", [banyan.run("check") for _ in range(options.number)])
        _measured(root, banyan, options.number, Random(options.seed))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench.check_warm",
        description="Edits a copy of a project, file by file, and undoes each edit, and runs the "
        "whole command after each edit and after each undoing. The CPU seconds are those of all "
        "its processes.",
    )
    parser.add_argument("project", type=Path, help="A Django project; is only read.")
    parser.add_argument("-n", "--number", type=int, default=12, help="How many edits of a kind.")
    parser.add_argument("--seed", type=int, default=1, help="Draws other files and places.")
    return parser.parse_args()


class _Banyan:
    """The command, with its caches where the copy is."""

    def __init__(self, root: Path, folder: Path) -> None:
        self._root = root
        self._command = str(Path(sys.executable).parent / "banyan")
        self._environment = {
            **os.environ,
            "XDG_CACHE_HOME": str(folder / "cache"),
            "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
            "PYTHONDONTWRITEBYTECODE": "",
        }

    def run(self, *words: str) -> Taken:
        before, started = _used(), perf_counter()
        done = subprocess.run(
            [self._command, *words],
            cwd=self._root,
            env=self._environment,
            stdout=subprocess.DEVNULL,
            check=False,
        )
        taken = Taken(_used() - before, perf_counter() - started)
        if done.returncode not in (0, _FAILED):
            raise SystemExit(f"banyan {' '.join(words)} ended with {done.returncode}")
        return taken


def _used() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _measured(root: Path, banyan: _Banyan, number: int, random: Random) -> None:
    files = [root / one.path for one in find_files(root).python if place_of(one.path) is None]
    texts = [file.read_text(errors="replace") for file in files]
    for kind, edit in EDITS.items():
        taken: list[Taken] = []
        for one, after in edits(edit, texts, number, random):
            files[one].write_text(after)
            taken.append(banyan.run("check"))
            files[one].write_text(texts[one])
            taken.append(banyan.run("check"))
        _say(kind, taken)
    taken = []
    for one in random.sample(range(len(files)), min(number, len(files))):
        copy = files[one].with_name(f"banyan_{files[one].name}")
        copy.write_text(texts[one])
        taken.append(banyan.run("check"))
        copy.unlink()
        taken.append(banyan.run("check"))
    _say("a copy of a file beside it", taken)


def _say(kind: str, taken: list[Taken]) -> None:
    if not taken:
        print(f"{kind}: nowhere to be made", flush=True)
        return
    cpu = [one.cpu for one in taken]
    print(
        f"{kind}: {len(taken)} runs, median {median(cpu):.2f} s CPU "
        f"({median(one.clock for one in taken):.2f} s by the clock), most {max(cpu):.2f}, "
        f"{sum(one < _SECOND for one in cpu)} under a second",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
