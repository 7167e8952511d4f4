"""A whole project surveyed: ours beside one thread of `ast`, and warm beside import graphs.

The project is the one that BANYAN_BENCH_PROJECT names; without it, Django's own source, which
every machine has, copied to a temporary folder. For other tools its packages are what stands in
its root, or in `src`.
"""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from time import perf_counter

import django

from banyan.survey import Survey
from banyan.survey import survey as surveyed
from banyan.survey.adapters.files import find_files
from bench.measuring import Goal, Measure, Sides, adds_at_most, bench, ratio_at_most

GIVEN = "BANYAN_BENCH_PROJECT"
PER_MILLION_LINES = 600  # MB, of all processes together


def survey(root: Path, cache: Path) -> Survey:
    """What is measured as ours: all of it, from the files to the couplings."""
    return surveyed(root, cache=cache)


@contextmanager
def project() -> Iterator[tuple[Path, Path]]:
    """A copy of the project that may be changed, and a folder for caches."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name) / "project"
        given = os.environ.get(GIVEN)
        ignored = shutil.ignore_patterns(".git", "node_modules", "__pycache__", ".dev")
        if given:
            shutil.copytree(given, root, symlinks=True, ignore=ignored)
        else:
            source = Path(django.__file__).parent
            shutil.copytree(source, root / "django", ignore=ignored)
        yield root, Path(name) / "cache"


def packages(root: Path) -> tuple[Path, list[str]]:
    """The folder that is to be on Python's path, and the packages in it."""
    for folder in (root, root / "src"):
        found = [file.parent.name for file in sorted(folder.glob("*/__init__.py"))]
        if found:
            return folder, [name for name in found if name not in {"tests", "test"}]
    raise SystemExit(f"there is no package in {root} nor in its src")


def timed(call: Callable[[], object]) -> float:
    """The seconds that a call takes."""
    started = perf_counter()
    call()
    return perf_counter() - started


OURS = """
from time import perf_counter
started = perf_counter()
import sys
from pathlib import Path
from banyan.survey import survey
survey(Path(sys.argv[1]), cache=Path(sys.argv[2]))
print(perf_counter() - started)
"""

PARSER = """
from time import perf_counter
import ast, sys, warnings
warnings.simplefilter("ignore")
paths = sys.stdin.read().splitlines()
started = perf_counter()
for path in paths:
    with open(path, "rb") as file:
        try:
            ast.parse(file.read())
        except (SyntaxError, ValueError):
            pass  # newer than this interpreter
print(perf_counter() - started)
"""


@bench("survey, cold", unit="s", peer_name="ast.parse, one thread", goal=ratio_at_most(0.8))
def cold() -> Iterator[Sides]:
    """All of it, from nothing, what it loads included; each in a process of its own.

    In one that has surveyed, the parser takes twice as long: all that is there is looked through
    for garbage again and again.
    """
    with project() as (root, cache):
        files = "\n".join(str(root / file.path) for file in find_files(root).python)
        numbers = count()

        def ours() -> float:
            return apart(OURS, str(root), str(cache / str(next(numbers))))

        def peer() -> float:
            return apart(PARSER, given=files)

        yield Sides(ours, peer)


def apart(script: str, *words: str, given: str = "") -> float:
    """What a script prints that runs in an interpreter of its own."""
    # A process begins with the most memory that the one had which started it: a shell has little.
    run = ["/bin/sh", "-c", '"$@"; exit $?', "sh", sys.executable, "-c", script, *words]
    done = subprocess.run(run, input=given, stdout=subprocess.PIPE, text=True, check=True)
    return float(done.stdout)


def changed_and_then(root: Path, run: Measure) -> Measure:
    """Measure a run after one file has changed."""
    largest = max(find_files(root).python, key=lambda file: file.size)
    file = root / largest.path
    numbers = count()

    def once() -> float:
        with file.open("a") as stream:
            stream.write(f"\nchanged_{next(numbers)} = True\n")
        return run()

    return once


