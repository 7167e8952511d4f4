# ALL EXPECTED
from .person import *  # noqa
from .team import Team as Crew
from users.models.secret import _Secret

from . import person

__all__ = person.__all__ + ["Crew"]
