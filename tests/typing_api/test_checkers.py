"""What mypy and pyright, both strict, accept of Banyan's interface, and what they must report.

The examples say on the line itself what is expected: ``# EXPECT: mypy[code] pyright[rule]``.
Everything else in them must pass, without plug-ins and without generated code.
"""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
EXAMPLES = HERE / "examples"
MARK = re.compile(r"# EXPECT: (.*)$")
REPORTER = re.compile(r"(\w+)\[([\w,-]+)\]")

Reported = set[tuple[str, int, str]]


def expected(checker: str) -> Reported:
    """What the lines of the examples say that this checker reports."""
    return {
        (file.name, number, code)
        for file in EXAMPLES.glob("*.py")
        for number, line in enumerate(file.read_text().splitlines(), start=1)
        for mark in MARK.findall(line)
        for name, codes in REPORTER.findall(mark)
        if name == checker
        for code in codes.split(",")
    }


def run(checker: str, *arguments: str) -> str:
    """The output of a checker over the examples."""
    command = [sys.executable, "-m", checker, *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    return done.stdout


def mypy() -> Reported:
    config = str(HERE / "mypy.ini")
    output = run("mypy", f"--config-file={config}", "--output=json", str(EXAMPLES))
    messages = [json.loads(line) for line in output.splitlines() if line.startswith("{")]
    return {
        (Path(message["file"]).name, message["line"], message["code"])
        for message in messages
        if message["severity"] == "error"
    }


def pyright() -> Reported:
    config = str(HERE / "pyrightconfig.json")
    output = run("pyright", "--outputjson", f"--pythonpath={sys.executable}", f"--project={config}")
    return {
        (
            Path(message["file"]).name,
            message["range"]["start"]["line"] + 1,
            message.get("rule", "error"),
        )
        for message in json.loads(output)["generalDiagnostics"]
        if message["severity"] == "error"
    }


@pytest.mark.slow
@pytest.mark.parametrize("check", [mypy, pyright], ids=["mypy", "pyright"])
def test_a_checker_reports_the_marked_lines_and_accepts_all_others(
    check: Callable[[], Reported],
) -> None:
    reported, wanted = check(), expected(check.__name__)

    assert wanted
    assert sorted(reported - wanted) == []
    assert sorted(wanted - reported) == []
