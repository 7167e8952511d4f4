"""What functions of Python and of Django give, and what they do to the rows they are given."""

from collections.abc import Callable
from typing import Final

import msgspec

from banyan.survey.following.arguments import Arguments
from banyan.survey.following.attributes import SETTINGS, attribute, class_of, setting
from banyan.survey.following.calls import called, loaded_along
from banyan.survey.following.frames import Frame
from banyan.survey.following.lookups import looked_up, paths_in
from banyan.survey.following.queries import READ
from banyan.survey.following.signals import connected
from banyan.survey.following.values import (
    NOTHING,
    Atom,
    ClassValue,
    Entries,
    Many,
    Object,
    Outside,
    Paths,
    Row,
    Rows,
    Several,
    Super,
    Value,
    Written,
    all_joined,
    elements,
    entries,
    joined,
    kept,
    part,
    texts,
)
from banyan.survey.syntax import Call, Constant, Expression, Name

Library = Callable[[Frame, Arguments, Call], Value]


def iterated(frame: Frame, value: Value, node: object, line: int) -> Value:
    """What a loop over a value gives; a query is run by it."""
    for item in value:
        if isinstance(item, Rows) and not item.is_manager and not item.is_run:
            asked = _asked_in(frame, item, node)
            if asked is None:
                frame.query(node, line, item, READ)
                loaded_along(frame, item, node, line)
            else:
                loaded_along(frame, item, asked, getattr(asked, "line", line))
    _have_run(frame, node)
    return elements(value)


def _have_run(frame: Frame, node: object) -> None:
    """A query in a variable has its rows now: to go through it once more asks no table."""
    of = node.arguments[0] if isinstance(node, Call) and node.arguments else node
    held = frame.names.get(of.id, NOTHING) if isinstance(of, Name) else NOTHING
    if isinstance(of, Name) and any(isinstance(one, Rows) and not one.is_manager for one in held):
        frame.names[of.id] = tuple(
            msgspec.structs.replace(one, is_run=True)
            if isinstance(one, Rows) and not one.is_manager
            else one
            for one in held
        )


def _asked_in(frame: Frame, rows: Rows, node: object) -> Expression | None:
    """The query that stands in the call that runs it, as in ``list(Order.objects.all())``."""
    for argument in node.arguments if isinstance(node, Call) else ():
        if any(one.model == rows.model for one in frame.accesses.get(id(argument), ())):
            return argument
    return None


# --- Python's own


def _listed(frame: Frame, arguments: Arguments, node: Call) -> Value:
    if not arguments.positional:
        return (Many(),)
    value = arguments.first
    items = iterated(frame, value, node, node.line)
    _keyed(frame, arguments, items)
    if len(value) == 1 and isinstance(value[0], Several):
        return value
    return (Many(items),)


def _picked(frame: Frame, arguments: Arguments, node: Call) -> Value:
    items = iterated(frame, arguments.first, node, node.line)
    _keyed(frame, arguments, items)
    if not items:
        return all_joined(kept(value) for value in arguments.positional)
    return items


def _keyed(frame: Frame, arguments: Arguments, items: Value) -> None:
    key = arguments.named.get("key")
    if key:
        called(frame, key, _given(items), Call(0, Constant(None)))


def _run(frame: Frame, arguments: Arguments, node: Call) -> Value:
    for value in arguments.positional:
        iterated(frame, value, node, node.line)
    return NOTHING


def _enumerated(frame: Frame, arguments: Arguments, node: Call) -> Value:
    items = iterated(frame, arguments.first, node, node.line)
    return (Many((Several((NOTHING, items)),)),)


def _zipped(frame: Frame, arguments: Arguments, node: Call) -> Value:
    parts = tuple(iterated(frame, value, node, node.line) for value in arguments.positional)
    return (Many((Several(parts),)),)


def _chained(frame: Frame, arguments: Arguments, node: Call) -> Value:
    values = [iterated(frame, value, node, node.line) for value in arguments.positional]
    return (Many(joined(all_joined(values), elements(arguments.rest))),)


def _chained_inside(frame: Frame, arguments: Arguments, node: Call) -> Value:
    return (Many(iterated(frame, elements(arguments.first), node, node.line)),)


def _mapped(frame: Frame, arguments: Arguments, node: Call) -> Value:
    if len(arguments.positional) < 2:
        return NOTHING
    given = Arguments()
    given.positional = [
        iterated(frame, value, node, node.line) for value in arguments.positional[1:]
    ]
    return (Many(called(frame, arguments.first, given, node)),)


