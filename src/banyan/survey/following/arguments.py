"""What is given to a call, when the call's arguments have been gone through."""

from banyan.survey.following.frames import Frame
from banyan.survey.following.values import (
    NOTHING,
    Entries,
    Several,
    Value,
    Written,
    elements,
    joined,
    texts,
)
from banyan.survey.syntax import Call, Constant, Expression, Mapping, Name, Starred


class Arguments:
    """What is given to a call, gone through.

    Attributes:
        positional: the values by position, up to the first ``*``.
        rest: of what comes by ``*``.
        named: the values by keyword.
        keywords: the keywords as paths, those in ``**`` dictionaries included.
        truths: where True or False is written, by position or keyword.
        open_at: the lines on which keywords or texts are given that are not known.
    """

    __slots__ = ("keywords", "named", "open_at", "positional", "rest", "truths")

    def __init__(self) -> None:
        self.positional: list[Value] = []
        self.rest: Value = NOTHING
        self.named: dict[str, Value] = {}
        self.keywords: list[tuple[Written, Value]] = []
        self.truths: dict[int | str, bool] = {}
        self.open_at: list[int] = []

    @property
    def first(self) -> Value:
        """The first argument by position."""
        return self.positional[0] if self.positional else NOTHING

    @property
    def everything(self) -> list[Value]:
        """All values."""
        return [*self.positional, *self.named.values(), self.rest]


def given(frame: Frame, node: Call) -> Arguments:
    """The arguments of a call."""
    arguments = Arguments()
    for argument in node.arguments:
        if isinstance(argument, Constant) and isinstance(argument.value, bool):
            arguments.truths[len(arguments.positional)] = argument.value
        if isinstance(argument, Starred):
            arguments.rest = joined(arguments.rest, spread(frame, argument.value))
        else:
            value = frame.world.interpreter.evaluated(frame, argument)
            if not value and isinstance(argument, Name):
                arguments.open_at.append(argument.line)
            arguments.positional.append(value)
    for keyword in node.keywords:
        value = frame.world.interpreter.evaluated(frame, keyword.value)
        if keyword.name is None:
            _open(frame, arguments, value, keyword.value)
        else:
            arguments.named[keyword.name] = value
            if isinstance(keyword.value, Constant) and isinstance(keyword.value.value, bool):
                arguments.truths[keyword.name] = keyword.value.value
            line = keyword.line or getattr(keyword.value, "line", 0) or node.line
            arguments.keywords.append((Written(keyword.name, frame.path, line), value))
    return arguments


def spread(frame: Frame, node: Expression) -> Value:
    """What ``*value`` gives; texts that are written stay where they are written."""
    value = frame.world.interpreter.evaluated(frame, node)
    return tuple(
        each
        for item in value
        for each in ((item,) if isinstance(item, Several | Entries) else elements((item,)))
    )


def _open(frame: Frame, arguments: Arguments, value: Value, node: Expression) -> None:
    """``**value``."""
    for item in value:
        if isinstance(item, Entries):
            arguments.keywords.extend(item.known)
            for key, each in item.known:
                arguments.named.setdefault(key.text, each)
    if isinstance(node, Mapping):
        if any(
            key is not None and not texts(frame.world.interpreter.evaluated(frame, key))
            for key, _ in node.items
        ):
            arguments.open_at.append(node.line)
    elif not any(isinstance(item, Entries) and item.known for item in value):
        arguments.open_at.append(getattr(node, "line", 0))
