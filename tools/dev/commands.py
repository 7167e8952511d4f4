"""The commands of `./dev`."""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tools.dev import locking
from tools.dev.environments import ROOT, Environment, ready, variables
from tools.dev.interpreters import python_of_version, this_python
from tools.dev.speech import say, stop
from tools.dev.system import want_a_browser

DJANGOS = ["5.2", "6.1"]
# In several processes; each keeps to whole files, which share their servers.
_QUICK = ["-m", "not slow", "--numprocesses", "auto", "--maxprocesses", "4", "--dist", "loadfile"]
_LINTERS = {
    "ruff check": ["ruff", "check", "--quiet", "."],
    "ruff format": ["ruff", "format", "--quiet", "--check", "."],
    "import-linter": ["lint-imports", "--no-logo"],
    "mypy": ["mypy"],
    "pyright": ["pyright", "--pythonpath"],
}


def main(arguments: list[str]) -> int:
    """Run one of the commands, and return its exit status."""
    options, rest = _parser().parse_known_args(arguments)
    if rest and options.command not in {"test", "bench", "demo"}:
        _parser().error(f"unrecognized arguments: {' '.join(rest)}")
    run: Callable[[argparse.Namespace, list[str]], int] = options.run
    return run(options, rest)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="./dev",
        description="The developer's one command. It makes its own environment in .dev/, from "
        "the lock files, and makes it anew when they change.",
    )
    parser.add_argument(
        "--python", metavar="3.N", help="use that Python (default: the one at hand)"
    )
    parser.add_argument(
        "--django", choices=DJANGOS, default=DJANGOS[0], help="use that Django (default: 5.2)"
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, run: Callable[..., int], text: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=text, description=text, add_help=name != "bench")
        added.set_defaults(run=run)
        return added

    demo = command("demo", _demo, "see the shop as one process and as five services")
    demo.add_argument("--once", action="store_true", help="play it to the end, and exit")
    test = command("test", _test, "run the tests; what else you write goes to pytest")
    test.add_argument("--quick", action="store_true", help="leave out what is slow: under a minute")
    command("lint", _lint, "ruff, import-linter, mypy and pyright")
    command("bench", _bench, "measure against peers; see `./dev bench --help`")
    command("docs", _docs, "build the documentation, strictly, into docs/_build/html")
    lock = command("lock", _lock, "write the lock files anew from pyproject.toml")
    lock.add_argument("--upgrade", action="store_true", help="take the newest versions")
    command(
        "python-version", _python_version, "say which Python would be used, or that it is missing"
    )
    run = command("run", _run, "run a command in the environment, as `./dev run banyan --help`")
    run.add_argument("words", nargs=argparse.REMAINDER, metavar="CMD…")
    return parser


def _environment(
    options: argparse.Namespace, lock: str = "", *, project: bool = True
) -> Environment:
    path, version = python_of_version(options.python) if options.python else this_python()
    if options.django == "6.1" and version == "3.11":
        stop("Django 6.1 needs Python 3.12 or newer: add --python 3.12, or run ./dev with it")
    return ready(Environment(lock or f"django-{options.django}", path, version, project))


def _become(environment: Environment, command: list[str], folder: Path | None = ROOT) -> int:
    """Replace this process by the command, which so gets the signals and gives the status."""
    if folder:
        os.chdir(folder)
    values = variables(environment)
    try:
        os.execvpe(command[0], command, values)
    except OSError as error:
        return stop(f"{command[0]}: {error.strerror}", 127)


def _demo(options: argparse.Namespace, rest: list[str]) -> int:
    script = str(ROOT / "examples" / "shop" / "demo.py")
    once = ["--once"] * options.once
    return _become(_environment(options), ["python", script, *once, *rest])


def _test(options: argparse.Namespace, rest: list[str]) -> int:
    if not options.quick:
        want_a_browser()
    quick = _QUICK if options.quick else []
    return _become(_environment(options), ["python", "-m", "pytest", *quick, *rest])


def _lint(options: argparse.Namespace, _: list[str]) -> int:
    environment = _environment(options)
    failed: list[str] = []
    for name, command in _LINTERS.items():
        words = [*command, str(environment.bin / "python")] if name == "pyright" else command
        started = time.monotonic()
        done = subprocess.run(words, cwd=ROOT, env=variables(environment), check=False)
        outcome = "found something" if done.returncode else "finds nothing"
        say(f"{name} {outcome} ({time.monotonic() - started:.1f} s)")
        failed += [name] * bool(done.returncode)
    return len(failed) > 0


def _bench(options: argparse.Namespace, rest: list[str]) -> int:
    return _become(_environment(options, "bench"), ["python", "-m", "bench", *rest])


def _docs(options: argparse.Namespace, _: list[str]) -> int:
    build = ["sphinx-build", "-W", "-n", "--keep-going", "-q", "docs", "docs/_build/html"]
    return _become(_environment(options), build)


def _lock(options: argparse.Namespace, _: list[str]) -> int:
    environment = _environment(options, "uv", project=False)
    return locking.write_all(environment.bin / "uv", upgrade=options.upgrade)


def _python_version(options: argparse.Namespace, _: list[str]) -> int:
    path, version = python_of_version(options.python) if options.python else this_python()
    sys.stdout.write(f"{version} {path}\n")
    return 0


def _run(options: argparse.Namespace, _: list[str]) -> int:
    if not options.words:
        stop("run what? As in: ./dev run banyan --help")
    return _become(_environment(options), options.words, folder=None)