def _filtered(frame: Frame, arguments: Arguments, node: Call) -> Value:
    if len(arguments.positional) < 2:
        return NOTHING
    items = iterated(frame, arguments.positional[1], node, node.line)
    called(frame, arguments.first, _given(items), node)
    return (Many(items),)


def _reduced(frame: Frame, arguments: Arguments, node: Call) -> Value:
    if len(arguments.positional) < 2:
        return NOTHING
    items = iterated(frame, arguments.positional[1], node, node.line)
    return joined(items, arguments.positional[2] if len(arguments.positional) > 2 else NOTHING)


def _attribute(frame: Frame, arguments: Arguments, node: Call) -> Value:
    if len(arguments.positional) < 2:
        return NOTHING
    names = [text for text in texts(arguments.positional[1]) if text.is_whole]
    for item in arguments.first:
        if isinstance(item, Outside) and item.name == SETTINGS:
            told = all_joined(setting(frame, text.text, node.line) for text in names)
            # A default holds where the project gives no value, and that is not known here.
            return told or (arguments.positional[2] if len(arguments.positional) > 2 else NOTHING)
    result = all_joined(
        attribute(frame, arguments.first, text.text, node, node.line) for text in names
    )
    return joined(result, arguments.positional[2] if len(arguments.positional) > 2 else NOTHING)


def _class_of(_frame: Frame, arguments: Arguments, _node: Call) -> Value:
    if len(arguments.positional) != 1:
        return NOTHING
    return tuple(
        ClassValue(item.model.ref if isinstance(item, Row) else item.ref)
        for item in arguments.first
        if isinstance(item, Row | Object)
    )


def _dictionary(_frame: Frame, arguments: Arguments, _node: Call) -> Value:
    known = tuple((key, value) for key, value in arguments.keywords)
    if not known and len(arguments.first) == 1 and isinstance(arguments.first[0], Entries):
        return arguments.first
    others = all_joined(
        part((pair,), 1) for pair in elements(arguments.first) if isinstance(pair, Several)
    )
    return (Entries(known, others),)


def _super(frame: Frame, arguments: Arguments, _node: Call) -> Value:
    after = frame.owner
    for item in arguments.first:
        if isinstance(item, ClassValue):
            after = item.ref
    if after is None:
        return NOTHING
    if len(arguments.positional) > 1:
        # `super(Order, order)`: of another object than `self`.
        owners = arguments.positional[1]
        return tuple(
            Super(one, after)
            for one in owners
            if class_of(one) is not None and isinstance(one, Atom)
        )
    return NOTHING if frame.me is None else (Super(frame.me, after),)


def _same(_frame: Frame, arguments: Arguments, _node: Call) -> Value:
    return arguments.first


BUILTINS: Final[dict[str, Library]] = {
    **dict.fromkeys(("list", "tuple", "set", "frozenset", "sorted", "iter", "reversed"), _listed),
    **dict.fromkeys(("max", "min", "next"), _picked),
    **dict.fromkeys(("len", "bool", "sum", "any", "all"), _run),
    "aiter": _listed,
    "anext": _picked,
    "enumerate": _enumerated,
    "zip": _zipped,
    "map": _mapped,
    "filter": _filtered,
    "getattr": _attribute,
    "type": _class_of,
    "dict": _dictionary,
    "super": _super,
}


# --- Django's, and others'


def _row_or_404(frame: Frame, arguments: Arguments, node: Call) -> Value:
    return tuple(Row(rows.model) for rows in _asked(frame, arguments, node) if not rows.has_values)


def _rows_or_404(frame: Frame, arguments: Arguments, node: Call) -> Value:
    return (Many(_row_or_404(frame, arguments, node)),)


def _asked(frame: Frame, arguments: Arguments, node: Call) -> list[Rows]:
    found: list[Rows] = []
    for item in arguments.first:
        if isinstance(item, Rows):
            found.append(item)
        elif isinstance(item, ClassValue):
            model = frame.world.graph.model_of(item.ref)
            if model is not None:
                found.append(Rows(model))
    for rows in found:
        frame.query(node, node.line, rows, READ)
        looked_up(frame, rows, "get", arguments, node)
    return found