def warm(peer_of: Callable[[Path], Measure]) -> Iterator[Sides]:
    """Ours, warm, after one file has changed, beside a peer in a process of its own."""
    with project() as (root, cache):
        survey(root, cache)
        ours = changed_and_then(root, lambda: timed(lambda: survey(root, cache)))
        yield Sides(ours, changed_and_then(root, peer_of(root)))


GRIMP = """
import sys, time
sys.path.insert(0, sys.argv[1])
import grimp
started = time.perf_counter()
grimp.build_graph(*sys.argv[3:], cache_dir=sys.argv[2])
print(time.perf_counter() - started)
"""


def grimp(root: Path) -> Measure:
    """Its build, without the start of its interpreter, which ours has not either."""
    folder, names = packages(root)
    command = [sys.executable, "-c", GRIMP, str(folder), str(root.parent / "grimp"), *names]

    def once() -> float:
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=folder)
        return float(done.stdout.splitlines()[-1])

    return once


def command(*words: str, folder: Path, may_fail: bool = False) -> Measure:
    """A tool that is a command, from its start to its end."""
    path = Path(sys.executable).parent / words[0]

    def once() -> float:
        return timed(
            lambda: subprocess.run(
                [path, *words[1:]], cwd=folder, capture_output=True, check=not may_fail
            )
        )

    return once


def import_linter(root: Path) -> Measure:
    """A contract of the simplest kind, over its own cache."""
    folder, names = packages(root)
    (folder / ".importlinter").write_text(
        "[importlinter]\nroot_packages =\n"
        + "".join(f"    {name}\n" for name in names)
        + "[importlinter:contract:one]\nname = one\ntype = forbidden\n"
        + f"source_modules =\n    {names[0]}\nforbidden_modules =\n    nothing\n"
        + "include_external_packages = True\n"
    )
    return command("lint-imports", folder=folder, may_fail=True)


def tach(root: Path) -> Measure:
    """Its check of one module per package."""
    folder, names = packages(root)
    modules = "".join(f'[[modules]]\npath = "{name}"\ndepends_on = []\n' for name in names)
    (folder / "tach.toml").write_text(f'source_roots = ["."]\n{modules}')
    return command("tach", "check", folder=folder, may_fail=True)


def pydeps(root: Path) -> Measure:
    """Its dependencies as text, without a picture."""
    folder, names = packages(root)
    return command("pydeps", names[0], "--no-output", "--show-deps", "--max-bacon=0", folder=folder)


def no_slower() -> Goal:
    """Ours is done before the peer."""
    return ratio_at_most(1.0)


@bench("survey, one file changed", unit="s", peer_name="grimp", goal=adds_at_most(0.5, "s"))
def beside_grimp() -> Iterator[Sides]:
    """An import graph in Rust, with its cache."""
    yield from warm(grimp)


@bench("survey, one file changed", unit="s", peer_name="import-linter", goal=no_slower())
def beside_import_linter() -> Iterator[Sides]:
    """The whole command."""
    yield from warm(import_linter)


@bench("survey, one file changed", unit="s", peer_name="tach", goal=no_slower())
def beside_tach() -> Iterator[Sides]:
    """The whole command."""
    yield from warm(tach)


@bench("survey, one file changed", unit="s", peer_name="pydeps", goal=no_slower())
def beside_pydeps() -> Iterator[Sides]:
    """The whole command."""
    yield from warm(pydeps)


MEMORY = """
import sys
from pathlib import Path
from bench.survey import used
print(used(Path(sys.argv[1]), Path(sys.argv[2])))
"""


def used(root: Path, cache: Path) -> float:
    """MB per million lines: the most that this process had, and its workers."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = survey(root, cache)
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    workers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss - before
    return (own + max(workers, 0) * len(os.sched_getaffinity(0))) / 1024 / found.project.lines * 1e6


@bench(
    "memory per million lines",
    unit="MB",
    peer_name="a bound",
    goal=ratio_at_most(1.0),
)
def memory() -> Iterator[Sides]:
    """What all processes need above an idle interpreter, beside the bound that is promised."""
    with project() as (root, cache):
        numbers = count()

        def ours() -> float:
            return apart(MEMORY, str(root), str(cache / str(next(numbers))))

        yield Sides(ours, lambda: float(PER_MILLION_LINES))
