"""Settings come from the environment, then the BANYAN setting, then the file, then the default."""

import sys
from pathlib import Path
from types import ModuleType

import pytest

from banyan.conf import find_project_file
from banyan.conf.reading import environment_findings, merge
from banyan.findings import FindingsError


def test_the_default_holds_where_nothing_is_said() -> None:
    assert merge({}, {}, {}).calls.timeout == 5.0


def test_the_file_then_the_setting_then_the_environment_win() -> None:
    file = {"calls": {"timeout": 1, "path": "from-file/"}}
    setting = {"calls": {"timeout": 2, "mode": "fast"}}
    calls = merge(file, setting, {"BANYAN_CALLS_TIMEOUT": "3.5"}).calls

    assert (calls.timeout, calls.mode, calls.path) == (3.5, "fast", "from-file/")


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ({"calls": {"timeout": "soon"}}, "E003 calls.timeout .* a number, but is text"),
        ({"calls": {"timeout": -1}}, "E003 calls.timeout"),
        ({"calls": {"tiemout": 1}}, "(?s)E002 .*tiemout.*'timeout'"),
        (
            {"calls": {"mode": "fsat"}},
            "(?s)E003 calls.mode .* cannot be 'fsat'.*Did you mean 'fast'",
        ),
        ({"cals": {}}, "(?s)E002 .*cals.*'calls'"),
        ({"calls": 7}, "E003 calls .* a table, but is a whole number"),
        ({"topology": {}}, "(?s)E016 .*topology.*banyan.toml"),
    ],
)
def test_a_wrong_setting_is_a_finding(setting: dict[str, object], words: str) -> None:
    with pytest.raises(FindingsError, match=words):
        merge({}, setting, {})


def test_a_wrong_variable_is_a_finding_that_does_not_show_its_text() -> None:
    with pytest.raises(FindingsError, match="E010 BANYAN_CALLS_TIMEOUT") as caught:
        merge({}, {}, {"BANYAN_CALLS_TIMEOUT": "s3cret"})
    assert "s3cret" not in str(caught.value)


def test_a_wrong_value_counts_even_where_another_source_wins() -> None:
    with pytest.raises(FindingsError, match=r"calls\.timeout in the BANYAN setting"):
        merge({}, {"calls": {"timeout": "soon"}}, {"BANYAN_CALLS_TIMEOUT": "3"})


def test_the_environment_separates_lists_with_commas() -> None:
    fields = merge({}, {}, {"BANYAN_IDENTITY_FIELDS": "locale, tenant"}).identity.fields
    assert fields == ["locale", "tenant"]


def test_a_slip_in_the_environment_is_doubted() -> None:
    environment = {
        "BANYAN_SERVCE": "orders",
        "BANYAN_SERVICE": "orders",
        "BANYAN_CALLS_SECRET": "x",
        "BANYAN_URL_ORDERS": "http://127.0.0.1",
        "BANYAN_SOMETHING_ELSE_ALTOGETHER": "1",
        "PATH": "/bin",
    }
    (doubt,) = environment_findings(environment)

    assert doubt.id == "banyan.W017"
    assert "BANYAN_SERVCE" in doubt.message
    assert "'BANYAN_SERVICE'" in doubt.hint


def test_the_file_is_looked_for_beside_the_settings_and_then_where_the_process_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("site/shop", "elsewhere", "working"):
        (tmp_path / name).mkdir(parents=True)
    module = ModuleType("shop.settings")
    module.__file__ = str(tmp_path / "site" / "shop" / "settings.py")
    monkeypatch.setitem(sys.modules, "shop.settings", module)
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "shop.settings")
    monkeypatch.chdir(tmp_path / "working")
    assert find_project_file() is None

    (tmp_path / "working" / "banyan.toml").touch()
    assert find_project_file() == tmp_path / "working" / "banyan.toml"
    (tmp_path / "site" / "banyan.toml").touch()
    assert find_project_file() == tmp_path / "site" / "banyan.toml"
    monkeypatch.setenv("BANYAN_FILE", str(tmp_path / "elsewhere" / "banyan.toml"))
    assert find_project_file() == tmp_path / "elsewhere" / "banyan.toml"
