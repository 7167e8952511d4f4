"""What is inside of each module: counted, so that it can be compared with what goes out."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from banyan.survey.facts import Inside, Place
from banyan.survey.kinds.imports import Reach, reaches
from banyan.survey.modelgraph import FieldKind, Model, ModelGraph
from banyan.survey.names import Names
from banyan.survey.outline import Outline
from banyan.survey.syntax import Assign, Call, Class, Constant, Function, Statement, Subscript
from banyan.survey.territory import Territory
from banyan.survey.traversal import last_name

_ABSTRACT_BASES: Final = frozenset({"ABC", "Protocol"})
_TABLES: Final = frozenset({FieldKind.FOREIGN_KEY, FieldKind.ONE_TO_ONE, FieldKind.MANY_TO_MANY})


@dataclass(slots=True)
class _Counts:
    classes: int = 0
    abstract: int = 0
    imports: set[tuple[str, str, str]] = field(default_factory=set[tuple[str, str, str]])
    relations: set[frozenset[str]] = field(default_factory=set[frozenset[str]])


def insides(
    names: Names,
    territory: Territory,
    graph: ModelGraph,
    home: Callable[[Model], str | None],
    outlines: Iterable[Outline],
) -> dict[str, Inside]:
    """What is inside of each module.

    Args:
        home: the module that a model belongs to.
        outlines: of all files of ordinary code.
    """
    counts = {name: _Counts() for name in territory.modules}
    for outline in outlines:
        here = territory.module_at(outline.module.path)
        if here is None or outline.module.place is not None:
            continue
        counted = counts[here]
        for of, scope in outline.classes:
            if not scope.symbol:
                counted.classes += 1
                counted.abstract += is_abstract(of)
        for reach in reaches(names, outline):
            if isinstance(reach, Reach) and reach.place in (None, Place.FUNCTION):
                path = reach.path if territory.module_at(reach.path) == here else reach.through
                if path != outline.module.path and territory.module_at(path) == here:
                    counted.imports.add((outline.module.path, reach.scope.name, reach.target))
    for here, pair in _related(graph, home):
        counts[here].relations.add(pair)
    return {
        name: Inside(
            classes=one.classes,
            abstract=one.abstract,
            imports=len(one.imports),
            relations=len(one.relations),
        )
        for name, one in counts.items()
    }


def is_abstract(of: Class) -> bool:
    """Whether a class says itself that it has no instances.

    A Django model by ``abstract = True`` in its ``Meta``; any class by a base ``ABC`` or
    ``Protocol``, by the metaclass ``ABCMeta``, or by an abstract method.
    """
    bases = (one.value if isinstance(one, Subscript) else one for one in of.bases)
    if any(last_name(base) in _ABSTRACT_BASES for base in bases):
        return True
    if any(one.name == "metaclass" and last_name(one.value) == "ABCMeta" for one in of.keywords):
        return True
    return any(_makes_abstract(one) for one in of.body)


def _makes_abstract(statement: Statement) -> bool:
    match statement:
        case Function(decorators=decorators):
            names = (one.function if isinstance(one, Call) else one for one in decorators)
            return any(last_name(one).startswith("abstract") for one in names)
        case Class(name="Meta", body=body):
            return any(
                isinstance(one, Assign)
                and one.value == Constant(value=True)
                and any(last_name(target) == "abstract" for target in one.targets)
                for one in body
            )
        case _:
            return False


def _related(
    graph: ModelGraph, home: Callable[[Model], str | None]
) -> Iterator[tuple[str, frozenset[str]]]:
    """Two models of one module that a relation ties."""
    for model in graph.models():
        here = home(model)
        if model.is_abstract or here is None:
            continue
        targets = [one.target for one in model.fields.values() if one.kind in _TABLES]
        for other in (*targets, *model.parents):
            if other is not None and other is not model and home(other) == here:
                yield here, frozenset((model.label, other.label))
