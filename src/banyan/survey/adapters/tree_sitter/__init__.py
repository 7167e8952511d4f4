"""Reads Python source of any version into :mod:`banyan.survey.syntax`, by tree-sitter's grammar."""

from banyan.survey.adapters.tree_sitter.reading import read, read_imports

__all__ = ["read", "read_imports"]
