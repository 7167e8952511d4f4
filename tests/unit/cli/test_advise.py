"""`banyan advise` as it is typed, on a survey that is given to it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.surveys import shop

from banyan.cli.advise import SUFFIXES, advise
from banyan.cli.surveying import Progress
from banyan.errors import ConfigurationError
from banyan.findings import FindingsError
from banyan.survey.facts import ProjectFacts, Survey
from banyan.survey.reports.json import render


def reader(path: Path, progress: Progress | None = None) -> Survey:
    return shop()


def nothing(path: Path, progress: Progress | None = None) -> Survey:
    return Survey(project=ProjectFacts(name=path.name))


def run(folder: Path, *arguments: str, read: object = reader) -> Result:
    return CliRunner().invoke(advise, [str(folder), *arguments], obj=read)


def test_without_more_it_says_to_stay_what_pays_anyway_and_what_to_say(tmp_path: Path) -> None:
    done = run(tmp_path)
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines()[:2] == [
        "shop at 4be7d1c0ff",
        "Stay a monolith: nothing says why any part of it should run apart.",
    ]
    for label in ("Why", "Pays anyway", "Begin with", "Modules", "Not seen", "Say", "Next"):
        assert f"\n{label} " in done.stdout


def test_where_there_is_no_git_it_says_what_it_could_not_see(tmp_path: Path) -> None:
    assert "no Git repository" in run(tmp_path).stdout


def test_what_banyan_toml_says_is_weighed(tmp_path: Path) -> None:
    (tmp_path / "shipping").mkdir()
    (tmp_path / "shipping" / "__init__.py").write_text("")
    (tmp_path / "banyan.toml").write_text(
        '[project]\nname = "shop"\n[advice]\npeople = 25\nteams = 3\n'
        '[modules.shipping.reasons]\nscaling = "Parcels are printed by the thousand."\n'
    )
    done = run(tmp_path)
    assert "Begin with one module, shipping: cut its data next." in done.stdout
    assert "\nCut " in done.stdout


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_files_name_says_its_format(suffix: str, tmp_path: Path) -> None:
    file = tmp_path / f"advice{suffix}"
    done = run(tmp_path, "-o", str(file))
    assert done.exit_code == 0, done.output
    begins = {"json": "{\n", "terminal": "shop at", "html": "<!doctype html>"}
    assert file.read_text().startswith(begins[SUFFIXES[suffix]])


def test_the_page_has_the_advice_and_the_survey(tmp_path: Path) -> None:
    page = run(tmp_path, "-f", "html").stdout
    assert "Stay a monolith: nothing says why any part of it should run apart." in page
    assert 'href="#advice"' in page
    assert 'href="#map"' in page
    assert "shop/orders/models.py" in page


def test_json_goes_to_standard_output_alone(tmp_path: Path) -> None:
    done = run(tmp_path, "-f", "json")
    assert json.loads(done.stdout)["schema"] == "banyan.advice/1"
    assert done.stderr == ""


def test_one_module_is_shown_in_full(tmp_path: Path) -> None:
    done = run(tmp_path, "--module", "orders")
    assert done.stdout.startswith("orders: rung 0, tangled; stay\n")
    assert "\nPrice " in done.stdout


def test_a_cut_shows_what_would_change(tmp_path: Path) -> None:
    done = run(tmp_path, "--cut", "users->orders", "--cut", "orders -> users")
    assert "without users->orders, orders->users: " in done.stdout


def test_what_was_asked_is_answered_and_nothing_else_is_printed(tmp_path: Path) -> None:
    said = run(tmp_path, "--cut", "orders->users").stdout.splitlines()
    assert said[0] == "shop at 4be7d1c0ff"
    assert said[1].startswith("What if      without orders->users: ")
    assert said[-1].startswith("The rest     banyan advise without --cut and --after ")
    assert not any(line.startswith(("Stay", "Why", "Modules", "Next")) for line in said)


def test_a_module_that_is_shown_comes_with_the_answer_to_what_was_asked(tmp_path: Path) -> None:
    said = run(tmp_path, "--cut", "orders->users", "--module", "orders").stdout.splitlines()
    assert said[0].startswith("orders: rung 0")
    assert said[1].startswith("What if      without orders->users: ")
    assert any(line.startswith("Price ") for line in said)


def test_a_cut_of_what_is_not_tied_is_said_to_cut_nothing(tmp_path: Path) -> None:
    said = run(tmp_path, "--cut", "catalogue->shipping").stdout
    assert "catalogue->shipping: nothing that counts ties the first to the second" in said
    assert "fewer" not in said


def test_an_earlier_survey_shows_what_became_of_it(tmp_path: Path) -> None:
    earlier = tmp_path / "earlier.json"
    earlier.write_text(render(shop()))
    done = run(tmp_path, "--after", str(earlier))
    assert "\nAfter " in done.stdout, done.output
    assert "Since 4be7d1c0ff: " in done.stdout
    assert "\nWhy " not in done.stdout


def test_couplings_are_counted_alike_in_the_advice_and_in_what_became_of_them(
    tmp_path: Path,
) -> None:
    earlier = tmp_path / "earlier.json"
    earlier.write_text(render(shop()))
    told = json.loads(run(tmp_path, "--after", str(earlier), "-f", "json").stdout)
    (count,) = [
        int(one.split()[0]) for one in told["reasoning"] if "couplings between 5 modules" in one
    ]
    assert (told["after"]["then"], told["after"]["now"]) == (count, count)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--module", "order"), "There is no module order. Did you mean orders?"),
        (("--cut", "orders->usrs"), "There is no module usrs. Did you mean users?"),
        (("--cut", "orders"), "'orders' is no cut; write it as --cut 'orders->users'."),
        (("--cut", "orders->orders"), "'orders->orders' is no cut: it names one module twice."),
        (("-o", "advice.csv"), "advice.csv says no format"),
        (("--module", "orders", "-f", "json"), "--module is shown on the terminal"),
    ],
)
def test_what_is_not_understood_is_said(
    arguments: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    done = run(tmp_path, *arguments)
    assert done.exit_code == 2
    assert said in " ".join(done.stderr.replace("│", " ").split())


def test_a_weight_that_there_is_not_is_found_before_anything_is_read(tmp_path: Path) -> None:
    def never(*_: object) -> Survey:
        raise AssertionError

    (tmp_path / "banyan.toml").write_text(
        '[project]\nname = "shop"\n[advice.weights]\nscalling = 3\n'
    )
    done = run(tmp_path, read=never)
    assert isinstance(done.exception, FindingsError)
    assert "scalling" in str(done.exception)


def test_a_folder_without_an_app_is_no_project(tmp_path: Path) -> None:
    assert isinstance(run(tmp_path, read=nothing).exception, ConfigurationError)


def test_a_report_that_can_not_be_written_is_said(tmp_path: Path) -> None:
    done = run(tmp_path, "-o", str(tmp_path / "missing" / "advice.json"))
    assert isinstance(done.exception, ConfigurationError)
