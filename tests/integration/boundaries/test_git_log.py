"""The history of real repositories, read by the real command."""

import os
import subprocess
from pathlib import Path

import pytest
from tests.integration.boundaries.repositories import Repository

from banyan.boundaries.advice.adapters.git import GitFailed
from banyan.boundaries.advice.adapters.git_log import ancestors, moment_of, read_log


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "shop")


def paths_of(root: Path) -> list[tuple[str, ...]]:
    return [change.paths for change in read_log(root).changes]


def test_commits_come_with_their_files_and_authors_the_newest_first(repository: Repository) -> None:
    repository.commit("orders/models.py", "users/models.py")
    head = repository.commit("orders/models.py", author="Bob")
    found = read_log(repository.root)
    assert [one.paths for one in found.changes] == [
        ("orders/models.py",),
        ("orders/models.py", "users/models.py"),
    ]
    assert [one.author for one in found.changes] == ["Bob", "Ada"]
    assert (found.head, found.moment, found.unseen) == (head, found.changes[0].moment, ())


def test_a_mailmap_says_who_is_who_and_addresses_are_nowhere(repository: Repository) -> None:
    (repository.root / ".mailmap").write_text(
        "Ada Lovelace <ada@shop.example> <old@shop.example>\n"
    )
    repository.commit("a.py", author="adal", address="old@shop.example")
    repository.commit("a.py", author="helper", address="x-bot@shop.example")
    found = read_log(repository.root)
    assert [one.author for one in found.changes] == ["helper", "Ada Lovelace"]
    assert [one.is_bot for one in found.changes] == [True, False]
    assert "@" not in repr(found)


def test_files_are_followed_through_renames(repository: Repository) -> None:
    repository.commit("old/models.py", "old/views.py")
    (repository.root / "new").mkdir()
    repository.git("mv", "old/models.py", "new/models.py")
    (repository.root / "new/models.py").write_text(
        (repository.root / "new/models.py").read_text() + "changed = 1\n"
    )
    repository.commit()
    assert paths_of(repository.root) == [("new/models.py",), ("new/models.py", "old/views.py")]


def test_merges_are_counted_and_what_they_merge_is_there_once(repository: Repository) -> None:
    repository.commit("a.py")
    repository.git("checkout", "-q", "-b", "side")
    repository.commit("b.py")
    repository.git("checkout", "-q", "main")
    repository.commit("c.py")
    repository.git("merge", "-q", "--no-ff", "-m", "Merge", "side")
    found = read_log(repository.root)
    assert found.merges == 1
    assert sorted(one.paths for one in found.changes) == [("a.py",), ("b.py",), ("c.py",)]


def test_of_a_subfolder_only_what_is_in_it(repository: Repository) -> None:
    repository.commit("back/orders/models.py", "front/app.js")
    repository.commit("front/app.js")
    repository.write(**{".gitignore": "x\n"})
    (repository.root / ".github").mkdir()
    (repository.root / ".github/CODEOWNERS").write_text("/back/ @back\n")
    repository.commit()
    found = read_log(repository.root / "back")
    assert [one.paths for one in found.changes] == [("orders/models.py",)]
    assert (found.prefix, found.owners, found.owners_file) == (
        "back/",
        "/back/ @back\n",
        ".github/CODEOWNERS",
    )


def test_a_worktree_has_the_history_of_its_own_branch(
    repository: Repository, tmp_path: Path
) -> None:
    repository.commit("a.py")
    repository.git("worktree", "add", "-q", "-b", "other", str(tmp_path / "other"))
    repository.commit("b.py")
    assert paths_of(tmp_path / "other") == [("a.py",)]


def test_a_shallow_clone_says_so_and_its_end_changes_nothing(
    repository: Repository, tmp_path: Path
) -> None:
    for name in ("a.py", "b.py", "c.py"):
        repository.commit(name)
    repository.git(
        "clone", "-q", "--depth=2", f"file://{repository.root}", str(tmp_path / "shallow")
    )
    found = read_log(tmp_path / "shallow")
    assert [one.paths for one in found.changes] == [("c.py",), ()]
    (said,) = found.unseen
    assert "2026-01-03" in said
    assert "git fetch --unshallow" in said


