"""Which models a path of an ORM lookup comes by, as ``order__user__email``."""

from collections.abc import Iterator
from typing import Final

from banyan.survey.following.relations import Relations
from banyan.survey.modelgraph import Field, FieldKind, Model

# Names after a relation that ask its own column, and so need no join.
_OF_THE_COLUMN: Final = frozenset(
    ["pk", "id", "exact", "iexact", "in", "isnull", "gt", "gte", "lt", "lte", "range"]
)
_TRANSFORMS: Final = _OF_THE_COLUMN - {"pk", "id"} | frozenset(
    [
        "contains",
        "icontains",
        "startswith",
        "istartswith",
        "endswith",
        "iendswith",
        "regex",
        "iregex",
        "search",
        "date",
        "year",
        "month",
        "day",
        "week",
        "week_day",
        "quarter",
        "time",
        "hour",
        "minute",
        "second",
        "contained_by",
        "has_key",
        "has_keys",
        "has_any_keys",
        "overlap",
        "len",
        "trigram_similar",
        "unaccent",
        "iso_year",
        "iso_week_day",
    ]
)
_KEYS: Final = (FieldKind.FOREIGN_KEY, FieldKind.ONE_TO_ONE)
_PREFIXES: Final = "-+^=@*?$"


def crossed(graph: Relations, model: Model, path: str, is_loading: bool) -> Iterator[Model]:
    """The models whose tables the path needs, apart from the one it starts at.

    Args:
        is_loading: whether the path names relations to be loaded, so that the last one counts.
    """
    names = path.lstrip(_PREFIXES).split("__")
    for index, name in enumerate(names):
        step = _step(graph, model, name)
        if step is None:
            return
        found, is_column = step
        after = names[index + 1] if index + 1 < len(names) else ""
        if not is_column or is_loading or _needs_join(graph, found, after):
            yield found
        model = found


def trimmed(path: str) -> str:
    """A path without what says how it is compared or sorted."""
    names = path.lstrip(_PREFIXES).split("__")
    while len(names) > 1 and names[-1] in _TRANSFORMS:
        names.pop()
    return "__".join(names)


def is_field(graph: Relations, model: Model, path: str) -> bool:
    """Whether the first step of a path is known to be of the model."""
    name = path.lstrip(_PREFIXES).partition("__")[0]
    return _step(graph, model, name) is not None or graph.field(model, name) is not None


def relation(graph: Relations, model: Model, name: str) -> Field | None:
    """The relation that an attribute or path calls by a name, forward or backward."""
    found = graph.field(model, name)
    if found is not None and found.is_relation:
        return found
    return graph.reverse(model, name) or graph.queried(model, name)


def _step(graph: Relations, model: Model, name: str) -> tuple[Model, bool] | None:
    """Where a name leads, and whether the model itself has the column."""
    forward = graph.field(model, name)
    if forward is not None:
        target = graph.target(forward)
        if target is None:
            return None
        return target, forward.kind in _KEYS or forward.kind is FieldKind.MANY_TO_MANY
    backward = graph.queried(model, name) or graph.reverse(model, name)
    if backward is not None:
        return backward.owner, False
    child = graph.child(model, name)
    return (child, False) if child is not None else None


def _needs_join(graph: Relations, target: Model, after: str) -> bool:
    if not after:
        return False
    return after not in _OF_THE_COLUMN or (after != "id" and graph.field(target, after) is not None)
