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
