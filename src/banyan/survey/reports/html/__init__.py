"""The survey as one self-contained page."""

from banyan.survey.reports.html.page import render

__all__ = ["render"]