def _condition(_frame: Frame, arguments: Arguments, _node: Call) -> Value:
    paths = [key for key, _ in arguments.keywords if key.text not in ("then", "default")]
    for value in arguments.positional:
        for item in value:
            # `Q(("user__email", x))`
            if isinstance(item, Several) and item.parts:
                paths.extend(texts(item.parts[0])[:1])
    inside = [*arguments.everything, *(value for _, value in arguments.keywords)]
    return (Paths(tuple(dict.fromkeys((*paths, *paths_in(inside))))),)


def _expression(_frame: Frame, arguments: Arguments, _node: Call) -> Value:
    paths: list[Written] = []
    for value in arguments.positional:
        paths.extend(item for item in value if isinstance(item, Written) and item.is_whole)
    paths.extend(paths_in([*arguments.everything]))
    return (Paths(tuple(dict.fromkeys(paths))),)


def _outer(frame: Frame, arguments: Arguments, _node: Call) -> Value:
    frame.outer.extend(texts(arguments.first))
    return NOTHING


def _inner_query(frame: Frame, _arguments: Arguments, _node: Call) -> Value:
    paths = tuple(dict.fromkeys(frame.outer))
    frame.outer.clear()
    return (Paths(paths),)


def _prefetch(_frame: Frame, arguments: Arguments, _node: Call) -> Value:
    given = arguments.first or arguments.named.get("lookup", NOTHING)
    return (Paths(tuple(texts(given))),)


def _later(frame: Frame, arguments: Arguments, node: Call) -> Value:
    """What is done when the transaction is over is no part of it."""
    saved, frame.writes = frame.writes, set()
    for value in arguments.positional[:1]:
        called(frame, value, Arguments(), node)
    frame.writes = saved
    return NOTHING


def _user_model(frame: Frame, _arguments: Arguments, _node: Call) -> Value:
    return (ClassValue(frame.world.user.ref),)


def _called_later(frame: Frame, arguments: Arguments, node: Call) -> Value:
    """``SimpleLazyObject(function)`` is what the function gives."""
    return called(frame, arguments.first, Arguments(), node)


def _paged(frame: Frame, arguments: Arguments, node: Call) -> Value:
    """``Paginator(rows, 20)``: its pages are of the same rows."""
    return (Many(iterated(frame, arguments.first, node, node.line)),)


def _rendered(frame: Frame, arguments: Arguments, node: Call) -> Value:
    """``render(request, template, {"users": users})``: templates run the queries they get."""
    # Those that were made in the same function are told there.
    known = {access.model for accesses in frame.accesses.values() for access in accesses}
    for context in [*arguments.positional[1:], arguments.named.get("context", NOTHING)]:
        for item in entries(context):
            if isinstance(item, Rows) and item.model not in known:
                iterated(frame, (item,), node, node.line)
    return NOTHING


def _plain(_frame: Frame, _arguments: Arguments, _node: Call) -> Value:
    return NOTHING


FUNCTIONS: Final[dict[str, Library]] = {
    **dict.fromkeys(("get_object_or_404", "aget_object_or_404"), _row_or_404),
    **dict.fromkeys(("get_list_or_404", "aget_list_or_404"), _rows_or_404),
    **dict.fromkeys(("Q", "When"), _condition),
    **dict.fromkeys(("Exists", "Subquery", "ArraySubquery"), _inner_query),
    "OuterRef": _outer,
    "Prefetch": _prefetch,
    "Value": _plain,
    "partial": _same,
    "copy": _same,
    "deepcopy": _same,
    "chain": _chained,
    "from_iterable": _chained_inside,
    "reduce": _reduced,
    "connect": connected,
    "Paginator": _paged,
    **dict.fromkeys(("render", "render_to_string", "TemplateResponse"), _rendered),
    "on_commit": _later,
    "SimpleLazyObject": _called_later,
    "get_user_model": _user_model,
}
_NO_EXPRESSIONS: Final = ("Field", "Key", "Manager", "QuerySet", "Model", "Index", "Constraint")
_EXPRESSIONS: Final = ("django.db.models.", "django.contrib.postgres.", "django.contrib.gis.db.")


def library(name: str) -> Library | None:
    """The way to understand a call of a library's function."""
    _, _, last = name.rpartition(".")
    found = FUNCTIONS.get(last)
    if found is not None:
        return found
    if name.startswith(_EXPRESSIONS) and last[:1].isupper() and not last.endswith(_NO_EXPRESSIONS):
        return _expression
    return None


def _given(value: Value) -> Arguments:
    arguments = Arguments()
    arguments.positional = [value]
    return arguments
