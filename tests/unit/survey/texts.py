"""Small projects that are written down in a test, by path and text."""

from collections.abc import Mapping
from textwrap import dedent

from banyan.survey.adapters.tree_sitter import read
from banyan.survey.codebase import Codebase
from banyan.survey.syntax import Source


def sources_of(files: Mapping[str, str]) -> dict[str, Source]:
    """What is in each file; common indentation is taken away."""
    return {path: read(dedent(text).encode()) for path, text in files.items()}


def codebase_of(files: Mapping[str, str], *roots: str) -> Codebase:
    """The files as ordinary code."""
    sources = sources_of(files)
    return Codebase(dict.fromkeys(sources), sources.__getitem__, roots or ("",))
