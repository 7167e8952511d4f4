"""The commands ``banyan`` and ``django-banyan``."""

from banyan.cli.entrance import main

__all__ = ["main"]
