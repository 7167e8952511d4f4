"""Links within the repository lead somewhere, also those of pages that Sphinx does not build."""

import re
from pathlib import Path

import pytest
from tests.documentation.blocks import ROOT

PAGES = sorted(
    page
    for page in [*ROOT.glob("*.md"), *ROOT.glob("[!.]*/**/*.md")]
    if "_build" not in page.parts and "node_modules" not in page.parts
)
_LINK = re.compile(r"\]\(\s*(?P<target>[^)\s]+)\s*\)")
_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def links_of(page: Path) -> list[str]:
    """The page's links to elsewhere in the repository."""
    found = [match["target"] for match in _LINK.finditer(_FENCE.sub("", page.read_text()))]
    return [link for link in found if not re.match(r"[a-z]+:|#", link)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    dead = [link for link in links_of(page) if not (page.parent / link.split("#")[0]).exists()]
    assert dead == []


def test_the_readme_shows_pictures() -> None:
    assert any(link.endswith(".svg") for link in links_of(ROOT / "README.md"))
