"""Relations between the models of different modules: keys, many-to-many, generic, inheritance."""

from collections.abc import Callable, Iterator

import msgspec

from banyan.survey.facts import Coupling, Kind
from banyan.survey.modelgraph import Field, FieldKind, Model, ModelGraph

_KINDS = {
    FieldKind.FOREIGN_KEY: Kind.FOREIGN_KEY,
    FieldKind.ONE_TO_ONE: Kind.ONE_TO_ONE,
    FieldKind.MANY_TO_MANY: Kind.MANY_TO_MANY,
    FieldKind.GENERIC_RELATION: Kind.GENERIC_RELATION,
}


def relations(graph: ModelGraph, home: Callable[[Model], str | None]) -> Iterator[Coupling]:
    """The relations that cross from one module to another.

    A relation is its model's, whose table has the column, whoever's code adds it.

    Args:
        home: the module that a model belongs to.
    """
    for model in graph.models():
        here = home(model)
        if model.is_abstract or here is None:
            continue
        for parent in model.parents:
            there = home(parent)
            if there is not None and there != here:
                yield _inheritance(model, parent, here, there)
        for field in model.fields.values():
            if field.target is None or field.kind not in _KINDS:
                continue
            there = home(field.target)
            if there is not None and there != here:
                yield _relation(field, here, there)
            between = graph.labelled(field.through) if field.through else None
            beyond = home(between) if between is not None else None
            if beyond is not None and beyond not in (here, there):
                yield msgspec.structs.replace(_relation(field, here, beyond), target=field.through)


def _relation(field: Field, here: str, there: str) -> Coupling:
    target = field.target
    is_key = field.kind in (FieldKind.FOREIGN_KEY, FieldKind.ONE_TO_ONE)
    is_inherited = field.declared_in is not None and field.declared_in is not field.owner.ref
    return Coupling(
        kind=_KINDS[field.kind],
        from_=here,
        to=there,
        file=field.path,
        line=field.line,
        source=f"{field.owner.label}.{field.name}",
        target=target.label if target else field.target_label,
        on_delete=field.on_delete if is_key else "",
        null=field.null if is_key else None,
        related_name=field.related_name,
        through=field.through,
        inherited_from=field.declared_in.name if is_inherited and field.declared_in else "",
    )


def _inheritance(model: Model, parent: Model, here: str, there: str) -> Coupling:
    return Coupling(
        kind=Kind.MODEL_INHERITANCE,
        from_=here,
        to=there,
        file=model.ref.module.path,
        line=model.ref.node.line,
        source=model.label,
        target=parent.label,
    )
