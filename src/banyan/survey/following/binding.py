"""What names, attributes and collections hold after a statement."""

from banyan.survey.following.arguments import Arguments
from banyan.survey.following.flows import on_requests
from banyan.survey.following.frames import Frame
from banyan.survey.following.values import (
    MOST_TEXTS,
    NOTHING,
    REQUEST,
    Entries,
    Many,
    Paths,
    Several,
    Value,
    Written,
    all_joined,
    elements,
    joined,
    kept,
    part,
    texts,
)
from banyan.survey.syntax import Attribute, Display, Expression, Name, Starred, Subscript


def bind(frame: Frame, target: Expression, value: Value) -> None:
    """Give a value to what stands left of ``=``, or after ``for`` or ``as``."""
    match target:
        case Name(id=name):
            frame.names[name] = kept(value)
            if name in frame.given:
                frame.given -= {name}
        case Attribute(value=of, name=name):
            owner = frame.world.interpreter.evaluated(frame, of)
            if frame.me is not None and frame.me in owner:
                held = frame.attributes.get(name, NOTHING)
                frame.attributes[name] = joined(held, kept(value))
            elif REQUEST[0] in owner and value:
                frame.flow(on_requests(name), name, kept(value))
        case Display(items=items):
            for index, item in enumerate(items):
                if isinstance(item, Starred):
                    bind(frame, item.value, (Many(elements(value)),))
                else:
                    bind(frame, item, part(value, index))
        case Subscript(value=of, index=index):
            keys = texts(frame.world.interpreter.evaluated(frame, index))
            if isinstance(of, Name):
                kept_there = frame.names.get(of.id)
                if kept_there is not None and any(isinstance(item, Entries) for item in kept_there):
                    frame.names[of.id] = added(kept_there, keys, kept(value))
            else:
                frame.world.interpreter.evaluated(frame, of)
        case Starred(value=inner):
            bind(frame, inner, value)
        case _:
            frame.world.interpreter.evaluated(frame, target)


def grow(frame: Frame, function: Attribute, name: str, arguments: Arguments) -> None:
    """A list or dictionary in a variable grows."""
    if not isinstance(function.value, Name):
        return
    variable = function.value.id
    held = frame.names.get(variable)
    if held is None:
        return
    match name:
        case "append" | "add" | "appendleft":
            if any(isinstance(item, Many | Several) for item in held):
                frame.names[variable] = joined(_as_many(held), (Many(kept(arguments.first)),))
            elif name == "add" and any(isinstance(item, Paths) for item in held):
                frame.names[variable] = joined(held, all_joined(arguments.positional))
        case "extend" | "union":
            if any(isinstance(item, Many | Several) for item in held):
                frame.names[variable] = joined(_as_many(held), (Many(elements(arguments.first)),))
        case "update":
            if any(isinstance(item, Entries) for item in held):
                more = tuple(item for item in arguments.first if isinstance(item, Entries))
                frame.names[variable] = merged(held, (*more, Entries(tuple(arguments.keywords))))
        case _:
            pass


def _as_many(value: Value) -> Value:
    return (Many(elements(value)),)


def merged(held: Value, more: Value) -> Value:
    known = tuple(
        pair for item in (*held, *more) if isinstance(item, Entries) for pair in item.known
    )
    others = all_joined(item.others for item in (*held, *more) if isinstance(item, Entries))
    return (Entries(known[:MOST_TEXTS], others),)


def added(held: Value, keys: list[Written], value: Value) -> Value:
    """A dictionary in which something was put under a key."""
    if keys:
        return merged(held, (Entries(tuple((key, value) for key in keys)),))
    return merged(held, (Entries((), value),))
