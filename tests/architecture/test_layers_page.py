"""The layers of docs/architecture.md are those that import-linter holds."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "architecture.md"


def table() -> str:
    """The layers of pyproject.toml, as the page shows them."""
    document = tomllib.loads((ROOT / "pyproject.toml").read_text())
    (contract,) = [
        contract
        for contract in document["tool"]["importlinter"]["contracts"]
        if contract["type"] == "layers"
    ]
    rows = ["| layer | packages |", "| --- | --- |"]
    for number, layer in enumerate(contract["layers"]):
        packages = [name.strip(" ()") for name in layer.split("|")]
        names = " · ".join(f"`{name}`" for name in packages)
        rows.append(f"| {len(contract['layers']) - 1 - number} | {names} |")
    return "\n".join(rows)


def test_the_page_shows_the_layers_that_are_checked() -> None:
    shown = re.search(
        r"<!-- layers: .*?-->\n\n(.*?)\n\n<!-- /layers -->", PAGE.read_text(), re.DOTALL
    )
    assert shown
    assert shown[1] == table(), f"put this into docs/architecture.md:\n\n{table()}\n"
