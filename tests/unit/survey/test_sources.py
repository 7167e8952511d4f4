"""Reading a whole tree: in parallel, from the cache, and whatever happens meanwhile."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from banyan.survey.adapters import cache as cache_adapter
from banyan.survey.adapters import workers
from banyan.survey.adapters.cache import Cache, folder_of, make_room
from banyan.survey.adapters.readings import Task
from banyan.survey.adapters.sources import Sources, read_tree
from banyan.survey.adapters.tree_sitter import read, read_imports
from banyan.survey.adapters.workers import read_files
from banyan.survey.facts import Place
from banyan.survey.syntax import Import

OWN = Path(__file__).parents[3] / "src" / "banyan"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    (root / "shop" / "tests").mkdir(parents=True)
    (root / "shop" / "models.py").write_text("import a\nx = 1\n")
    (root / "shop" / "tests" / "test_models.py").write_text("import a\n\ndef f():\n    import b\n")
    (root / "shop" / "old.py").write_text("print 'x'\n")
    (root / "shop" / "broken.py").write_text("a = 1\nb = ]\n")
    # What was just written may change without a newer time, and is not trusted.
    for file in root.rglob("*.py"):
        os.utime(file, (1_000_000_000, 1_000_000_000))
    return root


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def test_tests_are_read_for_their_imports_and_the_rest_whole(project: Path, folder: Path) -> None:
    sources = read_tree(project, cache=folder)
    assert list(sources) == [
        "shop/broken.py",
        "shop/models.py",
        "shop/old.py",
        "shop/tests/test_models.py",
    ]
    test = sources.source("shop/tests/test_models.py")
    assert test.body == (Import(1, "a"), Import(4, "b", is_inner=True))
    assert not test.is_whole
    assert sources["shop/tests/test_models.py"].place is Place.TEST
    assert sources.source("shop/models.py") == read(b"import a\nx = 1\n")
    assert sources.lines == 9


def test_a_file_that_does_not_parse_costs_one_finding(project: Path) -> None:
    sources = read_tree(project, is_cached=False)
    assert [(one.file, one.line, one.id) for one in sources.problems] == [
        ("shop/broken.py", 2, "banyan.E801"),
        ("shop/old.py", 1, "banyan.E804"),
    ]
    assert sources.source("shop/broken.py").body


def test_what_is_sound_but_too_much_is_another_finding(project: Path) -> None:
    items = ", ".join(["0"] * 20_000)
    (project / "shop" / "table.py").write_text(f"import a\n\nx = [{items}]\n")
    (problem,) = (
        one for one in read_tree(project, is_cached=False).problems if one.file == "shop/table.py"
    )
    assert (problem.line, problem.id) == (3, "banyan.E808")
    assert "all but 5,000 of some 20,000 items" in problem.message


def test_a_second_run_reads_nothing_and_finds_the_same(project: Path, folder: Path) -> None:
    first = read_tree(project, cache=folder)
    second = read_tree(project, cache=folder)
    assert (first.reread, second.reread) == (4, 0)
    assert same(first, second)


def same(one: Sources, other: Sources) -> bool:
    return (
        dict(one) == dict(other)
        and one.problems == other.problems
        and all(one.source(path) == other.source(path) for path in one)
    )


def test_only_what_has_changed_is_read_again(project: Path, folder: Path) -> None:
    read_tree(project, cache=folder)
    (project / "shop" / "models.py").write_text("y = 22\n")
    (project / "shop" / "old.py").unlink()
    sources = read_tree(project, cache=folder)
    assert sources.reread == 1
    assert sources.source("shop/models.py") == read(b"y = 22\n")
    assert "shop/old.py" not in sources
    assert same(sources, read_tree(project, cache=folder))


def test_a_change_of_the_same_size_within_the_same_tick_is_seen(
    project: Path, folder: Path
) -> None:
    file = project / "shop" / "models.py"
    file.write_text("a = 1\n")
    read_tree(project, cache=folder)
    status = file.stat()
    file.write_text("b = 1\n")
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert read_tree(project, cache=folder).source("shop/models.py") == read(b"b = 1\n")


def test_what_was_only_touched_or_moved_is_known_by_its_content(
    project: Path, folder: Path
) -> None:
    read_tree(project, cache=folder)
    (project / "shop" / "models.py").rename(project / "shop" / "moved.py")
    os.utime(project / "shop" / "old.py")
    sources = read_tree(project, cache=folder)
    assert sources.reread == 0
    assert sources.source("shop/moved.py") == read(b"import a\nx = 1\n")


def test_a_file_that_becomes_a_test_is_read_as_one(project: Path, folder: Path) -> None:
    read_tree(project, cache=folder)
    (project / "shop" / "models.py").rename(project / "shop" / "test_it.py")
    sources = read_tree(project, cache=folder)
    assert sources.source("shop/test_it.py") == read_imports(b"import a\nx = 1\n")


def cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def flipped_at(place: int) -> Callable[[bytes], bytes]:
    def flip(data: bytes) -> bytes:
        at = place % len(data)
        return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]

    return flip


@pytest.mark.parametrize(
    "damage",
    [cut, lambda _: b"", lambda _: b"x" * 500, *map(flipped_at, [3, 20, 90, 200, -200, -20, -3])],
)
def test_a_damaged_cache_is_as_good_as_none(
    project: Path, folder: Path, damage: Callable[[bytes], bytes]
) -> None:
    expected = read_tree(project, cache=folder)
    (file,) = folder.iterdir()
    file.write_bytes(damage(file.read_bytes()))
    assert same(read_tree(project, cache=folder), expected)


def test_a_cache_of_another_reader_is_not_used(
    project: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_tree(project, cache=folder)
    monkeypatch.setattr(cache_adapter, "READER", cache_adapter.READER + 1)
    assert read_tree(project, cache=folder).reread == 4


def test_a_folder_that_cannot_be_written_costs_the_cache_alone(
    project: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    sources = read_tree(project, cache=tmp_path / "file" / "cache")
    assert len(sources) == 4


def test_nothing_is_left_in_the_project(project: Path, folder: Path) -> None:
    before = sorted(project.rglob("*"))
    read_tree(project, cache=folder)
    assert sorted(project.rglob("*")) == before
    assert [file.suffix for file in folder.iterdir()] == [".banyan-survey"]


def test_a_run_that_still_reads_the_old_cache_is_not_disturbed(project: Path, folder: Path) -> None:
    read_tree(project, cache=folder)
    one = read_tree(project, cache=folder)
    (project / "shop" / "models.py").write_text("y = 22\n")
    read_tree(project, cache=folder)
    assert one.source("shop/models.py") == read(b"import a\nx = 1\n")


def test_the_oldest_caches_go_when_all_are_too_large(tmp_path: Path) -> None:
    for age, name in enumerate(["new", "middle", "old"]):
        file = tmp_path / f"{name}.banyan-survey"
        file.write_bytes(b"x" * 100)
        os.utime(file, (1_000_000 - age, 1_000_000 - age))
    make_room(tmp_path, largest=250)
    assert sorted(file.stem for file in tmp_path.iterdir()) == ["middle", "new"]


def test_the_cache_is_where_the_desktop_has_caches(tmp_path: Path) -> None:
    assert folder_of({"XDG_CACHE_HOME": str(tmp_path)}) == tmp_path / "banyan"
    assert folder_of({"XDG_CACHE_HOME": "relative"}) == Path.home() / ".cache" / "banyan"


def test_two_projects_have_two_caches(project: Path, folder: Path, tmp_path: Path) -> None:
    assert Cache(folder, project).file != Cache(folder, tmp_path).file


# --- Processes


def tasks_of(root: Path) -> list[Task]:
    return [
        Task(str(file.relative_to(root)), file.stat().st_size, True) for file in root.rglob("*.py")
    ]


@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
@pytest.mark.parametrize("method", ["fork", "spawn"] if sys.platform == "linux" else ["spawn"])
def test_processes_read_what_one_reads(method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    tasks = tasks_of(OWN / "survey")
    alone = read_files(OWN / "survey", tasks, jobs=1)
    monkeypatch.setattr(workers, "_FEW", 0)
    steps: list[tuple[int, int]] = []
    together = read_files(
        OWN / "survey", tasks, jobs=2, method=method, progress=lambda *step: steps.append(step)
    )
    assert sorted(together) == sorted(alone)
    assert steps[-1] == (len(tasks), len(tasks))
    assert steps == sorted(steps)


def test_a_file_that_vanishes_or_may_not_be_read_is_an_error(tmp_path: Path) -> None:
    (reading,) = read_files(tmp_path, [Task("gone.py", 1, True)])
    assert reading.error == "no such file or directory"


def killed_by(path: str) -> Callable[[str, Task], workers.Reading]:
    def read_or_die(root: str, task: Task) -> workers.Reading:
        if task.path == path:
            os.kill(os.getpid(), signal.SIGKILL)
        return read_file(root, task)

    read_file = workers.read_file
    return read_or_die


@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
@pytest.mark.skipif(sys.platform != "linux", reason="the fake is handed on by a fork")
def test_a_killed_worker_costs_the_one_file_that_it_is_killed_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tasks = tasks_of(OWN / "survey")
    monkeypatch.setattr(workers, "_FEW", 0)
    monkeypatch.setattr(workers, "read_file", killed_by("syntax.py"))
    readings = read_files(OWN / "survey", tasks, jobs=2, method="fork")
    assert sorted(one.path for one in readings) == sorted(task.path for task in tasks)
    assert [one.path for one in readings if one.was_killed] == ["syntax.py"]


SCRIPT = """
import os, signal, sys
from pathlib import Path
from banyan.survey.adapters import workers

