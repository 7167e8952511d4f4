"""Reads the history of a project's folder from its Git repository."""

import os
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, TypeAlias

from banyan.boundaries.advice.adapters.git import SECONDS, GitFailed, Running, git
from banyan.boundaries.advice.authors import is_bot
from banyan.boundaries.advice.changes import TWO_YEARS, Change, Log
from banyan.boundaries.advice.owners import PLACES as OWNERS_PLACES
from banyan.boundaries.advice.renames import Entry, Names

Progress: TypeAlias = Callable[[int], None]
"""Called with how many commits have been read."""

COMMITS: Final = 5_000
_SWEEPS: Final = ".git-blame-ignore-revs"
_LARGEST: Final = 3_000_000
"""Bytes; a larger CODEOWNERS is none for GitHub either."""
_FORMAT: Final = "--format=tformat:%H%x00%P%x00%ct%x00%aN%x00%aE"
_STATUS: Final = re.compile(rb"[ACDMRTUXB]\d*")
_HASH: Final = re.compile(r"[0-9a-f]{40,64}")


def read_log(
    root: Path,
    *,
    commits: int = COMMITS,
    since: int | None = None,
    seconds: float = SECONDS,
    progress: Progress | None = None,
) -> Log:
    """What the history says of a folder, which may be a part of its repository.

    Where there is no Git, no repository or no commit, the log is empty and says so.

    Args:
        commits: no more than that many are looked at, merges included.
        since: a moment; None for two years before the newest commit.
        seconds: how long reading may take; what was read by then is given.
    """
    try:
        head, moment = _head(root)
        prefix = git(root, "rev-parse", "--show-prefix").removesuffix("\n")
        is_shallow = git(root, "rev-parse", "--is-shallow-repository").strip() == "true"
        texts = _texts(root, (*OWNERS_PLACES, _SWEEPS))
    except GitFailed as failed:
        return Log(unseen=(str(failed),))
    start = moment - TWO_YEARS if since is None else since
    asked = _Asked(root, head, commits, start, prefix != "", is_shallow)
    read = _read(asked, seconds, progress)
    owners_file = next((one for one in OWNERS_PLACES if one in texts), "")
    if is_shallow:
        read.unseen.append(
            f"The history before {_day(read.oldest or moment)}: this is a shallow clone "
            "(`git fetch --unshallow` brings the rest)."
        )
    return Log(
        head=head,
        moment=moment,
        since=start,
        changes=tuple(read.changes),
        merges=read.merges,
        sweeps=frozenset(_HASH.findall(_uncommented(texts.get(_SWEEPS, "")))),
        owners=texts.get(owners_file, ""),
        owners_file=owners_file,
        prefix=prefix,
        unseen=tuple(read.unseen),
    )


def ancestors(root: Path, commit: str, since: int) -> frozenset[str]:
    """A commit and those that it was made upon, as far back as a moment.

    Raises:
        GitFailed: there is no such commit.
    """
    if not _HASH.fullmatch(commit):
        raise GitFailed(f"{commit!r} is not the full hash of a commit.")
    said = git(root, "rev-list", *_since(since), "--end-of-options", commit, "--")
    return frozenset((commit, *said.split()))


def moment_of(root: Path, commit: str) -> int:
    """When a commit was made.

    Raises:
        GitFailed: there is no such commit.
    """
    return _head(root, commit)[1]


def full_hash(root: Path, commit: str) -> str:
    """The whole of a hash that was cut short.

    Raises:
        GitFailed: there is no such commit, or several.
    """
    return _head(root, commit)[0]


def born(root: Path) -> int:
    """When the history begins, as far as it is here.

    Raises:
        GitFailed: there is no history.
    """
    said = git(root, "log", "--max-parents=0", "--format=tformat:%ct", "HEAD", "--")
    return min(map(int, said.split()))


@dataclass(frozen=True, slots=True)
class _Asked:
    """Which stretch of history is wanted."""

    root: Path
    head: str
    commits: int
    since: int
    is_part: bool
    is_shallow: bool

    def arguments(self, renames: list[str]) -> list[str]:
        return [
            # Where a shallow clone ends, a commit seems to make all files anew.
            *(["-c", "log.showRoot=false"] if self.is_shallow else []),
            "log",
            "-z",
            "--name-status",
            "--no-color",
            "--no-notes",
            "--no-ext-diff",
            "--no-textconv",
            "--no-show-signature",
            "--encoding=UTF-8",
            *(["--relative"] if self.is_part else []),
            *renames,
            _FORMAT,
            f"--max-count={self.commits}",
            *_since(self.since),
            "--end-of-options",
            self.head,
            "--",
            *(["."] if self.is_part else []),
        ]


