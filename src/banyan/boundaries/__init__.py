"""Keeps a monolith's coupling from getting worse, and says whether and where to split it."""

from banyan.boundaries.rules import LAWS, Law, Rule
from banyan.boundaries.violations import Spot, Violation

__all__ = ["LAWS", "Law", "Rule", "Spot", "Violation"]
