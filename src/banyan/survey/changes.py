"""Tells what has changed in a file, where that is no more than bodies and additions."""

from collections.abc import Iterator
from typing import Final, cast

from banyan.survey.consulted import BODY, METHODS_OF, MISSING, WHOLE
from banyan.survey.namespaces import assigned_by, namespace, straightened
from banyan.survey.syntax import Class, Function, Node, Source, Statement

# Where something stands is told of the file alone that it is in.
_PLACES: Final = frozenset({"line", "end"})


def changes(path: str, before: Source, now: Source) -> set[str] | None:
    """The marks of all who may know something else than before of a file.

    Args:
        before: what it had, all of it.

    Returns:
        None where more is different than bodies of functions, lines, and classes and functions
        that were added to its end.
    """
    count = len(before.body)
    if not (before.is_whole and now.is_whole) or len(now.body) < count:
        return None
    found = {WHOLE + path}
    for one, other in zip(before.body, now.body, strict=False):
        if not _compared(path, one, other, "", found):
            return None
    more = {one.name for one in now.body[count:] if isinstance(one, Class | Function)}
    if len(more) < len(now.body) - count or more & namespace(before.body).bindings.keys():
        return None
    return found | {MISSING + name for name in more}


def _compared(path: str, one: Statement, other: Statement, around: str, found: set[str]) -> bool:
    """Whether no more differs than bodies of functions, and the marks of those."""
    match one, other:
        case Function(), Function():
            length = one.end - one.line
            if length != other.end - other.line or not same(one.body, other.body):
                if around and _assigned(one) != _assigned(other):
                    found.add(f"{METHODS_OF}{path} {around[:-1]}")
                for node in (one, other):
                    found.update(_marks(path, node, around))
            return _same_but(one, other, "body")
        case Class(), Class():
            return (
                len(one.body) == len(other.body)
                and _same_but(one, other, "body")
                and all(
                    _compared(path, mine, theirs, f"{around}{one.name}.", found)
                    for mine, theirs in zip(one.body, other.body, strict=True)
                )
            )
        case _:
            return same(one, other)


def _assigned(method: Function) -> set[str]:
    return {name for name, _ in assigned_by(method)}


def _marks(path: str, node: Class | Function, around: str) -> Iterator[str]:
    """The marks of a function or class and of all that is declared in it."""
    name = around + node.name
    yield f"{BODY if isinstance(node, Function) else METHODS_OF}{path} {name}"
    for each in straightened(node.body):
        if isinstance(each, Class | Function):
            yield from _marks(path, each, name + ".")


def same(one: object, other: object) -> bool:
    """Whether two pieces of source say the same, on whatever lines."""
    if type(one) is not type(other):
        return False
    if isinstance(one, Node):
        return _same_but(one, other)
    if isinstance(one, tuple):
        these, those = cast("tuple[object, ...]", one), cast("tuple[object, ...]", other)
        return len(these) == len(those) and all(map(same, these, those))
    return one == other


def _same_but(one: Node, other: object, *names: str) -> bool:
    return all(
        same(getattr(one, name), getattr(other, name))
        for name in one.__struct_fields__
        if name not in _PLACES and name not in names
    )
