"""The rung of each module, and what keeps it from the next ones."""

from collections import defaultdict
from typing import Final

from banyan.boundaries.advice.facts import Hold, Rung
from banyan.boundaries.advice.ties import JOINS, KEYS, ROWS, Ties, is_contract, is_write, place
from banyan.modules import Project
from banyan.survey.cuts import cut_of
from banyan.survey.facts import Coupling, Kind, Place
from banyan.survey.words import number, some, tally

NAMES: Final = {
    Rung.TANGLED: "tangled",
    Rung.BOUNDED: "bounded",
    Rung.CONTRACTED: "contracted",
    Rung.DATA_OWNED: "data-owned",
    Rung.SEPARABLE: "separable",
    Rung.EXTRACTED: "extracted",
}
_DATA_OWNED: Final = KEYS | JOINS | {Kind.TRANSACTION, Kind.MIGRATION}
_CONTRACTED: Final = ROWS | {Kind.SIGNAL, Kind.TASK, Kind.HTTP_CALL}


def keeps_from(coupling: Coupling, module: str, ties: Ties) -> Rung | None:
    """The lowest rung from which a coupling keeps one of its two modules; None for none."""
    kind = coupling.kind
    if kind in _DATA_OWNED:
        return Rung.DATA_OWNED
    if kind in _CONTRACTED or coupling.place is Place.TYPING:
        return None if is_contract(coupling) else Rung.CONTRACTED
    if kind is Kind.URL_REVERSE:
        return Rung.SEPARABLE
    if is_contract(coupling):
        return None
    reaches_in = coupling.to == module and not ties.is_public(coupling)
    return Rung.BOUNDED if reaches_in else Rung.CONTRACTED


def holds(module: str, ties: Ties) -> tuple[Hold, ...]:
    """What keeps a module from the rungs above, the lowest rung first, then the heaviest."""
    grouped: defaultdict[tuple[Rung, str, bool, str], list[Coupling]] = defaultdict(list)
    for one in ties.of(module):
        rung = keeps_from(one, module, ties)
        if rung is not None:
            is_out = one.from_ == module
            other = one.to if is_out else one.from_
            grouped[rung, other, is_out, cut_of(one).name].append(one)
    found = [
        Hold(
            rung=rung,
            what=f"{_counted(held)} {'to' if is_out else 'by'} {other}",
            other=other,
            count=len(held),
            place=min((one.file, one.line, place(one)) for one in held)[2],
            cut=cut,
        )
        for (rung, other, is_out, cut), held in grouped.items()
    ]
    for table in ties.shared_tables(module):
        others = sorted({model.module for model in table.models} - {module})
        first = next(model for model in table.models if model.module == module)
        found.append(
            Hold(
                rung=Rung.DATA_OWNED,
                what=f"the table {table.name}, which is of {some(others, 3)} too",
                other=others[0] if len(others) == 1 else "",
                count=1,
                place=f"{first.file}:{first.line}",
                cut="one owner, whom the other asks",
            )
        )
    if group := ties.cycle_of(module):
        others = [name for name in group if name != module]
        found.append(
            Hold(
                rung=Rung.BOUNDED,
                what=f"a cycle with {some(others, 3)}",
                other=others[0] if len(others) == 1 else "",
                count=len(others),
            )
        )
    # A cycle has no place of its own, and comes first: it keeps all its modules from moving.
    return tuple(
        sorted(found, key=lambda one: (one.rung, bool(one.place), -one.count, one.other, one.what))
    )


def _counted(held: list[Coupling]) -> str:
    if all(one.kind is Kind.MODEL_IMPORT for one in held):
        return number(len(held), "model import", "model imports")
    if all(map(is_write, held)):
        return number(len(held), "write", "writes")
    return tally(held)


def rung(module: str, found: tuple[Hold, ...], ties: Ties, project: Project) -> Rung:
    """The rung of a module, from what keeps it from rungs.

    What it needs to be seen running is never taken from facts that were only read: the fourth
    means that it is configured to run apart. The fifth is never given.
    """
    lowest = min((one.rung for one in found), default=Rung.EXTRACTED)
    if lowest <= Rung.DATA_OWNED:
        return Rung(lowest - 1)
    apart = lowest > Rung.SEPARABLE and is_apart(module, ties, project)
    return Rung.SEPARABLE if apart else Rung.DATA_OWNED


def is_apart(module: str, ties: Ties, project: Project) -> bool:
    """Whether a topology has it alone in a service, beside other services."""
    for topology in project.topologies.values():
        service = topology.service_of(module)
        if service is not None and len(topology.services) > 1:
            alone = all(one == module or one in ties.libraries for one in service.modules)
            if alone and service.url is None:
                return True
    return False
