"""However a system ends, nothing of it is left running."""

import os
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


def started(folder: Path) -> tuple[subprocess.Popen[bytes], list[int]]:
    """A ``banyan up`` that is ready, and every process that belongs to it."""
    command = [sys.executable, "-m", "banyan.cli", "up", "services", "--fresh"]
    log = (folder.parent / "up.log").open("wb")
    up = subprocess.Popen(
        [*command, "--project", str(BAKERY), "--folder", str(folder), "--port", "18000"],
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    log.close()
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
    # Where the tests run under nohup, a child would inherit that this signal is ignored.
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    up, processes = started(tmp_path / "run")

    up.send_signal(number)
    status = up.wait(60)

    deadline = time.monotonic() + 20
    while left := [pid for pid in processes if alive(pid)]:
        assert time.monotonic() < deadline, left
        time.sleep(0.05)
    assert status == (-signal.SIGKILL if number is signal.SIGKILL else 0)


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
