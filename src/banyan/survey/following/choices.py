"""What is done where one of several may be meant: each is asked, and one is taken to be it."""

from collections.abc import Callable

from banyan.survey.following.frames import Frame
from banyan.survey.following.happenings import Write
from banyan.survey.following.values import NOTHING, Item, Value, joined


def each_of(frame: Frame, items: Value, line: int, ask: Callable[[Item], Value]) -> Value:
    """Ask each of the alternatives of a value, of which only one is there when the code runs."""
    if len(items) == 1:
        return ask(items[0])
    result: Value = NOTHING
    outer = frame.writes
    outcomes: list[set[Write]] = []
    for item in items:
        frame.writes = set()
        result = joined(result, ask(item))
        outcomes.append(frame.writes)
    frame.writes = outer | frame.one_of(line, outcomes)
    return result
