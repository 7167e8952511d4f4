"""The command behind `--` runs, ends and is stopped as it would be without us."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.integration.recording.depot import OWN_ENVIRONMENT, banyan

from banyan.survey.recording import decode

# Says when it is up, tells each signal, and ends with the number of signals it has had.
PATIENT = """
import signal, sys, django
had = []
for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
    signal.signal(number, lambda number, frame: had.append(number))
print("up", flush=True)
while not had:
    signal.pause()
signal.setitimer(signal.ITIMER_REAL, 0.5)  # a second one would have come by then
signal.signal(signal.SIGALRM, lambda number, frame: sys.exit(40 + len(had)))
while True:
    signal.pause()
"""


def started(folder: Path, script: str, **options: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "banyan.cli", "record", "--", sys.executable, "-c", script]
    return subprocess.Popen(
        command, cwd=folder, env=OWN_ENVIRONMENT, text=True, stdout=subprocess.PIPE, **options
    )  # type: ignore[call-overload, no-any-return]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_to_us_is_the_childs_and_the_evidence_is_kept(
    tmp_path: Path, number: signal.Signals
) -> None:
    with started(tmp_path, PATIENT, start_new_session=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "up\n"
        process.send_signal(number)
        assert process.wait(60) == 41
    assert decode((tmp_path / "evidence.json").read_bytes()).lines == ()


def test_ctrl_c_at_a_terminal_reaches_the_child_once(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "banyan.cli", "record", "--", sys.executable, "-c", PATIENT]
    process, terminal = os.forkpty()
    if not process:
        os.chdir(tmp_path)
        os.execve(sys.executable, command, OWN_ENVIRONMENT)  # noqa: S606
    with os.fdopen(terminal, "rb", buffering=0) as screen:
        shown = b""
        while b"up" not in shown:
            shown += screen.read(1000)
        os.write(terminal, b"\x03")
        _, status = os.waitpid(process, 0)
    assert os.waitstatus_to_exitcode(status) == 41
    assert (tmp_path / "evidence.json").exists()


def test_a_child_that_a_signal_ends_is_told_as_a_shell_tells_it(tmp_path: Path) -> None:
    script = "import django, os, signal; os.kill(os.getpid(), signal.SIGTERM)"
    done = banyan("record", "--", sys.executable, "-c", script, folder=tmp_path)
    assert done.returncode == 128 + 15


@pytest.mark.parametrize("status", [0, 3])
def test_the_childs_exit_status_and_output_are_ours(tmp_path: Path, status: int) -> None:
    script = f"import django, sys; print(input()); sys.exit({status})"
    done = subprocess.run(
        [sys.executable, "-m", "banyan.cli", "record", "--", sys.executable, "-c", script],
        cwd=tmp_path,
        env=OWN_ENVIRONMENT,
        input="hello\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (status, "hello\n")


@pytest.mark.parametrize(("status", "ours"), [(0, 1), (3, 3)])
def test_nothing_recorded_is_an_error_that_says_why(tmp_path: Path, status: int, ours: int) -> None:
    script = f"import django, sys; sys.exit({status})"
    done = banyan("record", "--", sys.executable, "-I", "-c", script, folder=tmp_path)
    assert done.returncode == ours
    assert "nothing was recorded" in done.stderr
    assert "tox" in done.stderr
    assert not (tmp_path / "evidence.json").exists()


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["record"], 2, "Write -- before the command"),
        (["record", "pytest", "-q"], 2, "banyan record -- pytest"),
        (["record", "--", "no-such-program"], 1, "'no-such-program' can't be run"),
        (["record", "-o", "no/such.json", "--", "true"], 1, "there is no folder"),
        (["record", "merge", "missing.json"], 1, "missing.json can't be read"),
        (["record", "merge", "other.json"], 1, "other.json is no evidence"),
        (["record", "--root", "nowhere", "--", "true"], 2, "nowhere"),
    ],
)
def test_what_is_wrong_is_said_in_one_error(
    tmp_path: Path, arguments: list[str], status: int, said: str
) -> None:
    (tmp_path / "other.json").write_text('{"format": "something else"}')
    done = banyan(*arguments, folder=tmp_path)
    assert done.returncode == status
    assert said in done.stderr
    assert "Traceback" not in done.stderr
