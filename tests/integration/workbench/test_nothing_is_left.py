"""However a system ends, nothing of it is left running."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from banyan import workbench
from banyan.findings import FindingsError

BAKERY = Path(__file__).parents[2] / "assets" / "projects" / "bakery"
PATIENCE = 120.0


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


# As from a terminal, even if these tests were started by nohup, under which SIGHUP is ignored.
UP = """
import signal
signal.signal(signal.SIGHUP, signal.SIG_DFL)
from banyan.cli import main
main()
"""


def started(folder: Path, stdout: int | None = None) -> tuple[subprocess.Popen[bytes], list[int]]:
    """A ``banyan up`` that is ready, and every process that belongs to it."""
    command = [sys.executable, "-c", UP, "up", "services", "--fresh"]
    with (folder.parent / "up.log").open("wb") as log:
        up = subprocess.Popen(
            [*command, "--project", str(BAKERY), "--folder", str(folder), "--port", "18000"],
            stdout=log if stdout is None else stdout,
            stderr=log,
            start_new_session=True,
        )
    deadline = time.monotonic() + PATIENCE
    while True:
        systems = workbench.running(workbench.find(BAKERY), folder=folder)
        if systems and systems[0].is_ready:
            break
        assert up.poll() is None, (folder.parent / "up.log").read_text()
        assert time.monotonic() < deadline, (folder.parent / "up.log").read_text()
        time.sleep(0.1)
    text = str(folder).encode()
    leaders = {part.pid for part in systems[0].parts if part.pid}
    found = [
        int(entry.name)
        for entry in Path("/proc").glob("[0-9]*")
        if _group(int(entry.name)) in leaders or text in _read(entry / "environ")
    ]
    assert len(found) >= 5
    return up, found


def ended(up: subprocess.Popen[bytes], number: signal.Signals, processes: list[int]) -> int:
    """Its exit status after a signal, when nothing of it is left."""
    up.send_signal(number)
    try:
        status = up.wait(60)
    except subprocess.TimeoutExpired:
        # The guardian then ends the rest, so that no other test suffers.
        up.kill()
        up.wait()
        raise
    deadline = time.monotonic() + 20
    while left := [pid for pid in processes if alive(pid)]:
        assert time.monotonic() < deadline, left
        time.sleep(0.05)
    return status


def _group(pid: int) -> int:
    try:
        return os.getpgid(pid)
    except ProcessLookupError:
        return -1


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        return b""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_nothing_is_left_after(number: signal.Signals, tmp_path: Path) -> None:
    up, processes = started(tmp_path / "run")

    status = ended(up, number, processes)
    assert status == (-signal.SIGKILL if number is signal.SIGKILL else 0)


def test_nothing_is_left_when_its_folder_was_removed_meanwhile(tmp_path: Path) -> None:
    up, processes = started(tmp_path / "run")
    shutil.rmtree(tmp_path / "run")

    assert ended(up, signal.SIGTERM, processes) == 0


def test_nothing_is_left_when_nobody_reads_what_it_says_any_more(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    up, processes = started(tmp_path / "run", writing)
    os.close(reading)
    os.close(writing)
    # Of this death it has something to say.
    (system,) = workbench.running(workbench.find(BAKERY), folder=tmp_path / "run")
    os.kill(next(part.pid for part in system.parts if part.pid), signal.SIGKILL)

    assert ended(up, signal.SIGTERM, processes) == 0


def test_a_second_system_in_the_same_folder_is_refused(tmp_path: Path) -> None:
    with (
        workbench.run(BAKERY, "monolith", database="sqlite", folder=tmp_path) as system,
        pytest.raises(FindingsError, match="running already") as refusal,
        workbench.run(BAKERY, "monolith", database="sqlite", folder=tmp_path),
    ):
        pass
    assert system.url in str(refusal.value)


def test_a_part_that_cannot_start_says_why(tmp_path: Path) -> None:
    with (
        pytest.raises(FindingsError, match="last lines") as failure,
        workbench.run(
            BAKERY,
            "monolith",
            database="sqlite",
            folder=tmp_path,
            environment={"GRANIAN_BACKLOG": "no number"},
        ),
    ):
        pass
    assert failure.value.findings[0].id == "banyan.E716"
