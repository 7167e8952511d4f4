"""Starts parts as process groups of their own, with a guardian that outlives us to end them."""

import asyncio
import contextlib
import os
import secrets
import signal
import subprocess
import sys
from asyncio.subprocess import DEVNULL, PIPE, STDOUT, Process
from collections.abc import Callable, Iterable

from banyan.workbench.adapters import birth, guardian
from banyan.workbench.parts import Part
from banyan.workbench.ports import Running

MARK = "BANYAN_RUN"
LONGEST_LINE = 64 * 1024
LAST_WORDS_WITHIN = 0.5

# -I and -S: nothing of the user's environment is read, and it starts in milliseconds.
_BARE_PYTHON = (sys.executable, "-I", "-S")


class Guardian:
    """The process that ends what we started if we cannot.

    Args:
        held: file descriptors that it shall keep open as long as anything may still run.
    """

    def __init__(self, held: Iterable[int] = ()) -> None:
        self.mark = f"{MARK}={secrets.token_hex(16)}"
        reading, self.pipe = os.pipe()
        self._process = subprocess.Popen(  # noqa: S603 - our own script
            [*_BARE_PYTHON, guardian.__file__, self.mark],
            stdin=reading,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=tuple(held),
            start_new_session=True,
            cwd="/",
        )
        os.close(reading)

    def forget(self, group: int) -> None:
        """A group has ended."""
        with contextlib.suppress(OSError):
            os.write(self.pipe, b"-%d\n" % group)

    def dismiss(self) -> None:
        """Let it end whatever is left, and wait for that."""
        os.close(self.pipe)
        self._process.wait()


class SubprocessLauncher:
    """Launches parts with asyncio, each in a session of its own."""

    def __init__(self, guardian: Guardian) -> None:
        self._guardian = guardian

    async def launch(self, part: Part, heard: Callable[[str], None]) -> Running:
        """See :class:`banyan.workbench.ports.Launcher`."""
        name, _, value = self._guardian.mark.partition("=")
        process = await asyncio.create_subprocess_exec(
            *_BARE_PYTHON,
            birth.__file__,
            str(self._guardian.pipe),
            str(os.getpid()),
            *part.command,
            stdin=DEVNULL,
            stdout=PIPE,
            stderr=STDOUT,
            cwd=part.folder,
            env=os.environ | part.environment | {name: value},
            pass_fds=(self._guardian.pipe,),
            start_new_session=True,
        )
        return _Group(process, asyncio.create_task(_listen(process, heard)), self._guardian)


class _Group:
    """A process group that we started."""

    def __init__(self, process: Process, listening: asyncio.Task[None], guardian: Guardian) -> None:
        self.pid = process.pid
        self._process = process
        self._listening = listening
        self._guardian = guardian

    async def wait(self) -> int:
        code = await self._process.wait()
        # A server that was killed leaves workers behind, which hold its port.
        self._signal(signal.SIGKILL)
        # Who has left the group may hold the pipe open: its last words are not waited for long.
        await asyncio.wait([self._listening], timeout=LAST_WORDS_WITHIN)
        self._listening.cancel()
        self._guardian.forget(self.pid)
        return code

    def terminate(self) -> None:
        self._signal(signal.SIGTERM)

    def kill(self) -> None:
        self._signal(signal.SIGKILL)

    def _signal(self, number: int) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, number)


async def _listen(process: Process, heard: Callable[[str], None]) -> None:
    assert process.stdout is not None  # noqa: S101 - it was asked for, which no type tells
    rest = b""
    while chunk := await process.stdout.read(LONGEST_LINE):
        *lines, rest = (rest + chunk).split(b"\n")
        for line in lines:
            heard(_text(line))
        if len(rest) > LONGEST_LINE:
            heard(_text(rest))
            rest = b""
    if rest:
        heard(_text(rest))


def _text(line: bytes) -> str:
    return line.decode(errors="replace").rstrip("\r")
