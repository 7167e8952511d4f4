"""What is asked about functions, and when two answers are the same to whoever asks."""

from typing import NamedTuple, TypeAlias

from banyan.survey.following.frames import Frame
from banyan.survey.following.values import Atom, Value
from banyan.survey.following.world import Summary
from banyan.survey.meanings import FunctionRef

Arguments: TypeAlias = tuple[tuple[str, Value], ...]
"""What a call gives, by the names of parameters."""


class Key(NamedTuple):
    """What a summary is of.

    Attributes:
        given: the arguments; None for what all callers give, "" for nothing.
        depth: how many functions are gone through around it for what they are given.
        is_hidden: whether nothing is told of what functions are given.
    """

    ref: FunctionRef
    owner: Atom | None
    given: Arguments | str | None = ""
    depth: int = 0
    is_hidden: bool = False


def is_same(one: Summary, other: Summary, attribute: str) -> bool:
    """Whether two tell the same to another function that asks for it."""
    if attribute:
        return one.attributes.get(attribute) == other.attributes.get(attribute)
    return (
        one.returns == other.returns
        and one.writes == other.writes
        and one.attributes == other.attributes
        and isinstance(one.frame, Frame)
        and isinstance(other.frame, Frame)
        and one.frame.accesses == other.frame.accesses
    )


Question: TypeAlias = tuple[Key, str]
"""What a function is asked for by another one: the name of an attribute, or "" for all."""


def place(key: Key) -> tuple[str, str, str]:
    """What puts keys in an order that is the same in any run."""
    return key.ref.module.path, key.ref.qualname, repr(key[1:])
