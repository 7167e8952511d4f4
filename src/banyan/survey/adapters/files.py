"""Finds the files of a project: its Python and its templates, without what is not its own."""

import os
import posixpath
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from banyan.survey.facts import Problem

LARGEST: Final = 5_000_000
"""How many bytes a file may have that is read; what is larger was not written by people."""

_FOREIGN: Final = frozenset(
    {"__pycache__", "node_modules", "bower_components", "site-packages", "dist-packages"}
)
_ENVIRONMENT: Final = frozenset({"pyvenv.cfg", "conda-meta"})
_TEMPLATES: Final = frozenset({".html", ".htm", ".djhtml", ".jinja", ".jinja2", ".j2", ".mjml"})
_PERHAPS_TEMPLATES: Final = frozenset({".txt", ".xml", ".md", ".eml", ".json", ".js", ".css"})
_TEMPLATE_FOLDERS: Final = frozenset({"templates", "jinja2"})


class File(NamedTuple):
    """A file and what tells whether it has changed; the path has forward slashes."""

    path: str
    size: int
    modified: int
    inode: int


class Files(NamedTuple):
    """What was found in a tree, sorted by path."""

    python: list[File]
    templates: list[File]
    problems: list[Problem]


class _Listed(NamedTuple):
    """What Git does not ignore: files, the folders they are in, and repositories inside."""

    files: frozenset[str]
    folders: frozenset[str]


def find_files(root: Path) -> Files:
    """All files below a folder that are the project's own.

    Left out are hidden folders, environments, what was installed or built, and what Git ignores.
    A link is not followed: what it leads to is found under its own name, or is told when it lies
    outside.

    Raises:
        NotADirectoryError: the root is no folder.
    """
    root = root.resolve()
    if not root.is_dir():
        raise NotADirectoryError(str(root))
    found = Files([], [], [])
    waiting: list[tuple[str, _Listed | None]] = [("", _listed_by_git(root))]
    while waiting:
        folder, listed = waiting.pop()
        waiting += _look_into(root, folder, listed, found)
    for files in found:
        files.sort()
    return found


def _look_into(
    root: Path, folder: str, listed: _Listed | None, found: Files
) -> Iterator[tuple[str, _Listed | None]]:
    """Sort a folder's files, and give the folders in it that are to be looked into."""
    try:
        with os.scandir(f"{root}/{folder}") as scan:
            entries = list(scan)
    except OSError as error:
        found.problems.append(_unreadable(folder or ".", error))
        return
    names = {entry.name for entry in entries}
    if folder and names & _ENVIRONMENT:
        return
    for entry in entries:
        name = entry.name
        if name[0] == ".":
            continue
        path = f"{folder}/{name}" if folder else name
        if entry.is_symlink():
            _follow(root, path, entry, listed, found)
        elif entry.is_dir(follow_symlinks=False):
            if name in _FOREIGN or name.endswith((".egg", ".egg-info", ".dist-info")):
                continue
            if name == "build" and _is_built(entry.path):
                continue
            if listed is None or path in listed.folders:
                yield path, listed
            elif path in listed.files:
                # A repository in the repository, of which Git tells nothing more.
                yield path, None
        elif listed is None or path in listed.files:
            _add(path, entry, found)


def _add(path: str, entry: os.DirEntry[str], found: Files) -> None:
    _, suffix = posixpath.splitext(entry.name)
    if suffix == ".py":
        into = found.python
    elif suffix in _TEMPLATES or (
        suffix in _PERHAPS_TEMPLATES and not _TEMPLATE_FOLDERS.isdisjoint(path.split("/"))
    ):
        into = found.templates
    else:
        return
    try:
        if not entry.is_file(follow_symlinks=False):
            return
        status = entry.stat(follow_symlinks=False)
    except OSError as error:
        found.problems.append(_unreadable(path, error))
        return
    try:
        path.encode()
    except UnicodeEncodeError:
        found.problems.append(
            Problem(
                file=_printable(path),
                line=0,
                id="banyan.E805",
                message="the file's name is not Unicode, so that nothing can import it",
            )
        )
        return
    if status.st_size > LARGEST:
        message = (
            f"the file has {status.st_size:,} bytes, and was not read: "
            f"{LARGEST:,} is the most that is"
        )
        found.problems.append(Problem(file=path, line=0, id="banyan.E803", message=message))
        return
    into.append(File(path, status.st_size, status.st_mtime_ns, status.st_ino))


def _follow(
    root: Path, path: str, entry: os.DirEntry[str], listed: _Listed | None, found: Files
) -> None:
    """Tell of a link that leads out of the tree, where there may be code of the project's."""
    if listed is not None and path not in listed.files:
        return
    try:
        target = Path(entry.path).resolve(strict=True)
    except (OSError, RuntimeError):
        # It leads nowhere, or to itself.
        return
    if target == root or root in target.parents or target in root.parents:
        return
    if target.is_dir() or target.suffix == ".py":
        message = f"the link leads out of the project, to {_printable(str(target))}; not followed"
        problem = Problem(file=_printable(path), line=0, id="banyan.E806", message=message)
        found.problems.append(problem)


def _is_built(path: str) -> bool:
    """Whether a folder ``build`` was made by setuptools, and holds copies."""
    try:
        names = [entry.name for entry in Path(path).iterdir()]
    except OSError:
        return False
    return any(name == "lib" or name.startswith(("bdist.", "lib.")) for name in names)


def _unreadable(path: str, error: OSError) -> Problem:
    reason = (error.strerror or str(error)).lower()
    message = f"the file or folder cannot be read: {reason}"
    return Problem(file=_printable(path), line=0, id="banyan.E802", message=message)


def _printable(path: str) -> str:
    return path.encode("utf-8", "backslashreplace").decode()


def _listed_by_git(root: Path) -> _Listed | None:
    """The files that Git tracks or would; None without Git, or where it knows nothing of them."""
    git = shutil.which("git")
    if git is None:
        return None
    environment = {name: text for name, text in os.environ.items() if not name.startswith("GIT_")}
    environment["GIT_OPTIONAL_LOCKS"] = "0"
    # A project's own configuration may name a program to run: not for us.
    command = [git, "-c", "core.fsmonitor=false", "ls-files", "-z", "-co", "--exclude-standard"]
    try:
        done = subprocess.run(  # noqa: S603
            command, cwd=root, env=environment, capture_output=True, check=True, timeout=120
        )
    except (OSError, subprocess.SubprocessError):
        return None
    if not done.stdout:
        return None
    files = frozenset(os.fsdecode(path).rstrip("/") for path in done.stdout.split(b"\0") if path)
    folders: set[str] = set()
    for path in files:
        folder = posixpath.dirname(path)
        while folder and folder not in folders:
            folders.add(folder)
            folder = posixpath.dirname(folder)
    return _Listed(files, frozenset(folders))
