"""Documentation of a project's architecture, made from what was surveyed."""

from banyan.boundaries.architecture.describing import describe

__all__ = ["describe"]