@dataclass(slots=True)
class _Reading:
    """What has been read so far."""

    changes: list[Change] = field(default_factory=list[Change])
    merges: int = 0
    oldest: int = 0
    unseen: list[str] = field(default_factory=list[str])

    @property
    def commits(self) -> int:
        return len(self.changes) + self.merges


def _head(root: Path, commit: str = "HEAD") -> tuple[str, int]:
    try:
        said = git(root, "log", "-1", "--format=tformat:%H %ct", "--end-of-options", commit, "--")
    except GitFailed as failed:
        words = str(failed)
        if "does not have any commits yet" in words or "bad revision 'HEAD'" in words:
            raise GitFailed("The history: the repository has no commit yet.") from None
        raise
    found, moment = said.split()
    return found, int(moment)


def _read(asked: _Asked, seconds: float, progress: Progress | None) -> _Reading:
    until = time.monotonic() + seconds
    last = ""
    # Where blobs are missing, as in a partial clone, only files moved unchanged can be followed.
    for renames in (["-M", "-l400"], ["-M100%"]):
        read = _Reading()
        left = max(until - time.monotonic(), 1.0)
        try:
            with Running(asked.root, asked.arguments(renames), left) as running:
                _gather(running, read, progress)
        except GitFailed as failed:
            last = str(failed)
            continue
        if last:
            read.unseen.append(
                "Files that were renamed and changed at once are not followed: some of their "
                "earlier content is not in this clone."
            )
        if running.is_late:
            read.unseen.append(
                f"The history before {_day(read.oldest)}: reading it took longer than "
                f"{seconds:.0f} s."
            )
        elif not read.commits:
            read.unseen.append(f"The history: no commit since {_day(asked.since)} changed it.")
        elif read.commits >= asked.commits:
            read.unseen.append(
                f"The history before {_day(read.oldest)}: only the last {asked.commits:,} commits "
                "were read."
            )
        return read
    read = _Reading()
    read.unseen.append(last)
    return read


def _gather(running: Running, read: _Reading, progress: Progress | None) -> None:
    names = Names()
    tokens = running.tokens()
    token = next(tokens, None)
    while token is not None:
        commit = token.decode()
        parents, moment = next(tokens, b""), next(tokens, b"")
        author = next(tokens, b"").decode("utf-8", "replace")
        address = next(tokens, b"").decode("utf-8", "replace")
        entries: list[Entry] = []
        token = next(tokens, None)
        if token is not None and token.startswith(b"\n"):
            token = token[1:]
            while token is not None and _STATUS.fullmatch(token):
                paths = [os.fsdecode(next(tokens, b""))]
                if token[:1] in b"RC":
                    paths.append(os.fsdecode(next(tokens, b"")))
                entries.append(Entry(token[:1].decode(), *reversed(paths)))
                token = next(tokens, None)
        if token is None and running.is_late:
            # It may have been cut off in the middle of this one.
            return
        read.oldest = int(moment)
        if b" " in parents:
            read.merges += 1
        else:
            read.changes.append(
                Change(
                    commit=commit,
                    moment=int(moment),
                    author=author,
                    is_bot=is_bot(author, address),
                    paths=names.today(entries),
                )
            )
        if progress and read.commits % 500 == 0:
            progress(read.commits)


def _texts(root: Path, paths: tuple[str, ...]) -> dict[str, str]:
    """The texts of files of the newest commit, by their path in the repository; those there are."""
    said = git(root, "ls-tree", "-z", "-l", "--full-tree", "HEAD", "--", *paths)
    found: dict[str, str] = {}
    for row in filter(None, said.split("\0")):
        facts, _, path = row.partition("\t")
        _, kind, blob, size = facts.split()
        if kind == "blob" and size.isdigit() and int(size) <= _LARGEST:
            found[path] = git(root, "cat-file", "blob", blob)
    return found


def _since(moment: int) -> list[str]:
    return [f"--since=@{moment}"] if moment > 0 else []


def _uncommented(text: str) -> str:
    return "\n".join(line.partition("#")[0] for line in text.splitlines())


def _day(moment: int) -> str:
    return datetime.fromtimestamp(moment, UTC).date().isoformat()
