"""Settings come from the environment, then the BANYAN setting, then the file, then the default."""

import pytest

from banyan.conf.reading import merge
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
        ({"calls": {"timeout": "soon"}}, "calls.timeout"),
        ({"calls": {"timeout": -1}}, "calls.timeout"),
        ({"calls": {"tiemout": 1}}, "tiemout"),
        ({"cals": {}}, "cals"),
        ({"calls": 7}, "calls must be a table"),
    ],
)
def test_a_wrong_setting_is_a_finding(setting: dict[str, object], words: str) -> None:
    with pytest.raises(FindingsError, match=words):
        merge({}, setting, {})
