"""Tells what has changed in a file, name by name."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, cast

from banyan.survey.consulted import BODY, CONTENTS, FILE, METHODS_OF, MISSING, NAME, WHOLE, WITHIN
from banyan.survey.layout import folders
from banyan.survey.namespaces import Assigned, Binding, assigned_by, namespace, straightened
from banyan.survey.ports import Tree
from banyan.survey.syntax import Assign, Class, Function, Name, Node, Source, Statement

# Where something stands is told of the file alone that it is in.
_PLACES: Final = frozenset({"line", "end"})


class Changes:
    """What is other in a project's files than it was in an earlier run.

    Args:
        tree: the files as they are now.
    """

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._known: dict[tuple[str, bytes], set[str]] = {}

    def since(self, contents: Mapping[str, bytes]) -> Iterator[str]:
        """The names by which it is marked what has changed since there were these files.

        Args:
            contents: what told the content of each from any that says something else.
        """
        yield from _moved(contents, self._tree.python)
        for path, before in contents.items():
            if path in self._tree.python and before != self._tree.meaning(path):
                yield from self._of(path, before)

    def _of(self, path: str, content: bytes) -> set[str]:
        key = path, content
        if key not in self._known:
            before = self._tree.earlier(path, content)
            found = {FILE + path}
            if before is not None:
                found = changes(path, before, self._tree.source(path))
            self._known[key] = found
        return self._known[key]


def _moved(before: Iterable[str], now: Iterable[str]) -> Iterator[str]:
    """The names by which it is marked which files there are, of those that came or went."""
    was, has = set(before), set(now)
    for path in was ^ has:
        folder, _, file = path.rpartition("/")
        stem = folder if file == "__init__.py" else path.removesuffix(".py")
        yield FILE + path
        yield FILE + stem
        # A package is found before a file of its name, and that before a mere folder.
        yield from (FILE + one for one in (f"{stem}.py", f"{stem}/__init__.py") if one in has)
        yield WITHIN
        while folder:
            yield WITHIN + folder
            folder = folder.rpartition("/")[0]
    for folder in folders(was) ^ folders(has):
        yield FILE + folder


def changes(path: str, before: Source, now: Source) -> set[str]:
    """The names by which it is marked what has changed in a file; all of it at worst.

    Args:
        before: what it had, all of it.
    """
    if not (before.is_whole and now.is_whole):
        return {FILE + path}
    was, has = namespace(before.body), namespace(now.body)
    if not same(tuple(was.stars), tuple(has.stars)):
        return {FILE + path}
    return {WHOLE + path, *_compared(path, before.body, now.body, "")}


def _compared(
    path: str, before: Iterable[Statement], now: Iterable[Statement], around: str
) -> Iterator[str]:
    """The marks of what differs between two bodies of a module, or of a class."""
    was, has = _bound(before), _bound(now)
    for name in was.keys() | has.keys():
        missing = f"{MISSING}.{name}" if around else MISSING + name
        if name not in was:
            yield missing
            continue
        known, found = was[name], has.get(name, ())
        if _is_annotated(known) and not _is_annotated(found):
            # Whoever asked for it was told that there is none.
            yield missing
        if len(known) == len(found):
            for one, other in zip(known, found, strict=True):
                yield from _differing(path, one, other, around, name)
        else:
            for one in (*known, *found):
                yield from _marks(path, one, around, name)


def _bound(body: Iterable[Statement]) -> dict[str, list[Binding | Assign]]:
    """What a body binds to names, or annotates."""
    found: dict[str, list[Binding | Assign]] = {}
    for name, bindings in namespace(body).bindings.items():
        found[name] = [*bindings]
    for one in body:
        match one:
            case Assign(targets=(Name(id=name),), value=None):
                found.setdefault(name, []).append(one)
            case _:
                pass
    return found


def _is_annotated(bindings: Iterable[Binding | Assign]) -> bool:
    """Whether a name is annotated and no more."""
    return all(isinstance(one, Assign) for one in bindings)


def _differing(
    path: str, one: Binding | Assign, other: Binding | Assign, around: str, name: str
) -> Iterator[str]:
    match one, other:
        case Function(), Function():
            if not _same_but(one, other, "body"):
                yield f"{NAME}{path} {around}{name}"
            # Of a function that is gone through, it counts how long it and those in it are.
            length, moved = one.end - one.line, other.line - one.line
            if length != other.end - other.line or not same(one.body, other.body, moved):
                yield f"{BODY}{path} {around}{name}"
                yield from _inside(path, one, around)
                yield from _inside(path, other, around)
        case Class(), Class():
            if not _same_but(one, other, "body"):
                yield f"{NAME}{path} {around}{name}"
            if not _same_outside_of_bodies(one.body, other.body):
                yield f"{CONTENTS}{path} {around}{name}"
            if _assigned(one) != _assigned(other):
                yield f"{METHODS_OF}{path} {around}{name}"
            yield from _compared(path, one.body, other.body, f"{around}{name}.")
        case _:
            if not same(one, other):
                yield from _marks(path, one, around, name)
                yield from _marks(path, other, around, name)


def _marks(path: str, one: Binding | Assign, around: str, name: str) -> Iterator[str]:
    """The marks of what a name is bound to, and of all that is declared in it."""
    yield f"{NAME}{path} {around}{name}"
    if isinstance(one, Function):
        yield f"{BODY}{path} {around}{name}"
        yield from _inside(path, one, around)
    elif isinstance(one, Class):
        yield f"{CONTENTS}{path} {around}{name}"
        yield f"{METHODS_OF}{path} {around}{name}"
        for inner, bindings in _bound(one.body).items():
            for each in bindings:
                yield from _marks(path, each, f"{around}{name}.", inner)


def _inside(path: str, function: Function, around: str) -> Iterator[str]:
    """The marks of the classes and functions that are made in a function."""
    for each in straightened(function.body):
        if isinstance(each, Class | Function):
            yield from _marks(path, each, f"{around}{function.name}.", each.name)


def _assigned(node: Class) -> list[tuple[str, list[str]]]:
    """The methods of a class, each with the attributes that it gives to its first parameter."""
    return [
        (method.name, [name for name, _ in assigned_by(method)])
        for method in node.body
        if isinstance(method, Function)
    ]


def _same_outside_of_bodies(before: tuple[Statement, ...], now: tuple[Statement, ...]) -> bool:
    """Whether two bodies of a class differ in no more than the bodies of functions."""
    return len(before) == len(now) and all(
        _same_but(one, other, "body")
        if isinstance(one, Function) and isinstance(other, Function)
        else _same_but(one, other, "body") and _same_outside_of_bodies(one.body, other.body)
        if isinstance(one, Class) and isinstance(other, Class)
        else same(one, other)
        for one, other in zip(before, now, strict=True)
    )


def same(one: object, other: object, moved: int | None = None) -> bool:
    """Whether two pieces of source say the same.

    Args:
        moved: by how many lines the other one stands further below; None for any.
    """
    if type(one) is not type(other):
        return False
    if isinstance(one, Node):
        return _same_but(one, other, moved=moved)
    if isinstance(one, Assigned):
        return same(_said(one), _said(cast("Assigned", other)), moved)
    if isinstance(one, tuple):
        these, those = cast("tuple[object, ...]", one), cast("tuple[object, ...]", other)
        return len(these) == len(those) and all(
            same(this, that, moved) for this, that in zip(these, those, strict=True)
        )
    return one == other


def _said(one: Assigned) -> tuple[object, object]:
    return one.expression, one.annotation


def _same_but(one: Node, other: object, *names: str, moved: int | None = None) -> bool:
    return all(
        _same_place(getattr(one, name), getattr(other, name), moved)
        if name in _PLACES
        else same(getattr(one, name), getattr(other, name), moved)
        for name in one.__struct_fields__
        if name not in names
    )


def _same_place(line: int, other: int, moved: int | None) -> bool:
    # What is not written anywhere is on line 0.
    return moved is None or other - line == moved or line == other == 0
