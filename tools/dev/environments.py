"""Makes the environments that `./dev` runs in, each from a lock file, in `.dev/`."""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tools.dev.speech import progress, say, stop
from tools.dev.system import install_with_apt

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".dev"
_READY = "ready"  # written last: an environment without it is finished by the next run
_IN_USE = "in-use"  # locked, shared, by each process that runs in the environment


@dataclass(frozen=True)
class Environment:
    """A virtual environment; its folder is named after all that it is made of.

    Attributes:
        lock: the name of the lock file, without its ending.
        python: the path of the interpreter it is made with.
        version: that interpreter's version, as `3.11`.
        holds_the_project: whether the project itself is installed in it, as an editable one.
    """

    lock: str
    python: str
    version: str
    holds_the_project: bool = True

    @property
    def lock_file(self) -> Path:
        return ROOT / "locks" / f"{self.lock}.txt"

    @property
    def name(self) -> str:
        """As `python3.11-django-5.2-0a1b2c3d`: a changed lock file makes another environment."""
        project = tomllib.loads((ROOT / "pyproject.toml").read_text())
        made_of = [
            self.lock_file.read_text() if self.lock_file.exists() else "",
            json.dumps([project["project"], project["build-system"]] * self.holds_the_project),
            self.python,
            str(ROOT),  # a venv cannot be moved
        ]
        digest = hashlib.sha256("\0".join(made_of).encode()).hexdigest()[:8]
        return f"python{self.version}-{self.lock}-{digest}"

    @property
    def folder(self) -> Path:
        return FOLDER / self.name

    @property
    def bin(self) -> Path:
        return self.folder / "bin"


def ready(environment: Environment) -> Environment:
    """Make the environment if it is not there yet; then keep it from being cleared away.

    Raises:
        SystemExit: it could not be made; says why. The next run goes on from there.
    """
    FOLDER.mkdir(exist_ok=True)
    if not (environment.folder / _READY).exists():
        with _alone(environment):
            if not (environment.folder / _READY).exists():
                _make(environment)
                _clear_older_ones_than(environment)
    _keep(environment)
    return environment


def variables(environment: Environment) -> dict[str, str]:
    """The environment variables of what runs in it: its programs first, and a home that works."""
    values = dict(os.environ)
    values["VIRTUAL_ENV"] = str(environment.folder)
    values["PATH"] = os.pathsep.join([str(environment.bin), values.get("PATH", os.defpath)])
    values.pop("PYTHONHOME", None)
    if values.pop("PYTHONDONTWRITEBYTECODE", ""):
        # Who wants no bytecode beside the sources has it here. With none at all, every process of
        # the tests and of the demo compiles each module anew, which is most of what they do.
        values.setdefault("PYTHONPYCACHEPREFIX", str(environment.folder / "bytecode"))
    home = values.get("HOME", "")
    if not (home and os.access(home, os.W_OK)):
        own = FOLDER / "home"
        own.mkdir(parents=True, exist_ok=True)
        values["HOME"] = str(own)
    return values


@contextmanager
def _alone(environment: Environment) -> Iterator[None]:
    """Hold off other runs that would make the same environment."""
    with (FOLDER / f"{environment.name}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("another run is making the environment; waiting for it")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _make(environment: Environment) -> None:
    if not environment.lock_file.exists():
        stop(f"{environment.lock_file.relative_to(ROOT)} is missing; `git status` tells more")
    started = time.monotonic()
    count = environment.lock_file.read_text().count("==")
    say(f"making the environment {environment.folder.relative_to(ROOT)} ({count} packages)")
    pip = _with_pip(environment)
    # Bytecode is compiled as it is first needed: most of it never is.
    install = [*pip, "install", "--disable-pip-version-check", "--no-input", "--no-compile"]
    install += ["--progress-bar=off", "--no-deps"]
    _run([*install, "--require-hashes", "-r", str(environment.lock_file)], environment, count)
    if environment.holds_the_project:
        # The build backend is in the lock file, so nothing is fetched without a hash.
        editable = ["--no-build-isolation", "--editable", str(ROOT)]
        _run([*install, *editable], environment)
    (environment.folder / _READY).touch()
    say(f"the environment is ready, after {time.monotonic() - started:.0f} s")


def _with_pip(environment: Environment) -> list[str]:
    """Make the bare virtual environment, and return the command of its pip."""
    python = environment.bin / "python"
    own_pip = [str(python), "-m", "pip"]
    if _works([*own_pip, "--version"]):
        return own_pip
    shutil.rmtree(environment.folder, ignore_errors=True)
    if not _works([environment.python, "-c", "import ensurepip, venv"]):
        package = f"python{environment.version}-venv"
        if not install_with_apt(package):
            stop(
                f"{environment.python} has no venv and ensurepip, which make environments. "
                f"Install them (Debian and Ubuntu: sudo apt-get install {package}), "
                "or run ./dev with another Python 3.11 or newer."
            )
    _run([environment.python, "-m", "venv", str(environment.folder)], environment)
    return own_pip


def _works(command: list[str]) -> bool:
    try:
        done = subprocess.run(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
        )
    except OSError:
        return False
    return done.returncode == 0


def _run(command: list[str], environment: Environment, packages: int = 0) -> None:
    """Run it with its output in a log file, of which the end is shown when it fails."""
    log = FOLDER / f"{environment.name}.log"
    found = 0
    with (
        log.open("a") as record,
        subprocess.Popen(
            command,
            env=variables(environment),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as running,
    ):
        for line in running.stdout or ():
            record.write(line)
            if packages and line.startswith("Collecting "):
                found += 1
                progress(f"{found} of {packages} packages")
    progress("")
    if running.returncode:
        sys.stderr.writelines(log.read_text().splitlines(keepends=True)[-15:])
        stop(
            f"the environment is not finished: `{' '.join(command[:4])} …` "
            f"ended with status {running.returncode}; all it said is in {log.relative_to(ROOT)}. "
            "Run the same again to go on from here."
        )


def _keep(environment: Environment) -> None:
    """Hold the environment's shared lock until the end, also of a program that replaces this."""
    file = os.open(environment.folder / _IN_USE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC)
    fcntl.flock(file, fcntl.LOCK_SH)
    os.set_inheritable(file, True)


def _clear_older_ones_than(environment: Environment) -> None:
    """Remove this environment's predecessors, but for those in which something still runs."""
    family = environment.name.rpartition("-")[0]
    for folder in FOLDER.glob(f"{family}-????????"):
        if folder == environment.folder or not (folder / _READY).exists():
            continue
        with (folder / _IN_USE).open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            (folder / _READY).unlink()
            shutil.rmtree(folder, ignore_errors=True)
