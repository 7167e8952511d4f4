"""Puts the recorder into the interpreters that a command starts, by their environment alone."""

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from banyan.survey.recording.facts import Recording, recording_of

RECORDER = Path(__file__).parents[1] / "recorder"
ENTRANCE = '''"""Arms Banyan's recorder; whatever befalls it, the project runs."""

import os

try:
    from banyan_recorder.arming import arm
    arm(os.path.dirname(os.path.abspath(__file__)))
except Exception as error:
    import sys
    sys.stderr.write("banyan: this Python is not recorded: %r\\n" % error)
'''


def without(programs: Sequence[str], own: Path) -> list[str]:
    """The folders of programs but for our own, if the first: `uvx` puts it there.

    An environment that lacks Django is not the project's; its `python` is not what is meant.
    """
    is_first = bool(programs) and Path(programs[0]) == own
    return list(programs[1:] if is_first else programs)


class Premises:
    """A folder outside of the project with a copy of the recorder, and what it writes down.

    Args:
        root: the project's folder; lines outside of it are not its own.
    """

    def __init__(self, root: Path) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="banyan-record-")).resolve()
        self._facts = self._folder / "facts"
        self._facts.mkdir()
        shutil.copytree(
            RECORDER,
            self._folder / "banyan_recorder",
            ignore=shutil.ignore_patterns("__pycache__"),
        )
        (self._folder / "sitecustomize.py").write_text(ENTRANCE)
        told = {"root": str(root.resolve()), "facts": str(self._facts)}
        (self._folder / "recording.json").write_text(json.dumps(told))

    def __enter__(self) -> "Premises":
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)

    def environment(self, given: Mapping[str, str]) -> dict[str, str]:
        """An environment in which every Python records."""
        modules = [str(self._folder), given.get("PYTHONPATH", "")]
        programs = given.get("PATH", os.defpath).split(os.pathsep)
        if find_spec("django") is None:
            programs = without(programs, Path(sys.executable).parent)
        return {
            **given,
            "PYTHONPATH": os.pathsep.join(filter(None, modules)),
            "PATH": os.pathsep.join(programs),
        }

    def recording(self) -> Recording:
        """What was written down until now."""
        return recording_of(self._lines())

    def _lines(self) -> Iterator[bytes]:
        for file in sorted(self._facts.glob("*.jsonl")):
            with file.open("rb") as lines:
                yield from lines
