"""The environments of `./dev`, made for real from a lock file without packages."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
MAKE = """
import sys
from tools.dev.environments import Environment, ready
made = ready(Environment("empty", sys.executable, "3.0", holds_the_project=False))
print(made.folder)
sys.stdout.flush()
sys.stdin.readline()
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the tools, with a lock file of no packages."""
    shutil.copytree(ROOT / "tools", tmp_path / "tools")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "locks").mkdir()
    (tmp_path / "locks" / "empty.txt").write_text("# nothing\n")
    return tmp_path


def start(tree: Path) -> subprocess.Popen[str]:
    """A run that makes the environment and then stays in it until its input ends."""
    return subprocess.Popen(
        [sys.executable, "-c", MAKE],
        cwd=tree,
        env={**os.environ, "PYTHONPATH": str(tree)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def make(tree: Path) -> tuple[Path, str]:
    """The environment's folder, and what was said while it was made."""
    output, said = start(tree).communicate(timeout=120)
    return Path(output.strip()), said


def pip_runs(folder: Path) -> bool:
    done = subprocess.run(
        [folder / "bin" / "python", "-m", "pip", "--version"], capture_output=True, check=False
    )
    return done.returncode == 0


def test_two_runs_at_once_make_one_environment(tree: Path) -> None:
    runs = [start(tree), start(tree)]
    folders, said = zip(*[run.communicate(timeout=120) for run in runs], strict=True)
    assert folders[0] == folders[1]
    assert pip_runs(Path(folders[0].strip()))
    assert sum("making the environment" in one for one in said if "waiting" not in one) == 1


def test_an_environment_that_was_left_half_made_is_finished_by_the_next_run(tree: Path) -> None:
    folder, _ = make(tree)
    (folder / "ready").unlink()
    shutil.rmtree(folder / "lib")
    assert not pip_runs(folder)
    assert make(tree)[0] == folder
    assert pip_runs(folder)


def test_a_made_environment_is_taken_as_it_is_without_a_word(tree: Path) -> None:
    folder, said = make(tree)
    assert "making the environment" in said
    assert make(tree) == (folder, "")


def test_a_changed_lock_file_makes_another_and_clears_the_old_one_unless_it_is_used(
    tree: Path,
) -> None:
    lock = tree / "locks" / "empty.txt"
    user = start(tree)
    assert user.stdout
    used = Path(user.stdout.readline().strip())
    lock.write_text("# nothing, again\n")
    second, _ = make(tree)
    assert used != second
    assert used.exists()
    user.communicate(timeout=10)
    lock.write_text("# nothing, a third time\n")
    third, _ = make(tree)
    assert sorted((tree / ".dev").glob("*-????????")) == [third]


def test_a_package_without_its_hash_is_refused_and_it_says_how_to_go_on(tree: Path) -> None:
    (tree / "locks" / "empty.txt").write_text("click==8.5.1\n")
    run = start(tree)
    _, said = run.communicate(timeout=120)
    assert run.returncode == 2
    assert "--require-hashes" in said
    assert "Run the same again to go on from here." in said
