"""Looks back at what a past cut did: takes the snapshot, the history and the survey together."""

import re
import tempfile
from pathlib import Path
from typing import Final

from banyan.boundaries.advice.adapters.git import GitFailed
from banyan.boundaries.advice.adapters.git_log import (
    Progress,
    ancestors,
    born,
    full_hash,
    moment_of,
    read_log,
)
from banyan.boundaries.advice.adapters.git_tree import write_tree
from banyan.boundaries.advice.aftermath import (
    Aftermath,
    Turn,
    Windows,
    aftermath,
    window_of,
    windows,
)
from banyan.boundaries.advice.changes import DAY
from banyan.boundaries.advice.snapshots import Snapshot, snapshot
from banyan.errors import ConfigurationError
from banyan.survey import survey
from banyan.survey.facts import Survey

COMMITS: Final = 100_000
_SECONDS: Final = 120.0
_COMMIT: Final = re.compile(r"[0-9a-f]{7,64}")


def look_back(root: Path, now: Survey, earlier: str, progress: Progress | None = None) -> Aftermath:
    """What became of a project since an earlier state.

    Args:
        now: the survey of what is in ``root``.
        earlier: the path of a survey's or an advice's JSON, or the hash of a commit; of the last
            two, the survey is made again.
        progress: told how many commits have been read.

    Raises:
        ConfigurationError: it is none of these, or its commit is not in the repository.
    """
    taken = _taken(root, earlier)
    then = taken.survey or _surveyed(root, taken.commit)
    return aftermath(then, now, taken.commit, _windows(root, taken.commit, then, now, progress))


def _taken(root: Path, earlier: str) -> Snapshot:
    file = Path(earlier)
    if not file.is_file() and _COMMIT.fullmatch(earlier):
        try:
            return Snapshot(commit=full_hash(root, earlier))
        except GitFailed as failed:
            raise ConfigurationError(
                f"There is no commit {earlier} in {root}, and no file of that name.",
                hint=str(failed),
            ) from None
    try:
        return snapshot(file.read_bytes(), earlier)
    except OSError as error:
        raise ConfigurationError(
            f"The snapshot {earlier} can't be read: {error.strerror}.",
            hint="Give what `banyan survey -f json` wrote then, or the hash of a commit.",
        ) from None


def _surveyed(root: Path, commit: str) -> Survey:
    with tempfile.TemporaryDirectory(prefix="banyan-") as folder:
        # Under its own name, since a survey tells that.
        tree = Path(folder) / (root.resolve().name or "project")
        try:
            write_tree(root, commit, tree)
        except GitFailed as failed:
            raise ConfigurationError(
                f"The project as it was at {commit[:10]} can't be surveyed.", hint=str(failed)
            ) from None
        return survey(tree, cache=Path(folder) / ".cache")


def _windows(
    root: Path, commit: str, then: Survey, now: Survey, progress: Progress | None
) -> Windows:
    if not commit:
        return Windows(unseen=("How changes moved together: the snapshot names no commit.",))
    try:
        moment = moment_of(root, commit)
        length = window_of(moment, moment_of(root, "HEAD"), born(root))
        known = ancestors(root, commit, moment - length - DAY)
    except GitFailed as failed:
        return Windows(unseen=(f"How changes moved together. {failed}",))
    log = read_log(
        root, commits=COMMITS, since=moment - length, seconds=_SECONDS, progress=progress
    )
    turn = Turn(moment=moment, length=length, earlier=known)
    return windows(log, turn, (*then.modules, *now.modules))
