"""Published metrics of modularity, by their names, from the facts of a survey."""

import msgspec

from banyan.boundaries.advice.facts import Metric
from banyan.survey.facts import Survey


class Measured(msgspec.Struct, frozen=True, kw_only=True):
    """The metrics of a survey.

    Attributes:
        modules: of each module, by its name.
        project: of the whole.
        unseen: which could not be computed, and why, a sentence each.
    """

    modules: dict[str, tuple[Metric, ...]]
    project: tuple[Metric, ...]
    unseen: tuple[str, ...] = ()


def measured(survey: Survey) -> Measured:
    """The metrics of a survey's modules and of the whole."""
    raise NotImplementedError
