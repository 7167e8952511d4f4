"""What the methods of lists, tuples and dictionaries give."""

from banyan.survey.following.arguments import Arguments
from banyan.survey.following.values import (
    NOTHING,
    Entries,
    Many,
    Several,
    Value,
    all_joined,
    elements,
    entries,
    entry,
    joined,
    texts,
)


def otherwise(arguments: Arguments) -> Value:
    """What ``get(key, default)`` and its like give where there is nothing under the key."""
    return arguments.positional[1] if len(arguments.positional) > 1 else NOTHING


def collection_asked(item: Many | Several | Entries, name: str, arguments: Arguments) -> Value:
    """A method of a list, tuple or dictionary."""
    match name:
        case "get" | "pop" | "setdefault":
            if not isinstance(item, Entries):
                return elements((item,))
            keys = texts(arguments.first)
            found = (
                all_joined(entry((item,), key.text) for key in keys) if keys else entries((item,))
            )
            return joined(found, otherwise(arguments))
        case "values":
            return (Many(entries((item,))),)
        case "items":
            return (Many((Several((NOTHING, entries((item,)))),)),)
        case "copy":
            return (item,)
        case "popleft" | "popitem":
            return elements((item,))
        case _:
            return NOTHING
