"""The hook that pre-commit finds in the repository runs a command that there is."""

import re
from pathlib import Path

from banyan.boundaries.checking import explaining
from banyan.cli.entrance import COMMANDS

ROOT = Path(__file__).parents[3]
HOOKS = (ROOT / ".pre-commit-hooks.yaml").read_text()


def said(text: str, key: str) -> str:
    """What a key of a hook says; each hook has it once."""
    (found,) = re.findall(rf"^[\s-]*{key}: (.+)$", text, re.MULTILINE)
    return str(found)


def test_the_hook_runs_the_check_whatever_files_have_changed() -> None:
    command, name = said(HOOKS, "entry").split()
    assert command == "banyan"
    assert name in COMMANDS
    assert said(HOOKS, "pass_filenames") == "false"


def test_the_hook_that_init_shows_is_the_same_one() -> None:
    for key in ("entry", "name", "pass_filenames", "types_or"):
        assert said(explaining.PRE_COMMIT, key) == said(HOOKS, key)


def test_the_page_shows_what_init_shows() -> None:
    page = (ROOT / "docs" / "check.md").read_text()
    for block in explaining.STEPS.values():
        assert f"```text\n{block}```" in page
