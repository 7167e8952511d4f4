"""`banyan survey` and `banyan explain` as they are typed, on a survey that is given to them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.surveys import made, shop

from banyan.cli.explain import explain
from banyan.cli.survey import SUFFIXES, survey
from banyan.cli.surveying import Progress
from banyan.errors import ConfigurationError
from banyan.survey.facts import ProjectFacts, Survey
from banyan.survey.recording import encode
from banyan.survey.recording.facts import evidence_of


def reader(path: Path, progress: Progress | None = None) -> Survey:
    return shop()


def nothing(path: Path, progress: Progress | None = None) -> Survey:
    return Survey(project=ProjectFacts(name=path.name, files=3))


def run(*arguments: str, read: object = reader) -> Result:
    return CliRunner().invoke(survey, arguments, obj=read)


def test_without_more_it_prints_the_summary() -> None:
    done = run()
    assert done.exit_code == 0
    assert done.stdout.startswith("shop at 4be7d1c0ff: 5 modules")
    assert done.stderr == ""


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_files_name_says_its_format(suffix: str, tmp_path: Path) -> None:
    file = tmp_path / f"survey{suffix}"
    done = run("-o", str(file))
    assert done.exit_code == 0
    begins = {
        "json": "{\n",
        "html": "<!doctype html>",
        "sarif": "{\n",
        "mermaid": "---",
        "terminal": "shop at",
    }
    assert file.read_text().startswith(begins[SUFFIXES[suffix]])


def test_json_goes_to_standard_output_alone() -> None:
    done = run("-f", "json")
    assert json.loads(done.stdout)["schema"] == "banyan.survey/1"
    assert done.stderr == ""


def test_a_format_that_can_not_be_told_is_asked_for() -> None:
    done = run("-o", "survey.csv")
    assert done.exit_code == 2
    assert "survey.csv says no format" in done.stderr


def test_a_path_that_is_not_there_gets_one_clear_error() -> None:
    done = run("nowhere-at-all")
    assert done.exit_code == 2
    assert "'nowhere-at-all' does not exist" in done.stderr


def test_where_no_project_is_it_says_what_was_looked_for() -> None:
    done = run(read=nothing)
    assert isinstance(done.exception, ConfigurationError)
    assert "There is no Django app in" in done.exception.message
    assert "INSTALLED_APPS" in done.exception.hint


def test_a_report_that_can_not_be_written_gets_one_clear_error(tmp_path: Path) -> None:
    done = run("-o", str(tmp_path / "not-there" / "survey.html"))
    assert isinstance(done.exception, ConfigurationError)
    assert "can't be written" in done.exception.message


def test_only_a_page_is_opened() -> None:
    done = run("--open", "-f", "json")
    assert done.exit_code == 2


def test_progress_stays_off_what_is_no_terminal() -> None:
    seen: list[object] = []

    def watching(path: Path, progress: Progress | None = None) -> Survey:
        seen.append(progress)
        return made(3, 5)

    run(read=watching)
    assert seen == [None]


def explained(*arguments: str) -> Result:
    return CliRunner().invoke(explain, arguments, obj=reader)


def test_explain_shows_both_ways() -> None:
    done = explained("orders", "users")
    assert done.exit_code == 0
    assert done.stdout.startswith("orders and users: ")
    assert "Cut by a projection  (2)" in done.stdout
    assert "users → orders: 1 access" in done.stdout


def test_a_mistyped_module_gets_the_nearest_that_there_is() -> None:
    done = explained("oders", "users")
    assert done.exit_code == 2
    assert "there is no module 'oders' in this project. Did you mean orders?" in done.stderr


def test_a_module_that_is_like_none_gets_the_list() -> None:
    done = explained("orders", "xyzzy")
    assert "There are: catalogue, orders, payments, shipping, users" in done.stderr


def test_a_module_is_not_explained_to_itself() -> None:
    assert explained("orders", "orders").exit_code == 2


# --- Evidence


VIEWS = "shop/orders/views.py"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The files of the shop that ran."""
    file = tmp_path / VIEWS
    file.parent.mkdir(parents=True)
    file.write_text("def checkout():\n" + "    ...\n" * 60)
    return tmp_path


def recorded(file: Path, *lines: tuple[str, int, str]) -> str:
    """An evidence file of lines that read users."""
    facts: list[tuple[object, ...]] = [
        ("app", "orders", "shop.orders", "shop/orders"),
        ("table", "users_user", "users", "User", True),
        *(("access", *line, "SELECT", "users_user") for line in lines),
    ]
    file.write_bytes(encode(evidence_of(facts)))
    return str(file)


def test_what_was_recorded_is_told_beside_what_was_read(project: Path) -> None:
    file = recorded(project / "a.json", (VIEWS, 52, "checkout"))
    other = recorded(project / "b.json", (VIEWS, 58, "<lambda>"))
    done = run(str(project), "--evidence", file, "--evidence", other)
    assert done.exit_code == 0
    assert done.stderr == ""
    assert "Seen        1 of 11 accesses" in done.stdout
    assert "were also seen running; 1 were only seen" in done.stdout
    assert "Seen" not in run(str(project)).stdout


def test_explain_tells_what_was_seen(project: Path) -> None:
    file = recorded(project / "a.json", (VIEWS, 52, "checkout"), (VIEWS, 58, "<lambda>"))
    arguments = ["orders", "users", str(project), "--evidence", file]
    done = CliRunner().invoke(explain, arguments, obj=reader)
    lines = done.stdout.splitlines()
    assert [line.split()[0] for line in lines if "also seen running" in line] == [f"{VIEWS}:52"]
    assert [line.split()[0] for line in lines if "only seen running" in line] == [f"{VIEWS}:58"]


@pytest.mark.parametrize(
    "gone",
    [
        ("shop/orders/gone.py", 52, "checkout"),
        (VIEWS, 520, "checkout"),
        (VIEWS, 52, "renamed"),
        ("../outside.py", 1, "checkout"),
    ],
)
def test_evidence_of_another_version_is_told_once_and_only_what_fits_counts(
    gone: tuple[str, int, str], project: Path
) -> None:
    (project.parent / "outside.py").write_text("def checkout(): ...\n")
    file = recorded(project / "a.json", (VIEWS, 52, "checkout"), gone)
    done = run(str(project), "--evidence", file)
    assert done.exit_code == 0
    assert done.stderr.count("Warning") == 1
    assert "another version of this project: 1 of its 2 lines" in done.stderr
    assert "Seen        1 of 11" in done.stdout
    assert "; 0 were only seen" in done.stdout


def test_evidence_of_another_project_tells_nothing_and_that_is_said(project: Path) -> None:
    file = recorded(project / "a.json", ("blog/views.py", 3, "index"))
    done = run(str(project), "--evidence", file)
    assert done.exit_code == 0
    assert "is of another project" in done.stderr
    assert "none of its 1 files" in done.stderr
    assert "Seen" not in done.stdout


@pytest.mark.parametrize("text", ["", "{}", "not JSON", None])
def test_a_broken_evidence_file_is_one_clear_error(text: str | None, project: Path) -> None:
    file = project / "broken.json"
    if text is not None:
        file.write_text(text)
    done = run(str(project), "--evidence", str(file), read=nothing)
    assert isinstance(done.exception, ConfigurationError)
    assert "broken.json" in str(done.exception)
    assert "banyan record" in str(done.exception.hint)
