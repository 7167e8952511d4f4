"""Processes that each do a part of one work and keep what they come to know of it."""

import gc
import signal
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing import connection, get_context
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, Final, NamedTuple, Self

from banyan.survey.ports import Done, Lost, Worker

_OFTEN: Final = 16
"""After how many pieces a process tells of them."""


class _Told(NamedTuple):
    """How many pieces more are done."""

    pieces: int


class _Answer(NamedTuple):
    content: bytes


class _Failure(NamedTuple):
    reason: str


def can_fork() -> bool:
    """Whether what this process knows can be given to others by a fork, and safely."""
    # A fork copies but one thread, and may copy a lock that another holds.
    return sys.platform == "linux" and threading.active_count() == 1


class ForkedCrew:
    """One process for each worker, with a copy of all that was known when it was made.

    To be closed, as by ``with``; that ends the processes, whatever they are at.
    """

    def __init__(self, workers: Sequence[Worker]) -> None:
        context = get_context("fork")
        self._pipes: list[Connection] = []
        self._processes: list[Any] = []
        # What is known already is not looked through by anyone's collector, which would copy it.
        gc.freeze()
        try:
            for worker in workers:
                ours, theirs = context.Pipe()
                inherited = [*self._pipes, ours]
                process = context.Process(
                    target=_serve, args=(worker, theirs, inherited), daemon=True
                )
                self._pipes.append(ours)
                process.start()
                self._processes.append(process)
                theirs.close()
        except BaseException as error:
            self.close()
            if isinstance(error, OSError):
                raise Lost(f"no process could be started: {error}") from error
            raise
        finally:
            gc.unfreeze()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def ask(self, request: tuple[Any, ...], tell: Done) -> list[bytes]:
        """What all answer to a request, in the order of the workers.

        Args:
            tell: is told how many pieces more are done.

        Raises:
            Lost: a process has died, or could not answer.
        """
        answers: dict[Connection, bytes] = {}
        for pipe in self._pipes:
            # One that has died is seen when it is listened to.
            with suppress(BrokenPipeError, ConnectionResetError):
                pipe.send(request)
        while waiting := [pipe for pipe in self._pipes if pipe not in answers]:
            ready = connection.wait(waiting)
            for pipe in [one for one in waiting if one in ready]:
                match _received(pipe):
                    case _Told(pieces):
                        tell(pieces)
                    case _Answer(content):
                        answers[pipe] = content
                    case _Failure(reason):
                        raise Lost(reason)
        return [answers[pipe] for pipe in self._pipes]

    def close(self) -> None:
        """End the processes."""
        for pipe in self._pipes:
            pipe.close()
        for process in self._processes:
            process.terminate()
        for process in self._processes:
            process.join()
            process.close()
        self._pipes, self._processes = [], []


def _received(pipe: Connection) -> _Told | _Answer | _Failure:
    try:
        received: _Told | _Answer | _Failure = pipe.recv()
    except (EOFError, ConnectionResetError):
        return _Failure("a process was killed; too little memory is the usual reason")
    return received


def _serve(worker: Worker, pipe: Connection, inherited: Sequence[Connection]) -> None:
    # Ctrl-C goes to all; who started this one ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    for other in inherited:
        other.close()
    gc.disable()
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            request: tuple[Any, ...] = pipe.recv()
            count = _Count(pipe)
            answer = _answered(worker, request, count)
            count.tell()
            pipe.send(answer)


def _answered(worker: Worker, request: tuple[Any, ...], tell: Done) -> _Answer | _Failure:
    try:
        return _Answer(worker(request, tell))
    except (BrokenPipeError, ConnectionResetError):
        raise
    except Exception as error:
        # The work is done again where it was asked for, and fails there for all to see.
        return _Failure(f"{type(error).__name__}: {error}")


class _Count:
    """Tells of pieces, some at a time."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._pieces = 0

    def __call__(self, pieces: int) -> None:
        self._pieces += pieces
        if self._pieces >= _OFTEN:
            self.tell()

    def tell(self) -> None:
        if self._pieces:
            self._pipe.send(_Told(self._pieces))
            self._pieces = 0
