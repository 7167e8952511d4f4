"""Goes through all that is inside a piece of source."""

from collections.abc import Iterator
from typing import cast

from banyan.survey.syntax import Attribute, Name, Node


def within(*roots: Node) -> Iterator[Node]:
    """Every node inside of some, themselves included, in the order in which they are written."""
    ahead: list[Node] = list(reversed(roots))
    while ahead:
        node = ahead.pop()
        yield node
        inner = [child for name in node.__struct_fields__ for child in _nodes(getattr(node, name))]
        ahead.extend(reversed(inner))


def _nodes(value: object) -> Iterator[Node]:
    if isinstance(value, Node):
        yield value
    elif isinstance(value, tuple):
        for item in cast("tuple[object, ...]", value):
            yield from _nodes(item)


def last_name(expression: Node | None) -> str:
    """The name that ``name`` and ``a.b.name`` end with; "" for anything else."""
    match expression:
        case Name(id=name) | Attribute(name=name):
            return name
        case _:
            return ""
