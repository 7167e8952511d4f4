"""`banyan document` as it is typed, on a survey that is given to it."""

from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result
from tests.advices import shop_advice
from tests.surveys import shop

from banyan.cli.document import document
from banyan.cli.surveying import Progress
from banyan.errors import ConfigurationError
from banyan.survey.facts import Survey


def reader(path: Path, progress: Progress | None = None) -> Survey:
    return shop()


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(document, list(map(str, arguments)), obj=reader)


def test_pages_are_written_and_then_hold(tmp_path: Path) -> None:
    done = run(tmp_path, "-o", tmp_path / "pages")
    assert done.exit_code == 0
    assert "7 files, 0 of them as they were" in done.stdout
    assert "7 files, 7 of them as they were" in run(tmp_path, "-o", tmp_path / "pages").stdout
    assert run(tmp_path, "-o", tmp_path / "pages", "--check").exit_code == 0


def test_check_names_what_is_out_of_date_and_writes_nothing(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    run(tmp_path, "-o", pages)
    (pages / "modules" / "users.md").unlink()
    index = pages / "index.md"
    index.write_text(index.read_text() + "by hand\n")
    done = run(tmp_path, "-o", pages, "--check")
    assert done.exit_code == 1
    assert done.stdout.splitlines() == [
        f"{index}: out of date",
        f"{pages / 'modules' / 'users.md'}: missing",
    ]
    assert "without --check" in done.stderr
    assert index.read_text().endswith("by hand\n")


def test_an_advice_adds_rungs_and_verdicts(tmp_path: Path) -> None:
    file = tmp_path / "advice.json"
    file.write_bytes(msgspec.json.encode(shop_advice()))
    assert run(tmp_path, "-o", tmp_path / "pages", "--advice", file).exit_code == 0
    assert "cut its data next" in (tmp_path / "pages" / "index.md").read_text()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("{", "truncated"),
        ("{}", "missing required"),
        ('{"schema": "other/1"}', "missing required"),
        ("\udcff", "is no advice"),
    ],
)
def test_a_file_that_is_no_advice_gets_one_clear_error(
    content: str, why: str, tmp_path: Path
) -> None:
    file = tmp_path / "advice.json"
    file.write_bytes(content.encode("utf-8", "surrogateescape"))
    done = run(tmp_path, "-o", tmp_path / "pages", "--advice", file)
    assert isinstance(done.exception, ConfigurationError)
    assert why in done.exception.message


def test_a_topology_that_is_not_there_gets_one_clear_error(tmp_path: Path) -> None:
    done = run(tmp_path, "-o", tmp_path / "pages", "--topology", "services")
    assert isinstance(done.exception, ConfigurationError)
    assert "no topology 'services'" in done.exception.message


def test_a_folder_is_asked_for(tmp_path: Path) -> None:
    done = run(tmp_path)
    assert done.exit_code == 2
    assert "--output" in done.stderr
