"""Django's own `check` finds what `banyan check` finds, where it is asked for."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
SETTINGS = """
from pathlib import Path

BASE_DIR = Path(__file__).parent
SECRET_KEY = "x"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": BASE_DIR / "db.sqlite3"}}
INSTALLED_APPS = ["users", "orders", "banyan.boundaries"]
"""
MANAGE = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "settings"
from django.core.management import execute_from_command_line
execute_from_command_line(sys.argv)
"""
USER = "from django.db import models\n\nclass User(models.Model):\n    name = models.TextField()\n"
ORDER = """\
from django.db import models

class Order(models.Model):
    user = models.ForeignKey("users.User", on_delete=models.CASCADE)
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of two apps, with one relation too many."""
    (tmp_path / "settings.py").write_text(SETTINGS)
    (tmp_path / "manage.py").write_text(MANAGE)
    for name, models in (("users", USER), ("orders", ORDER)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").touch()
        (tmp_path / name / "models.py").write_text(models)
    (tmp_path / "banyan.toml").write_text(
        '[project]\nname = "shop"\n[modules.users]\n[modules.orders]\ncalls = ["users"]\n'
    )
    return tmp_path


def manage(project: Path, *arguments: str, folder: Path | None = None) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-W", "error", project / "manage.py", *arguments],
        cwd=folder or project,
        env={**os.environ, "XDG_CACHE_HOME": str(project / ".cache"), "PYTHONPATH": ""},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


@pytest.mark.parametrize(
    "tag", [["--tag", "boundaries"], ["--tag=boundaries"], ["-t", "boundaries"]]
)
def test_it_is_found_by_its_tag_wherever_it_is_started(
    project: Path, tag: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    status, told = manage(project, "check", *tag, folder=tmp_path_factory.mktemp("elsewhere"))
    assert status == 1, told
    assert "orders/models.py:4: (banyan.E104)" in told
    assert "HINT: Own: keep the column of the key" in told
    # By this it is known elsewhere that nothing was surveyed.
    assert (project / ".cache").is_dir()


def test_what_is_known_debt_is_not_told(project: Path) -> None:
    (project / "banyan.baseline.toml").write_text(
        'schema = "banyan.baseline/1"\n[users.orders]\n'
        'relation = ["orders.Order.user -> users.User"]\n'
    )
    status, told = manage(project, "check", "--tag", "boundaries")
    assert (status, "no issues" in told) == (0, True), told


def test_a_level_below_error_lets_the_command_pass(project: Path) -> None:
    with (project / "banyan.toml").open("a") as file:
        file.write('[check]\nlevels = {E104 = "warning"}\n')
    status, told = manage(project, "check", "--tag", "boundaries")
    assert status == 0
    assert "WARNINGS" in told
    assert "(banyan.E104)" in told


@pytest.mark.parametrize(
    "command", [["check"], ["check", "--tag", "models"], ["migrate", "--plan"]]
)
def test_commands_that_do_not_ask_for_it_survey_nothing(project: Path, command: list[str]) -> None:
    status, told = manage(project, *command)
    assert status == 0, told
    assert "banyan" not in told
    assert not (project / ".cache").exists()


def test_it_is_among_the_checks_of_a_deployment(project: Path) -> None:
    _, told = manage(project, "check", "--deploy")
    assert "(banyan.E104)" in told


def test_a_file_that_cannot_be_read_is_a_message(project: Path) -> None:
    (project / "banyan.toml").write_text("[project\n")
    status, told = manage(project, "check", "--tag", "boundaries")
    assert status == 1
    assert "(banyan.E001)" in told
    assert "Traceback" not in told
