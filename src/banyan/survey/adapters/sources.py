"""A project's files as they are read: all at once, in parallel, and only what has changed."""

import os
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from banyan.survey.adapters.cache import Cache, Entry, folder_of
from banyan.survey.adapters.depth import deep
from banyan.survey.adapters.files import File, find_files
from banyan.survey.adapters.readings import Progress, Reading, Task, digest_of
from banyan.survey.damage import LEFT_OUT, Damage
from banyan.survey.facts import Place, Problem
from banyan.survey.places import place_of

if TYPE_CHECKING:
    from banyan.survey.syntax import Source

_MESSAGES: Final = {
    "banyan.E801": "a place in the file could not be read: {}",
    "banyan.E804": "the file is written for Python 2, and was read as far as it can be",
    "banyan.E808": "something in the file is too much, and was left out: {}",
}


_encode: Final = lru_cache(msgspec.msgpack.Encoder().encode)
_allows: Final = msgspec.msgpack.Decoder(tuple[tuple[int, str], ...]).decode


class Read(NamedTuple):
    """What is known of a file without a look at its tree.

    Attributes:
        tree: what tells what is in it from anything else: comments and blank ends are nothing.
    """

    digest: bytes
    place: Place | None
    lines: int
    damages: tuple[Damage, ...]
    tree: bytes = b""


class Sources(Mapping[str, Read]):
    """What was read of a project, by the files' paths.

    Attributes:
        root: the project's folder.
        templates: the paths of its templates.
        problems: the files that could not be read, or not whole.
        reread: how many files were read anew, for lack of a cache that knows them.
    """

    def __init__(
        self,
        root: Path,
        files: dict[str, Read],
        templates: tuple[str, ...],
        problems: tuple[Problem, ...],
        trees: "_Trees",
    ) -> None:
        self.root = root
        self.templates = templates
        self.problems = problems
        self.reread = len(trees.fresh)
        self._files = files
        self._trees = trees
        self._decoded: dict[str, Source] = {}

    def __getitem__(self, path: str) -> Read:
        return self._files[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)

    @property
    def lines(self) -> int:
        """How many lines all files have."""
        return sum(file.lines for file in self._files.values())

    def places(self) -> dict[str, Place | None]:
        """Each file and the sort of code in it."""
        return {path: file.place for path, file in self._files.items()}

    def mentions(self, path: str, names: Collection[str], part: str = "") -> bool:
        """Whether one of some names stands in a file, or a name that has a part in it."""
        blob = self._trees.blob(self.root, path)
        if part and part.encode() in blob:
            return True
        return any(_encode(name) in blob for name in names)

    def allows(self, path: str) -> tuple[tuple[int, str], ...]:
        """The comments of a file that allow findings, with their lines."""
        from banyan.survey.adapters.workers import inside

        blob = self._trees.blob(self.root, path)
        written = bytes(inside(blob).allows) if blob else b""
        return _allows(written) if written else ()

    def source(self, path: str) -> "Source":
        """What is in a file."""
        source = self._decoded.get(path)
        if source is None:
            source = self._decoded[path] = self._trees.decoded(self.root, path)
        return source

    def earlier(self, path: str, tree: bytes) -> "Source | None":
        """What was in a file by the cache as this run found it; None where it had another tree."""
        cache = self._trees.cache
        entry = cache.entries.get(path) if cache else None
        blob = cache.blob(entry) if cache and entry and entry.tree == tree else None
        return _decoded(blob) if blob else None


class _Trees:
    """The encoded trees: those that were just read, and those in the cache."""

    def __init__(self, cache: Cache | None) -> None:
        self.cache = cache
        self.fresh: dict[str, bytes] = {}
        self.kept: dict[str, Entry] = {}

    def blob(self, root: Path, path: str) -> bytes:
        """A file's tree; where the cache was damaged, it is read again."""
        blob = self.fresh.get(path)
        if blob is not None:
            return blob
        entry = self.kept[path]
        blob = self.cache.blob(entry) if self.cache else None
        if blob is None:
            from banyan.survey.adapters.workers import read_file

            with deep():
                blob = read_file(str(root), Task(path, entry.size, entry.is_whole)).blob
            self.fresh[path] = blob
        return blob

    def decoded(self, root: Path, path: str) -> "Source":
        return _decoded(self.blob(root, path))


def _decoded(blob: bytes) -> "Source":
    from banyan.survey.syntax import Source, decode

    if not blob:
        return Source(0, ())
    try:
        return decode(blob)
    except RecursionError:
        with deep():
            return decode(blob)


