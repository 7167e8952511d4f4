"""Which files of a tree are the project's own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from banyan.survey.adapters import files as adapter
from banyan.survey.adapters.files import find_files


def plant(root: Path, *paths: str) -> None:
    for path in paths:
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x = 1\n")


def git(root: Path, *words: str) -> None:
    name = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", "-C", str(root), *name, *words], check=True, capture_output=True)


def python(root: Path) -> list[str]:
    return [file.path for file in find_files(root).python]


FOREIGN = [
    ".hidden/a.py",
    ".a.py",
    "venv/lib/a.py",
    "node_modules/b/c.py",
    "a/__pycache__/b.py",
    "lib/python3.11/site-packages/django/a.py",
    "shop.egg-info/a.py",
    "build/lib/shop/models.py",
]


def test_what_is_not_the_projects_own_is_left_out(tmp_path: Path) -> None:
    plant(tmp_path, "manage.py", "shop/orders/models.py", "shop/build/views.py", *FOREIGN)
    (tmp_path / "venv" / "pyvenv.cfg").touch()
    assert python(tmp_path) == ["manage.py", "shop/build/views.py", "shop/orders/models.py"]


def test_templates_are_listed_apart(tmp_path: Path) -> None:
    plant(tmp_path, "a/templates/a/b.html", "a/templates/a/mail.txt", "README.txt", "a/b.jinja2")
    found = find_files(tmp_path)
    assert [file.path for file in found.templates] == [
        "a/b.jinja2",
        "a/templates/a/b.html",
        "a/templates/a/mail.txt",
    ]


def test_what_git_ignores_is_left_out(tmp_path: Path) -> None:
    plant(tmp_path, "a.py", "new/b.py", "local/c.py", "kept/d.py", "kept/e.py")
    git(tmp_path, "init")
    (tmp_path / ".gitignore").write_text("local/\nkept/*\n!kept/d.py\n")
    git(tmp_path, "add", "a.py", "kept/d.py")
    assert python(tmp_path) == ["a.py", "kept/d.py", "new/b.py"]
    assert python(tmp_path / "kept") == ["d.py"]


def test_a_clean_tree_is_the_same_with_git_and_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(tmp_path, "a.py", "b/c.py", "b/templates/d.html", *FOREIGN)
    (tmp_path / "venv" / "pyvenv.cfg").touch()
    git(tmp_path, "init")
    git(tmp_path, "add", "--all", "--force")
    with_git = find_files(tmp_path)
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    assert find_files(tmp_path) == with_git
    assert [file.path for file in with_git.python] == ["a.py", "b/c.py"]


def test_a_repository_in_the_repository_is_looked_into(tmp_path: Path) -> None:
    plant(tmp_path, "a.py", "vendored/b/c.py")
    git(tmp_path, "init")
    git(tmp_path / "vendored", "init")
    assert python(tmp_path) == ["a.py", "vendored/b/c.py"]


def test_a_folder_that_an_outer_repository_ignores_is_still_a_project(tmp_path: Path) -> None:
    plant(tmp_path, "inside/a.py")
    git(tmp_path, "init")
    (tmp_path / ".gitignore").write_text("inside/\n")
    assert python(tmp_path / "inside") == ["a.py"]


def test_git_runs_no_program_that_the_project_names(tmp_path: Path) -> None:
    plant(tmp_path, "a.py")
    git(tmp_path, "init")
    hook = tmp_path / "hook"
    hook.write_text(f"#!/bin/sh\ntouch {tmp_path}/was-run\n")
    hook.chmod(0o755)
    git(tmp_path, "config", "core.fsmonitor", str(hook))
    find_files(tmp_path)
    assert not (tmp_path / "was-run").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="needs links")
def test_two_names_of_one_file_are_read_once_and_a_loop_ends(tmp_path: Path) -> None:
    plant(tmp_path, "real/a.py")
    (tmp_path / "other").symlink_to("real")
    (tmp_path / "real" / "b.py").symlink_to("a.py")
    (tmp_path / "real" / "loop").symlink_to("..")
    (tmp_path / "real" / "self.py").symlink_to("self.py")
    found = find_files(tmp_path)
    assert [file.path for file in found.python] == ["real/a.py"]
    assert found.problems == []


@pytest.mark.skipif(sys.platform == "win32", reason="needs links")
def test_a_link_that_leads_out_is_told_and_not_followed(tmp_path: Path) -> None:
    plant(tmp_path, "outside/a.py", "inside/b.py")
    (tmp_path / "inside" / "c").symlink_to("../outside")
    (tmp_path / "inside" / "d.py").symlink_to("../outside/a.py")
    found = find_files(tmp_path / "inside")
    assert [file.path for file in found.python] == ["b.py"]
    assert [(one.file, one.id) for one in found.problems] == [
        ("c", "banyan.E806"),
        ("d.py", "banyan.E806"),
    ]


def test_a_huge_file_is_told_and_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(tmp_path, "a.py")
    (tmp_path / "b.py").write_text("x = 1\n" * 100)
    monkeypatch.setattr(adapter, "LARGEST", 100)
    found = find_files(tmp_path)
    assert [file.path for file in found.python] == ["a.py"]
    assert [(one.file, one.id) for one in found.problems] == [("b.py", "banyan.E803")]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs a name that is no Unicode")
def test_hostile_names_cost_nothing_but_a_finding(tmp_path: Path) -> None:
    plant(tmp_path, "a\nb.py", "c d/é.py")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.py")).touch()
    os.mkfifo(tmp_path / "pipe.py")
    (tmp_path / "folder.py").mkdir()
    found = find_files(tmp_path)
    assert [file.path for file in found.python] == ["a\nb.py", "c d/é.py"]
    assert [(one.file, one.id) for one in found.problems] == [("\\udcff.py", "banyan.E805")]


def test_what_is_no_folder_is_refused(tmp_path: Path) -> None:
    plant(tmp_path, "a.py")
    with pytest.raises(NotADirectoryError):
        find_files(tmp_path / "a.py")
