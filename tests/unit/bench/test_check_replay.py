"""The replay sees what each commit brings, and a check that told it elsewhere would be seen."""

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from bench.check_replay.__main__ import _of_all, _of_step
from bench.check_replay.history import History
from bench.check_replay.replaying import Step
from bench.check_replay.replaying import replay as replayed

USERS = "from django.db import models\nclass User(models.Model): pass\n"
ORDERS = "from django.db import models\nclass Order(models.Model):\n"
KEY = '    user = models.ForeignKey("users.User", models.CASCADE)\n'
READ = "from users.models import User\ndef first():\n    return User.objects.first()\n"


def commit(repository: Path, subject: str, files: dict[str, str]) -> None:
    for path, text in files.items():
        (repository / path).parent.mkdir(parents=True, exist_ok=True)
        (repository / path).write_text(text)
    for command in (
        ["git", "add", "-A"],
        ["git", "-c", "user.name=x", "-c", "user.email=x@x", "commit", "-qm", subject],
    ):
        subprocess.run(command, cwd=repository, check=True)


@pytest.fixture
def steps(tmp_path: Path) -> list[Step]:
    repository = tmp_path / "repository"
    repository.mkdir()
    subprocess.run(["git", "init", "-q"], cwd=repository, check=True)
    commit(
        repository,
        "begin",
        {
            "manage.py": 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "conf")\n',
            "conf.py": 'INSTALLED_APPS = ["orders", "users"]\n',
            "users/__init__.py": "",
            "users/models.py": USERS,
            "orders/__init__.py": "",
            "orders/models.py": ORDERS + "    pass\n",
        },
    )
    commit(repository, "a key", {"orders/models.py": ORDERS + KEY})
    commit(repository, "a comment", {"orders/models.py": "# why\n\n" + ORDERS + KEY})
    commit(repository, "rows", {"orders/views.py": READ})
    commit(repository, "moved", {"orders/views.py": "", "orders/pages.py": READ})
    commit(repository, "no key", {"orders/models.py": ORDERS + "    pass\n"})
    commit(repository, "again", {"orders/models.py": ORDERS + KEY})
    history = History(repository, tmp_path / "clone")
    return list(replayed(history, history.last(9), tmp_path / "cache"))


def test_each_commit_is_told_what_it_brings_and_takes(steps: list[Step]) -> None:
    told = {
        step.commit.subject: (
            sorted(one.rule for one in step.judged.new),
            sorted(one.violation.rule for one in step.judged.moved),
            sorted(one.rule for one in step.judged.fixed),
        )
        for step in steps
    }
    assert told == {
        "a key": (["relation"], [], []),
        "a comment": ([], [], []),
        "rows": (["access", "internals", "use"], [], []),
        "moved": ([], ["access", "internals"], []),
        "no key": ([], [], ["relation"]),
        "again": (["relation"], [], []),
    }
    assert all(step.is_right for step in steps)


def test_it_counts_what_came_again_and_what_was_told_elsewhere(steps: list[Step]) -> None:
    said = "\n".join(_of_all(steps))
    assert "6 commits, 4 of which bring 7 violations (6 different ones; 1 came again" in said
    assert "told at another commit than their own: 0; never told: 0" in said
    assert "told right: 6 of 6" in said


def test_what_is_told_late_is_seen(steps: list[Step]) -> None:
    first, second, *rest = steps
    late = [replace(first, told=frozenset()), replace(second, told=first.told), *rest]
    assert [step.is_right for step in late] == [False, False, True, True, True, True]
    assert "! brought, and not told: users orders relation" in "\n".join(_of_step(late[0]))
    assert "told right: 4 of 6" in "\n".join(_of_all(late))