def read_tree(
    root: Path,
    *,
    cache: Path | None = None,
    is_cached: bool = True,
    jobs: int | None = None,
    progress: Progress | None = None,
    environment: Mapping[str, str] = os.environ,
) -> Sources:
    """Read all files of a project: tests for their imports, everything else whole.

    Args:
        cache: the folder for what is kept between runs; None for the user's own.
        is_cached: False to neither look there nor leave anything.
        jobs: how many processes read; None for as many as there are processors.

    Raises:
        NotADirectoryError: the root is no folder.
    """
    root = root.resolve()
    found = find_files(root)
    files = {file.path: file for file in found.python}
    kept = Cache(cache or folder_of(environment), root) if is_cached else None
    trees = _Trees(kept)
    tasks = _unknown(root, files, trees)
    read: dict[str, Read] = {
        path: Read(entry.digest, place_of(path), entry.lines, entry.damages, entry.tree)
        for path, entry in trees.kept.items()
    }
    problems = list(found.problems)
    for reading in _readings(root, tasks, jobs, progress):
        if reading.error or reading.was_killed:
            problems.append(_failure(reading))
            continue
        place = place_of(reading.path)
        read[reading.path] = Read(
            reading.digest, place, reading.lines, reading.damages, reading.tree
        )
        trees.fresh[reading.path] = reading.blob
    if kept is not None and _is_stale(kept, trees, files):
        _keep(root, kept, trees, files, read)
    for path, one in read.items():
        problems += _problems(path, one.damages)
    templates = tuple(file.path for file in found.templates)
    return Sources(root, dict(sorted(read.items())), templates, tuple(sorted(problems)), trees)


def _readings(
    root: Path, tasks: list[Task], jobs: int | None, progress: Progress | None
) -> list[Reading]:
    if not tasks:
        return []
    # Parsers are loaded only where something is read.
    from banyan.survey.adapters.workers import read_files

    return read_files(root, tasks, jobs=jobs, progress=progress)


def _is_whole(path: str) -> bool:
    return place_of(path) is not Place.TEST


def _unknown(root: Path, files: dict[str, File], trees: _Trees) -> list[Task]:
    """The files that the cache does not know, neither by their time nor by their content."""
    tasks: list[Task] = []
    contents = None
    for path, file in files.items():
        is_whole = _is_whole(path)
        entry = None
        if trees.cache and trees.cache.entries:
            entry = trees.cache.unchanged(path, file.size, file.modified, file.inode)
            if entry is None or entry.is_whole != is_whole:
                contents = contents or trees.cache.by_content()
                entry = _same_content(root, path, contents, is_whole=is_whole)
        if entry is None:
            tasks.append(Task(path, file.size, is_whole))
        else:
            trees.kept[path] = entry
    return tasks


def _same_content(
    root: Path, path: str, contents: dict[tuple[bytes, bool], Entry], *, is_whole: bool
) -> Entry | None:
    try:
        data = (root / path).read_bytes()
    except OSError:
        return None
    return contents.get((digest_of(data), is_whole))


def _is_stale(cache: Cache, trees: _Trees, files: dict[str, File]) -> bool:
    """Whether the cache lacks something, or has what is no more."""
    if trees.fresh or len(trees.kept) != len(cache.entries):
        return True
    return any(
        cache.unchanged(path, file.size, file.modified, file.inode) is None
        for path, file in files.items()
    )


def _keep(
    root: Path, cache: Cache, trees: _Trees, files: dict[str, File], read: dict[str, Read]
) -> None:
    def entries() -> Iterator[tuple[str, Entry, bytes]]:
        for path, one in read.items():
            file = files[path]
            entry = Entry(
                file.size,
                file.modified,
                file.inode,
                one.digest,
                one.tree,
                _is_whole(path),
                one.lines,
                one.damages,
                0,
                0,
                0,
            )
            yield path, entry, trees.blob(root, path)

    cache.keep(entries())


def _failure(reading: Reading) -> Problem:
    if reading.was_killed:
        message = (
            "the process that read the file was killed, twice; too little memory is the usual "
            "reason"
        )
        return Problem(file=reading.path, line=0, id="banyan.E807", message=message)
    message = f"the file or folder cannot be read: {reading.error}"
    return Problem(file=reading.path, line=0, id="banyan.E802", message=message)


def _problems(path: str, damages: tuple[Damage, ...]) -> Iterator[Problem]:
    """At most one of each sort for a file, however much is wrong with it."""
    sorts: dict[str, list[Damage]] = {}
    for damage in damages:
        if damage.reason == "Python 2":
            sort = "banyan.E804"
        elif damage.reason.startswith(LEFT_OUT):
            sort = "banyan.E808"
        else:
            sort = "banyan.E801"
        sorts.setdefault(sort, []).append(damage)
    for sort, (first, *more) in sorts.items():
        message = _MESSAGES[sort].format(first.reason.removeprefix(LEFT_OUT))
        if more:
            lines = ", ".join(str(damage.line) for damage in more[:5])
            message += f" (and so in line {lines}{', …' if len(more) > 5 else ''})"
        yield Problem(file=path, line=first.line, id=sort, message=message)
