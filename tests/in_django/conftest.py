"""What holds for all tests in the Django project."""

import pytest

from banyan.identity import parts


@pytest.fixture(autouse=True)
def _identity_of_this_test() -> None:
    """Put identity together anew: a test that plays another service would leave that one's."""
    parts.forget()
