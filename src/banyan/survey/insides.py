"""What is inside of each module: counted, so that it can be compared with what goes out."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

import msgspec

from banyan.survey.facts import Inside, Place, Unresolved
from banyan.survey.kinds.imports import Reach
from banyan.survey.modelgraph import FieldKind, Model, ModelGraph
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


class Counted(msgspec.Struct, array_like=True, gc=False):
    """What a file adds to what is inside of its module.

    Attributes:
        imports: of other files of the module: where each stands, and what is imported.
    """

    classes: int = 0
    abstract: int = 0
    imports: tuple[tuple[str, str], ...] = ()


def counted(
    territory: Territory, outline: Outline, imported: Iterable[Reach | Unresolved]
) -> Counted:
    """Count a file of ordinary code.

    Args:
        imported: all that the file imports of the project.
    """
    own = outline.module.path
    here = territory.module_at(own)
    if here is None:
        return Counted()
    top = [of for of, scope in outline.classes if not scope.symbol]
    imports: dict[tuple[str, str], None] = {}
    for reach in imported:
        if isinstance(reach, Reach) and reach.place in (None, Place.FUNCTION):
            path = reach.path if territory.module_at(reach.path) == here else reach.through
            if path != own and territory.module_at(path) == here:
                imports[reach.scope.name, reach.target] = None
    return Counted(len(top), sum(map(is_abstract, top)), tuple(imports))


def insides(
    territory: Territory,
    graph: ModelGraph,
    home: Callable[[Model], str | None],
    files: Mapping[str, Counted],
) -> dict[str, Inside]:
    """What is inside of each module.

    Args:
        home: the module that a model belongs to.
        files: of ordinary code, by path.
    """
    counts = {name: _Counts() for name in territory.modules}
    for path, file in files.items():
        here = territory.module_at(path)
        if here is not None:
            into = counts[here]
            into.classes += file.classes
            into.abstract += file.abstract
            into.imports |= {(path, *one) for one in file.imports}
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
