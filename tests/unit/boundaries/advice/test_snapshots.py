"""What may be given as an earlier state."""

import msgspec
import pytest
from tests.surveys import shop

from banyan.boundaries.advice.snapshots import snapshot
from banyan.errors import ConfigurationError
from banyan.survey.reports import json


def test_a_survey_of_any_age_is_taken_with_its_commit() -> None:
    found = snapshot(json.render(shop()).encode(), "then.json")
    assert found.survey == shop()
    assert found.commit == shop().project.commit
    old = b'{"schema": "banyan.survey/1", "project": {"name": "x"}, "modules": [' + (
        b'{"name": "a", "label": "a", "path": "a", "apps": ["a"], "models": [], "lines": 3}]}'
    )
    assert snapshot(old, "old.json").survey is not None


def test_of_an_advice_only_the_commit_is_taken() -> None:
    text = msgspec.json.encode({"schema": "banyan.advice/1", "commit": "abc", "new": [1]})
    assert (snapshot(text, "x").commit, snapshot(text, "x").survey) == ("abc", None)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{}",
        b"[]",
        b"\xff\xfe",
        b"not json",
        b'{"schema": "banyan.survey/2"}',
        b'{"schema": "banyan.survey/1", "project": 3}',
        b'{"schema": "banyan.advice/1", "commit": ""}',
        b'{"schema": "banyan.advice/1"}',
        b"[" * 100_000,
    ],
)
def test_anything_else_is_refused_with_its_name_and_a_way_on(text: bytes) -> None:
    with pytest.raises(ConfigurationError, match=r"then\.json") as refused:
        snapshot(text, "then.json")
    assert "banyan survey -f json" in refused.value.hint
