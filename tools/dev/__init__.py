"""`./dev`: the project's own environment, and what is run in it. The standard library alone."""

from tools.dev.commands import main

__all__ = ["main"]
