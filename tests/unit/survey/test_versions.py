"""Which versions are installed is told as importlib.metadata tells it, and sooner."""

from importlib import metadata

import pytest

from banyan.survey.adapters.versions import version_of


@pytest.mark.parametrize("library", ["msgspec", "sqlglot", "tree-sitter", "tree-sitter-python"])
def test_a_version_is_the_one_that_is_installed(library: str) -> None:
    assert version_of(library) == metadata.version(library)


def test_what_is_not_installed_has_no_version() -> None:
    with pytest.raises(ModuleNotFoundError):
        version_of("no-such-library")
