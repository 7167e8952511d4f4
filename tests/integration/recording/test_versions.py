"""The recorder works in the interpreters of other projects: old and new, with nothing installed."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.integration.recording.depot import (
    ALL_TESTS,
    copy_of_the_depot,
    expected,
    record,
    seen,
)
from tests.requirements import require

VERSIONS = [("3.8", "3.2"), ("3.10", "4.2"), ("3.12", "5.2")]


def find_python(version: str) -> Path | None:
    """A Python of that version: on the PATH, or where pyenv keeps them."""
    pyenv = Path(os.environ.get("PYENV_ROOT", "~/.pyenv")).expanduser()
    candidates = [
        *filter(None, [shutil.which(f"python{version}")]),
        *map(str, sorted(pyenv.glob(f"versions/{version}.*/bin/python"))),
    ]
    for candidate in candidates:
        # A shim of pyenv may be there and know no such Python.
        done = subprocess.run([candidate, "-c", ""], capture_output=True, check=False)
        if done.returncode == 0:
            return Path(candidate)
    return None


@pytest.mark.slow
@pytest.mark.parametrize(("python", "django"), VERSIONS)
def test_a_project_of_another_python_and_django_is_recorded(
    tmp_path: Path, python: str, django: str
) -> None:
    interpreter = find_python(python)
    require(f"Python {python}", is_there=interpreter is not None)
    assert interpreter
    subprocess.run([interpreter, "-m", "venv", tmp_path / "venv"], check=True)
    own = tmp_path / "venv" / "bin" / "python"
    installed = subprocess.run(
        [own, "-m", "pip", "install", "-q", f"django=={django}.*", "celery"],
        capture_output=True,
        text=True,
        check=False,
    )
    require(f"pip's way to Django {django}", is_there=installed.returncode == 0)
    frozen = [own, "-m", "pip", "freeze"]
    before = subprocess.check_output(frozen)

    evidence = record(copy_of_the_depot(tmp_path), *ALL_TESTS, python=own)

    assert seen(evidence) == expected(with_celery=True)
    assert subprocess.check_output(frozen) == before
