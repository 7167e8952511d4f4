"""Several processes at one work: what they answer, and what becomes of them."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from multiprocessing import active_children
from typing import Any

import pytest

from banyan.survey.adapters.crew import ForkedCrew
from banyan.survey.facts import Place
from banyan.survey.ports import Done, Lost
from banyan.survey.shares import divided

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="there is no safe fork"),
    # Threads that other tests have left idle in this process do no harm to these.
    pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning"),
]


class Counter:
    """Adds up what it is asked to, and remembers it."""

    def __init__(self, start: int) -> None:
        self.total = start

    def __call__(self, request: tuple[Any, ...], tell: Done) -> bytes:
        match request:
            case ("add", number):
                self.total += number
                for _ in range(number):
                    tell(1)
                return str(self.total).encode()
            case ("die",):
                os.kill(os.getpid(), signal.SIGKILL)
            case _:
                pass
        raise ValueError("that is nothing to be asked")


def ignored(_pieces: int) -> None:
    """Nobody is told."""


def test_only_a_process_of_one_thread_forks() -> None:
    show = (
        "import threading; from banyan.survey.adapters.crew import can_fork; print(can_fork());"
        "waits = threading.Event(); thread = threading.Thread(target=waits.wait); thread.start();"
        "print(can_fork()); waits.set(); thread.join()"
    )
    done = subprocess.run([sys.executable, "-c", show], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "False"]


def test_each_worker_answers_in_its_place_and_keeps_what_it_knows() -> None:
    with ForkedCrew([Counter(0), Counter(100)]) as crew:
        assert crew.ask(("add", 1), ignored) == [b"1", b"101"]
        assert crew.ask(("add", 2), ignored) == [b"3", b"103"]


def test_every_piece_is_told_of_once() -> None:
    told: list[int] = []
    with ForkedCrew([Counter(0), Counter(0)]) as crew:
        crew.ask(("add", 50), told.append)
    assert sum(told) == 100
    assert len(told) < 100


def test_a_worker_that_is_killed_is_lost_and_leaves_no_other() -> None:
    with ForkedCrew([Counter(0), Counter(0)]) as crew:
        with pytest.raises(Lost, match="killed"):
            crew.ask(("die",), ignored)
        crew.close()
    assert active_children() == []


def test_what_a_worker_fails_of_is_said() -> None:
    with ForkedCrew([Counter(0)]) as crew, pytest.raises(Lost, match="ValueError: that is nothing"):
        crew.ask(("sing",), ignored)


SCRIPT = """
import os
from banyan.survey.adapters.crew import ForkedCrew

def wait(request, tell):
    print(os.getpid(), flush=True)
    waiting, _ = os.pipe()
    while True:
        os.read(waiting, 1)

with ForkedCrew([wait, wait]) as crew:
    crew.ask(("wait",), print)
"""


def test_nothing_is_left_running_after_an_interrupt() -> None:
    run = subprocess.Popen(
        [sys.executable, "-c", SCRIPT],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    assert run.stdout is not None
    assert run.stdout.readline()
    assert run.stdout.readline()
    os.killpg(run.pid, signal.SIGINT)
    # The pipe to here ends when the last process that has it does.
    rest, _ = run.communicate(timeout=30)
    assert rest == b""
    assert run.returncode != 0


def test_shares_have_each_file_once_and_about_as_much_to_do() -> None:
    files: Mapping[str, tuple[Place | None, int]] = {
        f"app{number % 30}/file{number}.py": (None, 10 + number % 7) for number in range(600)
    }
    shares = divided(files, 3)
    assert sorted(path for share in shares for path in share) == sorted(files)
    loads = [sum(files[path][1] for path in share) for share in shares]
    assert max(loads) < 1.2 * min(loads)


def test_there_are_no_shares_without_files() -> None:
    assert divided({"a.py": (None, 3)}, 4) == [["a.py"]]
    assert divided({}, 4) == []
