"""Reads many files in as many processes as there are processors."""

import gc
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import connection, get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Final

import msgspec

from banyan.survey.adapters.depth import deep
from banyan.survey.adapters.readings import Progress, Reading, Task, digest_of
from banyan.survey.adapters.tree_sitter import read, read_imports
from banyan.survey.syntax import Source, encode

_FEW: Final = 1_000_000
"""How many bytes are read faster than processes are started."""

_CHUNKS: Final = 12
"""How many chunks each worker gets, so that none has much to do when the others are done."""

_LARGEST_CHUNK: Final = 100


class _Inside(msgspec.Struct, array_like=True, tag=Source.__struct_config__.tag, gc=False):
    """A source of which nothing is decoded; its fields are those of a source."""

    lines: int
    body: msgspec.Raw
    is_whole: bool = True
    damages: msgspec.Raw = msgspec.Raw()
    allows: msgspec.Raw = msgspec.Raw()


inside: Final = msgspec.msgpack.Decoder(_Inside).decode


def read_file(root: str, task: Task) -> Reading:
    """Read one file; it never raises."""
    try:
        data = Path(root, task.path).read_bytes()
    except OSError as error:
        return Reading(task.path, error=(error.strerror or str(error)).lower())
    source = (read if task.is_whole else read_imports)(data)
    blob = encode(source)
    within = inside(blob)
    tree = digest_of(b"\0".join((within.body, within.damages, within.allows)))
    return Reading(task.path, digest_of(data), tree, blob, source.lines, source.damages)


def processors() -> int:
    """How many this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def read_files(
    root: Path,
    tasks: Sequence[Task],
    *,
    jobs: int | None = None,
    progress: Progress | None = None,
    method: str | None = None,
) -> list[Reading]:
    """Read files, in no order; each gives a reading.

    When the system kills a worker, what it held is read file by file in another one; the file
    that it is killed for again is told as an error.

    Args:
        jobs: how many processes; None for as many as there are processors.
        method: how they are started; None for the fastest that is safe here.
    """
    jobs = processors() if jobs is None else jobs
    tell = progress or _silence
    found: list[Reading] = []
    if jobs < 2 or len(tasks) < 2 or sum(task.size for task in tasks) < _FEW:
        with _unhindered():
            for task in tasks:
                found.append(read_file(str(root), task))
                tell(len(found), len(tasks))
        return found
    chunks = deque(_chunks(tasks, jobs))
    method = method or _method()
    for readings in _in_processes(str(root), chunks, jobs, method):
        found += readings
        tell(len(found), len(tasks))
    return found


def _silence(_done: int, _all: int) -> None:
    """Tell nobody."""


@contextmanager
def _unhindered() -> Iterator[None]:
    """Without the garbage collector, for which the trees have nothing, and with room to recurse."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        with deep():
            yield
    finally:
        if was_enabled:
            gc.enable()


def _method() -> str:
    # A fork copies but one thread, and may copy a lock that another holds.
    is_safe = sys.platform == "linux" and threading.active_count() == 1
    return "fork" if is_safe else "spawn"


def _chunks(tasks: Sequence[Task], jobs: int) -> list[list[Task]]:
    """Chunks of about the same weight, those of the largest files first."""
    # Reading the imports alone takes about half the time.
    ordered = sorted(tasks, key=lambda task: (-task.size >> (not task.is_whole), task.path))
    weight = sum(task.size >> (not task.is_whole) for task in tasks) // (jobs * _CHUNKS) + 1
    chunks: list[list[Task]] = [[]]
    left = weight
    for task in ordered:
        if left <= 0 or len(chunks[-1]) >= _LARGEST_CHUNK:
            chunks.append([])
            left = weight
        chunks[-1].append(task)
        left -= task.size >> (not task.is_whole)
    return chunks


class _Worker:
    """One process, and the chunk that it has."""

    def __init__(self, root: str, method: str, others: Sequence["_Worker"]) -> None:
        context = get_context("fork") if method == "fork" else get_context("spawn")
        self.pipe, theirs = context.Pipe()
        # A fork has the others' pipes too, and would keep them open.
        inherited = [self.pipe, *(one.pipe for one in others)] if method == "fork" else []
        self.process: BaseProcess = context.Process(
            target=_serve, args=(root, theirs, inherited), daemon=True
        )
        self.process.start()
        theirs.close()
        self.chunk: list[Task] = []

    def give(self, chunk: list[Task]) -> None:
        self.chunk = chunk
        # One that has died is seen when it is listened to.
        with suppress(BrokenPipeError, ConnectionResetError):
            self.pipe.send(chunk)

    def take(self) -> list[Reading] | None:
        """What came of the chunk; None when the process has died over it."""
        try:
            readings: list[Reading] = self.pipe.recv()
        except (EOFError, ConnectionResetError):
            return None
        self.chunk = []
        return readings

    def stop(self) -> None:
        self.pipe.close()
        self.process.terminate()
        self.process.join()
        self.process.close()


def _serve(root: str, pipe: Connection, inherited: Sequence[Connection]) -> None:
    # Ctrl-C goes to all; who started this one ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    for other in inherited:
        other.close()
    with _unhindered():
        while True:
            try:
                chunk: list[Task] = pipe.recv()
                pipe.send([read_file(root, task) for task in chunk])
            except (EOFError, BrokenPipeError, ConnectionResetError):
                return


def _in_processes(
    root: str, chunks: deque[list[Task]], jobs: int, method: str
) -> Iterator[list[Reading]]:
    workers: list[_Worker] = []
    try:
        for _ in range(min(jobs, len(chunks))):
            workers.append(_Worker(root, method, workers))
        for worker in workers:
            worker.give(chunks.popleft())
        while busy := {worker.pipe: worker for worker in workers if worker.chunk}:
            for pipe in connection.wait(list(busy)):
                worker = busy[pipe]  # type: ignore[index]
                readings = worker.take()
                if readings is None:
                    chunk = worker.chunk
                    workers.remove(worker)
                    worker.stop()
                    if len(chunk) == 1:
                        yield [Reading(chunk[0].path, was_killed=True)]
                    else:
                        chunks.extend([task] for task in chunk)
                    if chunks:
                        workers.append(worker := _Worker(root, method, workers))
                        worker.give(chunks.popleft())
                    continue
                if chunks:
                    worker.give(chunks.popleft())
                yield readings
    finally:
        for worker in workers:
            worker.stop()
