"""Reads Python source of any version into :mod:`banyan.survey.syntax`, by tree-sitter's grammar."""

from banyan.survey.adapters.tree_sitter.grammar import VERSIONS
from banyan.survey.adapters.tree_sitter.page import LEFT_OUT
from banyan.survey.adapters.tree_sitter.reading import read, read_imports

__all__ = ["LEFT_OUT", "VERSIONS", "read", "read_imports"]
