"""What ties the modules of a project, as an advice counts it."""

from collections.abc import Iterable
from functools import cached_property
from typing import Final

from banyan.boundaries.checking.permits import permits
from banyan.modules import Project
from banyan.survey import graph
from banyan.survey.facts import (
    DATA,
    RELATIONS,
    Coupling,
    Kind,
    Module,
    Place,
    SharedTable,
    Survey,
    order,
)
from banyan.survey.figures import (
    ASIDE,
    CYCLE,
    EXPERIMENTAL,
    is_between_modules,
    is_of_request,
    module_graph,
    module_names,
)
from banyan.survey.graph import Graph
from banyan.survey.places import CONTRACT

KEYS: Final = RELATIONS | {Kind.GENERIC_RELATION}
"""What is kept in columns of tables, and in tables of pairs."""
JOINS: Final = frozenset({Kind.ORM_LOOKUP, Kind.RAW_SQL})
ROWS: Final = frozenset({Kind.MODEL_ACCESS, Kind.REVERSE_ACCESSOR, Kind.GET_MODEL})
CALLS: Final = frozenset({Kind.IMPORT, Kind.MODEL_IMPORT, Kind.TASK, Kind.HTTP_CALL})


class Ties:
    """The couplings that hold modules together, and what follows from them.

    Left out are tests and migrations, who sends a request (that travels with it, in a token),
    the use of libraries, and the order of migrations where no relation is left between the two.

    Args:
        couplings: those to look at; by default all of the survey.
    """

    def __init__(
        self, survey: Survey, project: Project, couplings: Iterable[Coupling] | None = None
    ) -> None:
        self._permits = permits(project)
        self._tables = sorted(survey.tables)
        self.modules = {module.name: module for module in survey.modules}
        self.names = tuple(sorted(module_names(survey)))
        # In order, so that the first of some is the same one however they came.
        listed = sorted(survey.couplings if couplings is None else couplings, key=order)
        related = {frozenset((one.from_, one.to)) for one in listed if one.kind in KEYS}
        between = [
            one
            for one in listed
            if is_between_modules(one)
            and not is_of_request(one)
            and _is_standing(one, frozenset((one.from_, one.to)) in related)
        ]
        self.libraries = self._libraries(between)
        self.couplings = tuple(one for one in between if one.to not in self.libraries)

    @cached_property
    def tangled(self) -> frozenset[str]:
        """The modules that are in some cycle."""
        return frozenset(name for group in self.cycles for name in group)

    def shared_tables(self, name: str) -> list[SharedTable]:
        """The tables that models of a module and of others have."""
        return [
            table
            for table in self._tables
            if {name} < {model.module for model in table.models} - self.libraries
        ]

    def of(self, name: str) -> list[Coupling]:
        """The couplings of a module, both ways."""
        return [one for one in self.couplings if name in (one.from_, one.to)]

    def lines(self, name: str) -> int:
        """How many lines of Python a module has."""
        module = self.modules.get(name)
        return module.lines if module else 0

    @cached_property
    def graph(self) -> Graph:
        """The steps of cycles: how often each module holds on to each other."""
        return module_graph(self.names, filter(self.makes_cycle, self.couplings))

    @cached_property
    def cycles(self) -> tuple[tuple[str, ...], ...]:
        """The groups of modules in a circle, the largest first."""
        return tuple(graph.cycles(self.graph))

    @cached_property
    def reach(self) -> float:
        """To which share of the others a module holds on."""
        return graph.reach(self.graph)

    def cycle_of(self, name: str) -> tuple[str, ...]:
        """The group in which a module is; () where it is in none."""
        return next((group for group in self.cycles if name in group), ())

    def makes_cycle(self, coupling: Coupling) -> bool:
        """Whether it is a step of a cycle: a call or a reach into internals; to hear is none."""
        return (
            coupling.kind in CYCLE - EXPERIMENTAL
            and coupling.place is not Place.TYPING
            and not self._permits.only_hears(coupling)
        )

    def is_public(self, coupling: Coupling) -> bool:
        """Whether an import names only what the other module makes public."""
        return self._permits.is_public(coupling)

    def _libraries(self, couplings: Iterable[Coupling]) -> frozenset[str]:
        """Modules without tables that hold on to nothing but others of their kind, and are used."""
        held: dict[str, set[str]] = {name: set() for name in self.names}
        used: set[str] = set()
        for one in couplings:
            held[one.from_].add(one.to)
            used.add(one.to)
        found = {name for name in used if _has_no_tables(self.modules.get(name))}
        while out := {name for name in found if held[name] - found}:
            found -= out
        return frozenset(found)


def is_contract(coupling: Coupling) -> bool:
    """Whether it is an import from a module's contract."""
    parts = {*coupling.target.split(".")[1:], *coupling.via.split(".")[1:]}
    return coupling.kind is Kind.IMPORT and not CONTRACT.isdisjoint(parts)


def is_write(coupling: Coupling) -> bool:
    """Whether it writes rows."""
    return coupling.kind in ROWS and coupling.verb not in ("", "read")


def carries_data(coupling: Coupling) -> bool:
    """Whether rows, and not only code, are what ties the two."""
    return coupling.kind in DATA


def place(coupling: Coupling) -> str:
    """As ``shop/orders/models.py:12``."""
    return f"{coupling.file}:{coupling.line}"


def _is_standing(coupling: Coupling, is_related: bool) -> bool:
    if coupling.kind is Kind.MIGRATION:
        return is_related
    return coupling.place not in ASIDE


def _has_no_tables(module: Module | None) -> bool:
    return module is not None and not module.models
