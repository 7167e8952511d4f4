"""The table of weights in the documentation is the one in the code."""

import re
from pathlib import Path

from banyan.modules.schema import json_schema

PAGE = Path(__file__).parents[2] / "docs" / "advise.md"
ROW = re.compile(r"^\| `(?P<name>\w+)` \| (?P<default>[\d.]+) \| (?P<about>.+) \|$", re.MULTILINE)


def test_the_page_on_advice_has_each_weight_as_it_is_and_no_other() -> None:
    rows = [(row["name"], float(row["default"]), row["about"]) for row in ROW.finditer(page())]
    weights = json_schema()["$defs"]["Weights"]["properties"]
    assert rows == [(name, one["default"], one["description"]) for name, one in weights.items()]


def page() -> str:
    return PAGE.read_text(encoding="utf-8").partition("## The weights\n")[2]
