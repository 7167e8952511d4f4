"""What holds for all the tests."""

from pathlib import Path

import pytest

TESTS = Path(__file__).parent
SLOW_FOLDERS = {"acceptance", "integration"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave the folders where real servers run out of the quick tests."""
    for item in items:
        if item.path.is_relative_to(TESTS) and (
            item.path.relative_to(TESTS).parts[0] in SLOW_FOLDERS
        ):
            item.add_marker(pytest.mark.slow)
