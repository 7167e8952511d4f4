"""Every finding and every error code has its place in the documentation, and none is left over."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCES = [
    *(ROOT / "src" / "banyan").rglob("*.py"),
    *(ROOT / "src" / "banyan").rglob("*.json"),
]
FINDING = re.compile(r"\bbanyan\.[EW]\d{3}\b")
# A class's own code, or the one that an error is raised with.
CODE = re.compile(
    r'(?:^    code(?:: \w+(?:\[\w+\])?)? = |\bcode=|\bFailure\(.*, )"(banyan\.[\w.]+)"',
    re.MULTILINE,
)


def in_the_code(pattern: re.Pattern[str]) -> set[str]:
    texts = [file.read_text() for file in SOURCES]
    return {match for text in texts for match in pattern.findall(text)}


def test_every_finding_has_a_page_and_every_page_a_finding() -> None:
    pages = {page.stem for page in (ROOT / "docs" / "findings").glob("banyan.*.md")}
    used = in_the_code(FINDING)
    assert used - pages == set(), "findings without a page in docs/findings/"
    assert pages - used == set(), "pages of findings that no code has"


def test_a_findings_page_has_the_reason_the_fix_and_how_to_allow_it() -> None:
    for page in (ROOT / "docs" / "findings").glob("banyan.*.md"):
        text = page.read_text()
        assert text.startswith(f"# {page.stem}"), page.name
        for word in ["reason", "fix", "allow"]:
            assert re.search(rf"^(#+|\*\*).*{word}", text, re.IGNORECASE | re.MULTILINE), (
                f"{page.name}: no {word}"
            )


def test_every_error_code_is_explained_where_the_error_says() -> None:
    text = (ROOT / "docs" / "errors.md").read_text()
    codes = {code for code in in_the_code(CODE) if not FINDING.fullmatch(code)}
    assert "banyan.call.not_executed" in codes
    for code in codes:
        anchor = re.sub("[._]", "-", code)
        assert f"({anchor})=\n## `{code}`\n" in text, f"docs/errors.md does not explain {code}"
