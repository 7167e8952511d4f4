"""Compares a survey with the rules, and what breaks them with the baseline of known debt."""

from banyan.boundaries.checking.baseline import Baseline, Entry, Moved
from banyan.boundaries.checking.checking import check, first_baseline, judge, update
from banyan.boundaries.checking.judgement import Allowed, Count, Judgement
from banyan.boundaries.checking.judging import uses, violations

__all__ = [
    "Allowed",
    "Baseline",
    "Count",
    "Entry",
    "Judgement",
    "Moved",
    "check",
    "first_baseline",
    "judge",
    "update",
    "uses",
    "violations",
]
