"""`banyan init` writes files with which the check passes, and writes nothing that is there anew."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from banyan.cli.entrance import banyan
from banyan.modules import load
from banyan.survey import survey
from banyan.survey.facts import Survey

ROOT = Path(__file__).parents[3]
PROJECTS = ROOT / "tests" / "assets" / "projects" / "survey"
CASES = sorted(folder.name for folder in PROJECTS.iterdir() if (folder / "banyan.toml").is_file())
FOREIGN = sorted(
    folder.name for folder in PROJECTS.iterdir() if folder.is_dir() and folder.name not in CASES
)


@pytest.fixture(autouse=True)
def a_cache_of_its_own(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    folder = tmp_path / "shop"
    shutil.copytree(
        ROOT / "examples" / "tangled_shop",
        folder,
        ignore=shutil.ignore_patterns("__pycache__", "banyan*.toml", "*.sqlite3*"),
    )
    return folder


def run(*arguments: str | Path, answer: str | None = None) -> Result:
    done = CliRunner().invoke(banyan, [str(one) for one in arguments], input=answer)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def texts(folder: Path) -> tuple[str, str]:
    return (
        (folder / "banyan.toml").read_bytes().decode(),
        (folder / "banyan.baseline.toml").read_bytes().decode(),
    )


def divided(found: Survey) -> list[tuple[object, ...]]:
    """The modules of a survey, but for their names, which are to fit ``banyan.toml``."""
    return sorted((one.packages, one.path, one.models, one.lines) for one in found.modules)


# --- The first time


@pytest.mark.parametrize("name", FOREIGN)
def test_what_is_written_for_a_foreign_project_is_read_again_and_passes(
    name: str, tmp_path: Path
) -> None:
    folder = tmp_path / name
    shutil.copytree(PROJECTS / name, folder)
    before = survey(folder)
    if not before.modules:
        pytest.fail(f"{name} has no app: it is no case for this test")

    written = run("init", folder)
    assert written.exit_code == 0, written.output

    project = load(folder / "banyan.toml")
    after = survey(folder)
    assert divided(after) == divided(before)
    assert {one.name for one in after.modules} == set(project.modules)
    assert len(after.couplings) == len(before.couplings)

    checked = run("check", folder)
    assert checked.exit_code == 0, checked.output
    again = run("init", folder)
    assert again.exit_code == 0, again.output
    assert "Nothing is to be done" in again.output


def test_it_says_what_it_wrote_and_shows_the_next_steps(shop: Path) -> None:
    done = run("init", shop)
    assert "6 modules" in done.output
    for shown in (".github/workflows/banyan.yml", ".gitlab-ci.yml", ".pre-commit-config.yaml"):
        assert shown in done.output


def test_a_new_tie_fails_the_check_after_it(shop: Path) -> None:
    run("init", shop)
    (shop / "common" / "fresh.py").write_text(
        "from payments.gateway import charge_card\n\ndef go():\n    charge_card(1, 2)\n"
    )
    checked = run("check", shop)
    assert checked.exit_code == 1
    assert "payments" in checked.output


def test_a_dry_run_writes_nothing_and_prints_both_files(shop: Path) -> None:
    done = run("init", shop, "--dry-run")
    assert not list(shop.glob("banyan*"))
    run("init", shop)
    for text in texts(shop):
        assert text in done.output


def test_a_baseline_that_is_there_stays_as_it_is(shop: Path) -> None:
    run("init", shop)
    (shop / "banyan.toml").unlink()
    (shop / "banyan.baseline.toml").write_text('schema = "banyan.baseline/1"\n')
    run("init", shop)
    assert texts(shop)[1] == 'schema = "banyan.baseline/1"\n'


# --- Again


def test_a_second_time_changes_nothing(shop: Path) -> None:
    run("init", shop)
    (shop / "banyan.toml").write_text(f"# mine\n{texts(shop)[0]}")
    before = texts(shop)
    assert run("init", shop, "--yes").exit_code == 0
    assert texts(shop) == before


@pytest.fixture
def grown(shop: Path) -> Path:
    """A shop with an app more than its file has, which was edited and has a style of its own."""
    run("init", shop)
    text = texts(shop)[0].replace("\n", "\r\n").rstrip() + "\r\n# the end, by hand"
    (shop / "banyan.toml").write_bytes(text.encode())
    fresh = shop / "fresh"
    fresh.mkdir()
    (fresh / "__init__.py").touch()
    (fresh / "apps.py").write_text(
        "from django.apps import AppConfig\n\n\nclass Fresh(AppConfig):\n    name = 'fresh'\n"
    )
    (fresh / "views.py").write_text("from orders import models\n")
    return shop


@pytest.mark.parametrize("answer", ["n\n", ""])
def test_what_has_come_is_told_and_not_added_without_a_yes(grown: Path, answer: str) -> None:
    before = texts(grown)
    done = run("init", grown, answer=answer)
    assert done.exit_code == 1
    assert "[modules.fresh]  fresh" in done.output
    assert "Nothing was changed" in done.output
    assert texts(grown) == before


@pytest.mark.parametrize("how", [{"answer": "y\n"}, {}])
def test_what_has_come_is_added_at_the_end_and_the_rest_stays(
    grown: Path, how: dict[str, str]
) -> None:
    before, baseline = texts(grown)
    done = run("init", grown, *([] if how else ["--yes"]), **how)
    assert done.exit_code == 0, done.output
    after = texts(grown)
    assert after[0].startswith(f"{before}\r\n\r\n# ")
    assert "\n" not in after[0].replace("\r\n", "")
    assert after[1] == baseline
    assert load(grown / "banyan.toml").modules["fresh"].calls == ("orders",)


def test_a_dry_run_prints_what_would_be_added(grown: Path) -> None:
    before = texts(grown)
    done = run("init", grown, "--dry-run")
    assert done.exit_code == 0
    assert '[modules.fresh]\napps = ["fresh"]\ncalls = ["orders"]\n' in done.output
    assert texts(grown) == before


def test_what_has_gone_is_told_with_its_line_and_left_to_its_owner(shop: Path) -> None:
    run("init", shop)
    before = texts(shop)
    shutil.rmtree(shop / "shipping")
    done = run("init", shop, "--yes")
    assert done.exit_code == 1
    line = next(
        number
        for number, text in enumerate(before[0].splitlines(), 1)
        if text == 'apps = ["shipping"]'
    )
    assert f"banyan.toml:{line}:9: 'shipping' of module 'shipping'" in done.output
    assert texts(shop) == before


def test_an_app_whose_name_was_mistyped_is_told_what_was_meant(shop: Path) -> None:
    run("init", shop)
    file = shop / "banyan.toml"
    file.write_text(file.read_text().replace('apps = ["shipping"]', 'apps = ["shiping"]'))
    done = run("init", shop, answer="n\n")
    assert "'shiping' of module 'shipping'. Did you mean 'shipping'?" in done.output


def test_a_baseline_that_is_missing_is_written_after_a_question(shop: Path) -> None:
    run("init", shop)
    before = texts(shop)
    (shop / "banyan.baseline.toml").unlink()
    assert run("init", shop, answer="n\n").exit_code == 1
    assert not (shop / "banyan.baseline.toml").exists()
    assert run("init", shop, answer="y\n").exit_code == 0
    assert texts(shop) == before


def test_apps_may_be_grouped_and_the_baseline_written_anew(shop: Path) -> None:
    (shop / "banyan.toml").write_text(
        '[project]\nname = "shop"\n[modules.sales]\napps = ["orders", "payments"]\n'
    )
    done = run("init", shop, "--yes")
    assert done.exit_code == 0, done.output
    assert "sales" in load(shop / "banyan.toml").modules
    assert "orders" not in load(shop / "banyan.toml").modules
    assert run("check", shop).exit_code == 0


def test_a_file_that_cannot_be_read_is_told_and_left_alone(shop: Path) -> None:
    (shop / "banyan.toml").write_text("[project\n")
    done = CliRunner().invoke(banyan, ["init", str(shop), "--yes"])
    assert "banyan.E001" in str(done.exception)
    assert (shop / "banyan.toml").read_text() == "[project\n"


def test_a_table_that_nothing_can_be_added_to_is_left_alone(shop: Path) -> None:
    text = 'modules = {orders = {}}\nproject = {name = "shop"}\n'
    (shop / "banyan.toml").write_text(text)
    done = CliRunner().invoke(banyan, ["init", str(shop), "--yes"])
    assert "take over by hand" in str(done.exception)
    assert (shop / "banyan.toml").read_text() == text


def test_a_folder_without_a_django_project_is_told(tmp_path: Path) -> None:
    done = CliRunner().invoke(banyan, ["init", str(tmp_path)])
    assert "There is no Django app" in str(done.exception)
    assert not list(tmp_path.iterdir())
