"""Strings, lists and dictionaries that are written out, as values."""

from banyan.survey.following.arguments import spread
from banyan.survey.following.frames import Frame
from banyan.survey.following.values import (
    MOST_TEXTS,
    NOTHING,
    Entries,
    Many,
    Several,
    Value,
    Written,
    all_joined,
    joined,
    kept,
    texts,
)
from banyan.survey.syntax import Display, Format, Mapping, Starred, Text


def text(frame: Frame, node: Text) -> Value:
    """A string."""
    return (Written(node.value, frame.path, node.line),)


def formatted(frame: Frame, node: Format) -> Value:
    """An f-string: as much of it as is known."""
    before = ""
    is_whole = True
    for each in node.parts:
        if isinstance(each, Text):
            if is_whole:
                before += each.value
        else:
            value = frame.world.interpreter.evaluated(frame, each)
            inner = texts(value) if is_whole else []
            if len(inner) == 1 and inner[0].is_whole:
                before += inner[0].text
            else:
                is_whole = False
    return (Written(before, frame.path, node.line, is_whole),) if before else NOTHING


def displayed(frame: Frame, node: Display) -> Value:
    """A list, tuple or set."""
    if not node.items:
        return (Many(),)
    if len(node.items) > MOST_TEXTS or any(isinstance(item, Starred) for item in node.items):
        values = [
            spread(frame, item.value)
            if isinstance(item, Starred)
            else frame.world.interpreter.evaluated(frame, item)
            for item in node.items
        ]
        return (Many(all_joined(kept(value) for value in values)),)
    parts = tuple([kept(frame.world.interpreter.evaluated(frame, item)) for item in node.items])
    if node.form == "set":
        return (Many(all_joined(parts)),)
    return (Several(parts),)


def mapped(frame: Frame, node: Mapping) -> Value:
    """A dictionary."""
    known: list[tuple[Written, Value]] = []
    others: Value = NOTHING
    for key, expression in node.items:
        value = kept(frame.world.interpreter.evaluated(frame, expression))
        if key is None:
            for item in value:
                if isinstance(item, Entries):
                    known.extend(item.known)
                    others = joined(others, item.others)
            continue
        keys = texts(frame.world.interpreter.evaluated(frame, key))
        if len(keys) == 1 and len(known) < MOST_TEXTS:
            known.append((keys[0], value))
        else:
            others = joined(others, value)
    return (Entries(tuple(known), others),)
