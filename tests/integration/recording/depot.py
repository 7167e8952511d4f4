"""The project that is recorded, and what its own comments say of it."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from banyan.survey.recording import Evidence, decode, observe

DEPOT = Path(__file__).parents[2] / "assets" / "projects" / "depot"
RUNS = re.compile(r"# RUNS: (.+)$")
# Without what the tests of this repository set for themselves.
OWN_ENVIRONMENT = {
    name: value
    for name, value in os.environ.items()
    if name != "DJANGO_SETTINGS_MODULE" and not name.startswith("PYTEST")
} | {"PYTHONDONTWRITEBYTECODE": "1"}
ALL_TESTS = ["manage.py", "test", "-v0"]


def copy_of_the_depot(folder: Path) -> Path:
    """The project where a test may run it."""
    return Path(
        shutil.copytree(DEPOT, folder / "depot", ignore=shutil.ignore_patterns("__pycache__"))
    )


def banyan(
    *arguments: str | Path, folder: Path, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the command in a project."""
    return subprocess.run(
        [sys.executable, "-m", "banyan.cli", *map(str, arguments)],
        cwd=folder,
        env=OWN_ENVIRONMENT | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def record(
    folder: Path, *command: str, python: str | Path = sys.executable, name: str = "seen.json"
) -> Evidence:
    """The evidence of a Python command that goes well."""
    out = folder.parent / name
    done = banyan("record", "-o", out, "--", python, *command, folder=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "failed" not in done.stderr, done.stderr
    return decode(out.read_bytes())


def expected(*, with_celery: bool = False) -> set[tuple[str, int, str]]:
    """What the comments in the project's own code say: file, line, what."""
    return {
        (file.relative_to(DEPOT).as_posix(), number, what)
        for file in DEPOT.rglob("*.py")
        if with_celery or file.name != "tasks.py"
        for number, line in enumerate(file.read_text().splitlines(), 1)
        for match in [RUNS.search(line)]
        if match
        for what in match[1].split(", ")
    }


def seen(evidence: Evidence) -> set[tuple[str, int, str]]:
    """The same of the evidence."""
    told = observe(evidence)
    what = [
        *((one.place, f"{one.verb} {one.of.table}") for one in told.accesses),
        *(
            (one.place, "transaction " + " + ".join(sorted(table.table for table in one.wrote)))
            for one in told.transactions
        ),
        *((one.place, f"signal {one.to.file}") for one in told.signals),
        *((one.place, f"task {one.task.name}") for one in told.tasks),
        *(
            (
                one.place,
                f"http {one.request.host} {'with' if one.request.timeout else 'without'} a timeout",
            )
            for one in told.requests
        ),
    ]
    return {(place.file, place.line, text) for place, text in what if place.kind == "code"}
