"""``banyan check`` ends with what it found, and changes nothing but a baseline that shrinks."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.unit.boundaries.made import coupling, survey_of

from banyan.boundaries.checking import violations
from banyan.boundaries.checking.adapters.files import read_baseline, write_baseline
from banyan.boundaries.checking.baseline import baseline_of
from banyan.cli.check import check
from banyan.errors import BanyanError
from banyan.survey.facts import Kind, Survey

KNOWN = coupling(Kind.MODEL_ACCESS, 3, verb="read", source="orders.views.known")
NEW = coupling(Kind.MODEL_ACCESS, 5, verb="read", source="orders.views.new", target="users.Card")
WARNING = coupling(Kind.TRANSACTION, 8, target="users.Card")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in ("orders", "payments", "users"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").touch()
    described = '[project]\nname = "shop"\n' + "".join(
        f"[modules.{name}]\n" for name in ("orders", "payments", "users")
    )
    (tmp_path / "banyan.toml").write_text(described)
    known = baseline_of(violations(survey_of(KNOWN)))
    write_baseline(tmp_path / "banyan.baseline.toml", known)
    return tmp_path


def run(survey: Survey, *arguments: str | Path) -> Result:
    return CliRunner().invoke(
        check, [str(one) for one in arguments], obj=lambda _path, _progress=None: survey
    )


def test_nothing_new_ends_with_0(project: Path) -> None:
    result = run(survey_of(KNOWN), project)
    assert result.exit_code == 0
    assert "shop: 0 new, 1 known, 0 fixed, 0 allowed" in result.output


def test_something_new_ends_with_1_and_says_where(project: Path) -> None:
    result = run(survey_of(KNOWN, NEW), project)
    assert result.exit_code == 1
    assert "orders/views.py:5  orders.views.new reads users.Card of users" in result.output
    assert "orders.views.known" not in result.output


def test_what_is_set_to_a_warning_is_told_and_ends_with_0(project: Path) -> None:
    with (project / "banyan.toml").open("a") as file:
        file.write('[check.levels]\nE108 = "warning"\n')
    result = run(survey_of(KNOWN, WARNING), project)
    assert result.exit_code == 0
    assert "1 new (1 warning)" in result.output


def test_what_was_fixed_fails_until_it_is_taken_out(project: Path) -> None:
    assert run(survey_of(), project).exit_code == 1
    result = run(survey_of(), project, "--update")
    assert result.exit_code == 0
    assert "1 removed, 0 renamed" in result.output
    left = read_baseline(project / "banyan.baseline.toml")
    assert left is not None
    assert not left.entries
    assert run(survey_of(), project).exit_code == 0


def test_to_update_adds_nothing(project: Path) -> None:
    before = (project / "banyan.baseline.toml").read_text()
    assert run(survey_of(KNOWN, NEW), project, "--update").exit_code == 1
    assert (project / "banyan.baseline.toml").read_text() == before


def test_without_a_baseline_there_is_nothing_to_update(project: Path) -> None:
    (project / "banyan.baseline.toml").unlink()
    result = run(survey_of(KNOWN), project, "--update")
    assert isinstance(result.exception, BanyanError)
    assert "no baseline to update: banyan.baseline.toml is not there" in str(result.exception)


def test_a_baseline_that_is_not_where_it_is_looked_for_is_named(project: Path) -> None:
    with (project / "banyan.toml").open("a") as file:
        file.write('[check]\nbaseline = "debt.toml"\n')
    result = run(survey_of(KNOWN), project)
    assert result.exit_code == 1
    assert "Next: debt.toml is not there: `banyan init` writes a baseline" in result.output


def test_a_level_for_a_rule_that_there_is_not_is_told_with_its_line(project: Path) -> None:
    with (project / "banyan.toml").open("a") as file:
        file.write('[check.levels]\nE108 = "warning"\nE188 = "warning"\n')
    result = run(survey_of(KNOWN), project)
    assert isinstance(result.exception, BanyanError)
    said = str(result.exception)
    assert "banyan.toml:8:1: banyan.E003 check.levels.E188" in said


def test_without_a_banyan_toml_it_works_and_says_how_to_begin(tmp_path: Path) -> None:
    result = run(survey_of(KNOWN), tmp_path)
    assert result.exit_code == 1
    assert "`banyan init` writes a banyan.toml" in result.output


def test_a_broken_baseline_gets_one_finding_with_its_line(project: Path) -> None:
    (project / "banyan.baseline.toml").write_text("<<<<<<< ours\n")
    result = run(survey_of(KNOWN), project)
    assert isinstance(result.exception, BanyanError)
    assert "banyan.baseline.toml:1: banyan.E124" in str(result.exception)


def test_a_report_goes_to_a_file(project: Path) -> None:
    report = project / "report.txt"
    assert run(survey_of(KNOWN, NEW), project, "-o", report).exit_code == 1
    assert "orders.views.new" in report.read_text()


def test_an_unknown_format_ends_with_2(project: Path) -> None:
    assert run(survey_of(), project, "--format", "poem").exit_code == 2


def test_it_prints_the_schema_of_a_baseline() -> None:
    assert '"banyan.baseline/1"' in run(survey_of(), "--schema").output
