"""A survey that was made before is told again, until anything changes that it depends on."""

import subprocess
import sys
from pathlib import Path

import pytest

from banyan.survey import surveying
from banyan.survey.facts import Kind
from banyan.survey.following import Follower
from banyan.survey.recalling import survey

FILES = {
    "manage.py": "import os\nos.environ['DJANGO_SETTINGS_MODULE'] = 'settings'\n",
    "settings.py": "INSTALLED_APPS = ['orders', 'users', 'shipping']\n",
    "users/__init__.py": "",
    "users/models.py": "from django.db import models\nclass User(models.Model):\n"
    "    name = models.CharField()\n",
    "shipping/__init__.py": "",
    "shipping/models.py": "from django.db import models\nclass Parcel(models.Model):\n"
    "    name = models.CharField()\n",
    "orders/__init__.py": "",
    "orders/models.py": "from django.db import models\nclass Order(models.Model):\n"
    "    owner = models.ForeignKey('users.User', models.CASCADE)\n",
    "orders/views.py": "from orders.models import Order\ndef names():\n"
    "    return Order.objects.filter(owner__name='x')\n",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    for path, text in FILES.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return root


def looked_up(project: Path, cache: Path) -> set[tuple[str, str]]:
    found = survey(project, cache=cache).couplings
    return {(one.file, one.to) for one in found if one.kind is Kind.ORM_LOOKUP}


def test_a_second_run_goes_through_nothing_and_finds_the_same(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lay(*_: object) -> object:
        pytest.fail("the project was gone through again")

    first = survey(project, cache=tmp_path / "cache")
    assert first.couplings
    monkeypatch.setattr(surveying, "lay", lay)
    assert survey(project, cache=tmp_path / "cache") == first


def test_a_second_run_loads_nothing_that_looks_at_code(project: Path, tmp_path: Path) -> None:
    """Nor what only few runs need: to load it would take longer than the run itself."""
    cache = tmp_path / "cache"
    survey(project, cache=cache)
    code = (
        "import sys; from pathlib import Path; from banyan.survey import survey; "
        f"survey({str(project)!r}, cache=Path({str(cache)!r})); "
        "print(*sorted(set(sys.modules) & set(sys.argv[1:])))"
    )
    heavy = [
        *("banyan.survey.surveying", "banyan.survey.syntax", "tree_sitter", "tree_sitter_toml"),
        *("importlib.metadata", "multiprocessing", "rich", "sqlglot"),
    ]
    run = [sys.executable, "-c", code, *heavy]
    assert subprocess.run(run, capture_output=True, text=True, check=True).stdout.split() == []


def test_a_field_that_changes_changes_what_other_files_tell(project: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    assert looked_up(project, cache) == {("orders/views.py", "users")}
    models = project / "orders" / "models.py"
    models.write_text(models.read_text().replace("users.User", "shipping.Parcel"))
    assert looked_up(project, cache) == {("orders/views.py", "shipping")}


def test_a_module_that_is_declared_anew_is_seen(project: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    before = {one.name for one in survey(project, cache=cache).modules}
    (project / "banyan.toml").write_text(
        '[project]\nname = "shop"\nsettings = "settings"\n\n'
        '[modules.trade]\napps = ["orders", "shipping"]\n\n[modules.users]\napps = ["users"]\n'
    )
    after = {one.name for one in survey(project, cache=cache).modules}
    assert before == {"orders", "shipping", "users"}
    assert after == {"trade", "users"}


def test_what_is_kept_and_damaged_is_found_anew(project: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    first = survey(project, cache=cache)
    (kept,) = cache.glob("*-found*")
    for data in (b"", kept.read_bytes()[:-1], kept.read_bytes().replace(b"orders", b"ordeal")):
        kept.write_bytes(data)
        assert survey(project, cache=cache) == first


def test_a_folder_where_nothing_can_be_kept_costs_no_survey(project: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    assert survey(project, cache=tmp_path / "cache").couplings


def test_a_comment_and_a_test_that_change_cost_no_following(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def followed(*_: object) -> object:
        pytest.fail("the files were followed again")

    cache = tmp_path / "cache"
    tests = project / "orders" / "tests.py"
    tests.write_text("import users.models\n\ndef test_a():\n    assert 1\n")
    first = survey(project, cache=cache)
    with (project / "orders" / "views.py").open("a") as file:
        file.write("# a comment\n")
    tests.write_text("import users.models\n\ndef test_b():\n    assert 2\n")
    with monkeypatch.context() as patch:
        patch.setattr(Follower, "gather", followed)
        patch.setattr(Follower, "follow", followed)
        second = survey(project, cache=cache)
    assert second.couplings == first.couplings
    assert second.project.lines == first.project.lines + 1
    assert second == survey(project, cache=tmp_path / "another")


def test_a_comment_that_moves_code_moves_what_is_told(project: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    first = {one.line for one in survey(project, cache=cache).couplings if "views" in one.file}
    views = project / "orders" / "views.py"
    views.write_text("# a comment\n" + views.read_text())
    second = {one.line for one in survey(project, cache=cache).couplings if "views" in one.file}
    assert first
    assert second == {line + 1 for line in first}
