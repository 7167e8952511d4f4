"""The advice as one self-contained page, with the survey that it rests on."""

from banyan.boundaries.advice.reports.html.page import render

__all__ = ["render"]