# As at a terminal: what a shell starts in the background is born with this signal ignored.
signal.signal(signal.SIGINT, signal.default_int_handler)

def note(task_root, task, read_file=workers.read_file):
    if task.path == "a5.py":
        print(os.getpid(), flush=True)
        while True:
            os.read(waiting, 1)
    return read_file(task_root, task)

waiting, _ = os.pipe()
workers.read_file = note
workers._FEW = 0
root = Path(sys.argv[1])
tasks = [workers.Task(f"a{n}.py", 1, True) for n in range(10)]
workers.read_files(root, tasks, jobs=2, method="fork")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the fake is handed on by a fork")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_nothing_is_left_running_when_the_run_is_ended(tmp_path: Path, how: int) -> None:
    for number in range(10):
        (tmp_path / f"a{number}.py").write_text("x = 1\n")
    command = [sys.executable, "-c", SCRIPT, str(tmp_path)]
    run = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
    )
    assert run.stdout is not None
    worker = int(run.stdout.readline())
    if how == signal.SIGINT:
        os.killpg(run.pid, how)
    else:
        os.kill(run.pid, how)
        # This one waits for good; the other one sees by itself that there is no more to do.
        os.kill(worker, signal.SIGTERM)
    # The pipe to here ends when the last process that has it does.
    rest, _ = run.communicate(timeout=30)
    assert rest == b""
    assert run.returncode != 0


def test_a_thousand_files_are_read_at_once(tmp_path: Path) -> None:
    root = tmp_path / "project"
    for number in range(20):
        folder = root / f"app{number}"
        folder.mkdir(parents=True)
        for other in range(50):
            (folder / f"f{other}.py").write_text(f"import a{other}\nx = {number}\n")
    started = time.monotonic()
    sources = read_tree(root, cache=tmp_path / "cache")
    assert len(sources) == 1_000
    assert time.monotonic() - started < 30
    shutil.rmtree(root / "app1")
    assert read_tree(root, cache=tmp_path / "cache").reread == 0
