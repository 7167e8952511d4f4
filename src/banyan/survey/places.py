"""Tells from a file's path alone what sort of code is in it."""

from functools import cache as once
from typing import Final

from banyan.survey.facts import Place

CONTRACT: Final = frozenset({"contract", "contracts"})
"""Modules of an app that say, with all below them, what it promises to others."""
PUBLIC: Final = CONTRACT | {"interface", "interfaces", "public"}
"""Modules of an app that are there, with all below them, for others to import."""

_TEST_FOLDERS: Final = frozenset({"test", "tests", "testing"})
_TEST_FILES: Final = frozenset({"conftest.py", "test.py", "tests.py"})


@once
def place_of(path: str) -> Place | None:
    """Whether a file is a test or a migration; None for code that runs.

    Args:
        path: relative to the project, with forward slashes.
    """
    *folders, name = path.split("/")
    if name in _TEST_FILES or name.startswith(("test_", "tests_")):
        return Place.TEST
    if name.endswith(("_test.py", "_tests.py")) or any(map(_is_for_tests, folders)):
        return Place.TEST
    if any(folder == "migrations" or folder.endswith("_migrations") for folder in folders):
        return Place.MIGRATION
    return None


def _is_for_tests(folder: str) -> bool:
    return folder in _TEST_FOLDERS or folder.startswith("test_") or folder.endswith("_tests")