def test_where_blobs_are_missing_moved_files_are_followed_and_it_is_said(
    repository: Repository, tmp_path: Path
) -> None:
    repository.commit("old/models.py", "old/views.py")
    repository.git("mv", "old", "new")
    repository.commit()
    repository.commit("new/views.py")
    repository.git("mv", "new/views.py", "new/pages.py")
    repository.commit("new/pages.py")
    clone = tmp_path / "partial"
    repository.git("config", "uploadpack.allowFilter", "true")
    repository.git(
        "clone", "-q", "--filter=blob:none", "-n", f"file://{repository.root}", str(clone)
    )
    found = read_log(clone)
    assert "new/models.py" in found.changes[-1].paths
    assert any("not in this clone" in one for one in found.unseen)


def test_without_a_repository_it_says_so(tmp_path: Path) -> None:
    found = read_log(tmp_path)
    assert found.changes == ()
    assert found.unseen == ("The history: there is no Git repository here.",)


def test_without_a_commit_it_says_so(repository: Repository) -> None:
    assert read_log(repository.root).unseen == ("The history: the repository has no commit yet.",)


def test_without_git_it_says_so(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    repository.commit("a.py")
    monkeypatch.setenv("PATH", str(repository.root))
    assert read_log(repository.root).unseen == (
        "The history: the command `git` was not found here.",
    )


def test_no_more_commits_than_were_asked_for_and_it_says_so(repository: Repository) -> None:
    for number in range(4):
        repository.commit(f"{number}.py")
    found = read_log(repository.root, commits=2)
    assert [one.paths for one in found.changes] == [("3.py",), ("2.py",)]
    assert "only the last 2 commits" in found.unseen[0]


def test_two_years_before_the_newest_commit_are_enough(repository: Repository) -> None:
    repository.commit("a.py")
    repository.commit("b.py", days=700)
    repository.commit("c.py", days=100)
    assert paths_of(repository.root) == [("c.py",), ("b.py",)]
    assert len(read_log(repository.root, since=0).changes) == 3


def test_what_takes_too_long_is_cut_off_and_said(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit("a.py")
    log = repository.git("log", "-1", "--format=%H")
    # A git that answers all questions, and writes a log that does not end.
    git = subprocess.run(
        ["which", "git"], capture_output=True, text=True, check=True
    ).stdout.strip()
    slow = tmp_path / "bin/git"
    slow.parent.mkdir()
    slow.write_text(
        f'#!/bin/sh\ncase "$*" in *--name-status*)\n'
        f"printf '{log}\\0\\0001767312000\\0Ada\\0a\\0\\nM\\0a.py\\0{log}\\0'\n"
        "exec sleep 60;; esac\n"
        f'exec {git} "$@"\n'
    )
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", f"{slow.parent}:{os.environ['PATH']}")
    found = read_log(repository.root, seconds=1)
    assert [one.paths for one in found.changes] == [("a.py",)]
    assert "took longer than 1 s" in found.unseen[0]


def test_strange_names_of_files_and_people_are_what_they_are(repository: Repository) -> None:
    names = ["a\nb.py", "M", "0" * 40, "-rf", "tab\t.py", "\u00e9.py", ":(top)x", " ", 'quo"te']
    for name in names:
        (repository.root / name).write_text(name)
    (repository.root / os.fsdecode(b"\xff.py")).write_text("x")
    repository.commit(author='\x1b[2J"; rm -rf /')
    repository.commit("0" * 40)
    found = read_log(repository.root)
    assert found.changes[0].paths == ("0" * 40,)
    assert set(found.changes[1].paths) == {*names, os.fsdecode(b"\xff.py")}
    assert found.unseen == ()


def signed(repository: Repository) -> None:
    """Make the newest commit look like one that was signed."""
    head, _, message = repository.git("cat-file", "commit", "HEAD").partition("\n\n")
    signature = "gpgsig -----BEGIN PGP SIGNATURE-----\n \n xyz\n -----END PGP SIGNATURE-----"
    file = repository.root / ".git/signed"
    file.write_text(f"{head}\n{signature}\n\n{message}\n")
    made = repository.git("hash-object", "-t", "commit", "-w", str(file))
    repository.git("update-ref", "refs/heads/main", made)


def test_nothing_that_a_repository_names_is_run(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = tmp_path / "it was run"
    trap = tmp_path / "trap"
    trap.write_text(f'#!/bin/sh\ntouch "{mark}"\ncat\n')
    trap.chmod(0o755)
    (repository.root / ".gitattributes").write_text("*.py diff=trap filter=trap\n")
    repository.commit("a.py")
    repository.git("mv", "a.py", "b.py")
    repository.commit("b.py")
    for key in (
        "core.pager",
        "core.fsmonitor",
        "core.sshCommand",
        "core.askPass",
        "core.editor",
        "diff.external",
        "diff.trap.command",
        "diff.trap.textconv",
        "filter.trap.smudge",
        "filter.trap.clean",
        "gpg.program",
        "pager.log",
        "credential.helper",
    ):
        repository.git("config", key, str(trap))
    repository.git("config", "log.showSignature", "true")
    repository.git("config", "log.diffMerges", "on")
    repository.git("config", "diff.relative", "true")
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    for name in ("post-index-change", "reference-transaction", "fsmonitor-watchman"):
        (hooks / name).symlink_to(trap)
    repository.git("config", "core.hooksPath", str(hooks))
    signed(repository)
    # So that the traps are known to be ones.
    mark.unlink(missing_ok=True)
    repository.git("log", "-1", "--show-signature")
    assert mark.exists()
    mark.unlink()
    repository.git("log", "-2", "-p", "--ext-diff")
    assert mark.exists()
    mark.unlink()
    for variable in ("GIT_EXTERNAL_DIFF", "GIT_PAGER", "PAGER", "GIT_SSH", "GIT_ASKPASS"):
        monkeypatch.setenv(variable, str(trap))
    monkeypatch.setenv("GIT_DIR", str(tmp_path))
    monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_PARAMETERS", f"'diff.external={trap}'")
    assert paths_of(repository.root)[0] == ("b.py",)
    assert not mark.exists()


def test_formatting_commits_that_blame_ignores_are_named(repository: Repository) -> None:
    sweep = repository.commit("a.py")
    (repository.root / ".git-blame-ignore-revs").write_text(f"# {'b' * 40}\n{sweep}  # black\n")
    repository.commit()
    assert read_log(repository.root).sweeps == frozenset({sweep})


def test_the_ancestors_of_a_commit_are_known_and_no_option_passes_for_one(
    repository: Repository,
) -> None:
    first = repository.commit("a.py")
    second = repository.commit("b.py")
    repository.commit("c.py")
    assert ancestors(repository.root, second, 0) == {first, second}
    assert moment_of(repository.root, second) > moment_of(repository.root, first)
    for wrong in ("--output=/tmp/x", "HEAD", "", "f" * 40):
        with pytest.raises(GitFailed):
            ancestors(repository.root, wrong, 0)


def test_progress_is_told(repository: Repository, tmp_path: Path) -> None:
    stream = "".join(
        f"commit refs/heads/main\ncommitter A <a@b> {1767225600 + number} +0000\ndata 1\nx\n"
        f"M 100644 inline a.py\ndata {len(str(number))}\n{number}\n"
        for number in range(1_100)
    )
    subprocess.run(
        ["git", "fast-import", "--quiet"], cwd=repository.root, input=stream.encode(), check=True
    )
    told: list[int] = []
    read_log(repository.root, progress=told.append)
    assert told == [500, 1000]
