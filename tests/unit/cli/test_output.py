"""Where reports go, and in which form."""

from pathlib import Path

import click
import pytest

from banyan.cli.output import form_of, give
from banyan.errors import ConfigurationError

SUFFIXES = {".json": "json", ".html": "html"}


def test_what_is_asked_for_goes_before_what_the_name_says() -> None:
    assert form_of("json", Path("page.html"), SUFFIXES) == "json"


def test_the_name_of_the_file_says_the_form() -> None:
    assert form_of(None, Path("page.html"), SUFFIXES) == "html"


def test_without_either_it_is_for_the_terminal() -> None:
    assert form_of(None, None, SUFFIXES) == "terminal"


def test_a_name_that_says_none_is_refused_with_those_that_do() -> None:
    with pytest.raises(click.UsageError, match=r"\.json, \.html"):
        form_of(None, Path("page.pdf"), SUFFIXES)


def test_a_page_is_not_printed_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    with pytest.raises(click.UsageError, match="name a file"):
        form_of("html", None, SUFFIXES)


def test_that_a_report_is_written_is_said_beside_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    give("x" * 12_345, tmp_path / "advice.html")
    assert capsys.readouterr() == ("", f"{tmp_path / 'advice.html'}: 12 kB\n")


def test_a_report_that_cannot_be_written_is_told_with_its_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="none/report"):
        give("text", tmp_path / "none" / "report")
