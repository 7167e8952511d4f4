"""Reads how the modules of a Django project hold on to each other, from its source alone."""

from banyan.survey.facts import Coupling, Kind, Module, Survey, Unresolved
from banyan.survey.recalling import survey

__all__ = ["Coupling", "Kind", "Module", "Survey", "Unresolved", "survey"]
