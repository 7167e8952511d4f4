"""Writes the files of an earlier commit into a folder, as they are in the repository."""

import tempfile
from pathlib import Path, PurePosixPath
from typing import Final

from banyan.boundaries.advice.adapters.git import SECONDS, GitFailed, Running, git

_LARGEST: Final = 2_000_000
"""Bytes; no source is larger, and a survey reads nothing else."""
_FILES: Final = frozenset({"100644", "100755"})


def write_tree(root: Path, commit: str, into: Path) -> int:
    """Write what a folder of a repository was at a commit; how many files there are.

    Nothing of the repository is run: no hook, no filter, no checkout. Links and large files are
    left out.

    Args:
        commit: a full hash.
        into: a new folder.

    Raises:
        GitFailed: there is no such commit, or not all of it is here.
    """
    said = git(root, "ls-tree", "-r", "-z", "-l", commit)
    wanted: list[tuple[str, Path]] = []
    for row in filter(None, said.split("\0")):
        facts, _, path = row.partition("\t")
        mode, _, blob, size = facts.split()
        parts = PurePosixPath(path).parts
        # Git itself makes no such paths; who makes a repository by hand may.
        is_inside = not path.startswith("/") and not {"..", ".git"} & set(parts)
        if mode in _FILES and is_inside and size.isdigit() and int(size) <= _LARGEST:
            wanted.append((blob, into.joinpath(*parts)))
    into.mkdir(parents=True)
    with tempfile.TemporaryFile() as asked:
        asked.writelines(f"{blob}\n".encode() for blob, _ in wanted)
        asked.seek(0)
        with Running(root, ["cat-file", "--batch"], SECONDS, asked) as running:
            for _, file in wanted:
                head = running.output.readline().split()
                if len(head) != 3:
                    raise GitFailed(f"The files of {commit[:10]} are not all in this clone.")
                text = running.output.read(int(head[2]) + 1)[:-1]
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(text)
    return len(wanted)
