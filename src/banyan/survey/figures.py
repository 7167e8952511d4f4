"""The numbers of a survey: what is counted, what ties the worst pairs, what to look at next.

What counts stands in ordinary code, between two modules, and is of a kind whose precision was
measured. Couplings in tests and migrations are listed but not counted.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from enum import IntEnum
from typing import Final

import msgspec

from banyan.survey import graph
from banyan.survey.facts import DATA, RELATIONS, REQUEST_USER, Coupling, Kind, Place, Survey
from banyan.survey.graph import Graph
from banyan.survey.words import IMPORTS, is_cascade, tally

# Kinds of which the precision isn't good enough yet, or not measured: listed, but not counted.
EXPERIMENTAL: Final = frozenset[Kind]()
ASIDE: Final = frozenset({Place.TEST, Place.MIGRATION})
# What makes a cycle: to call, to reach into data, to reach into internals. Not: to hear of the
# other (signals), to link to its pages, or to have been migrated after it.
CYCLE: Final = (DATA - {Kind.SIGNAL}) | IMPORTS | {Kind.TASK, Kind.HTTP_CALL}


class Seen(IntEnum):
    """What a graph of imports shows of a coupling."""

    ITSELF = 0
    """It is an import."""
    EDGE = 1
    """There is an import between the two, but no word of what else ties them."""
    NOTHING = 2
    """There is no import between the two modules, in neither direction."""


class Pair(msgspec.Struct, frozen=True):
    """Two modules and what ties them, both ways.

    Attributes:
        first: the one that holds on more.
        couplings: those that count.
    """

    first: str
    second: str
    couplings: tuple[Coupling, ...]

    @property
    def data(self) -> int:
        """How many of the couplings carry data."""
        return sum(each.kind in DATA for each in self.couplings)

    @property
    def imports(self) -> int:
        """How many of the couplings an import graph shows."""
        return sum(each.kind in IMPORTS for each in self.couplings)

    @property
    def phrase(self) -> str:
        """As ``orders and users: 3 imports, 14 foreign keys; an import graph shows 3``."""
        shown = f"{self.imports:,}" if self.imports else "none of it"
        return (
            f"{self.first} and {self.second}: {tally(self.couplings)}; "
            f"an import graph shows {shown}"
        )


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """What a survey comes to.

    Attributes:
        counted: the couplings that count.
        by_kind: how many couplings of each kind count.
        pairs: tied the most first: by couplings that carry data, then by all.
        worst: of the pair that is tied the most, the coupling that is hardest to undo.
        cycles: the groups of modules that hold on to each other in a circle, largest first.
        reach: to which share of the others a module holds on, directly or through others; by the
            couplings that make cycles.
        data: how many couplings carry data.
        unseen: of these, how many are between modules with no import between them.
        untold: of these, how many an import graph shows as an edge and no more.
        order: all modules, so that layers show; by the same couplings.
        levels: how high each stands above the foundations.
        tests: how many couplings stand in tests, and are not counted.
        migrations: how many stand in migrations, and are not counted.
    """

    counted: tuple[Coupling, ...]
    by_kind: dict[Kind, int]
    pairs: tuple[Pair, ...]
    worst: Coupling | None
    cycles: tuple[tuple[str, ...], ...]
    reach: float
    data: int
    unseen: int
    untold: int
    order: tuple[str, ...]
    levels: dict[str, int]
    tests: int
    migrations: int

    @property
    def in_cycles(self) -> int:
        """How many modules are in some cycle."""
        return sum(map(len, self.cycles))


def figures(survey: Survey) -> Figures:
    """Count what a survey found."""
    between = [each for each in survey.couplings if is_between_modules(each)]
    counted = tuple(each for each in between if counts(each))
    seen = visibility(counted)
    data = [each for each in counted if each.kind in DATA]
    shown = Counter(seen[each.from_, each.to] for each in data)
    pairs = _pairs(counted)
    held = module_graph(module_names(survey), filter(makes_cycle, counted))
    ordered = graph.order(held)
    return Figures(
        counted=counted,
        by_kind=dict(Counter(each.kind for each in counted)),
        pairs=pairs,
        worst=min(pairs[0].couplings, key=lambda each: _hardness(each, seen)) if pairs else None,
        cycles=survey.cycles,
        reach=graph.reach(held),
        data=len(data),
        unseen=shown[Seen.NOTHING],
        untold=shown[Seen.EDGE],
        order=ordered,
        levels=graph.levels(held, ordered),
        tests=sum(each.place is Place.TEST for each in between),
        migrations=sum(is_of_migrations(each) for each in between),
    )


def is_between_modules(coupling: Coupling) -> bool:
    """Whether it ties two modules of the project."""
    return bool(coupling.to) and coupling.from_ != coupling.to


def is_of_request(coupling: Coupling) -> bool:
    """Whether it only asks who sends a request: in a service, that comes with the request."""
    return coupling.lookup == REQUEST_USER and coupling.verb in ("", "read")


def is_of_migrations(coupling: Coupling) -> bool:
    """Whether it stands in a migration, or orders migrations."""
    return coupling.place is Place.MIGRATION or coupling.kind is Kind.MIGRATION


def counts(coupling: Coupling) -> bool:
    """Whether the summary's numbers include it."""
    return (
        is_between_modules(coupling)
        and coupling.kind not in EXPERIMENTAL
        and coupling.place not in ASIDE
        and not is_of_migrations(coupling)
    )


def makes_cycle(coupling: Coupling) -> bool:
    """Whether it counts as an edge where cycles are looked for."""
    return counts(coupling) and coupling.kind in CYCLE and coupling.place is not Place.TYPING


def module_names(survey: Survey) -> list[str]:
    """The survey's modules, and any that only a coupling names."""
    names = {module.name: None for module in survey.modules}
    for each in survey.couplings:
        names |= {each.from_: None} | ({each.to: None} if each.to else {})
    return list(names)


def module_graph(names: Iterable[str], couplings: Iterable[Coupling]) -> Graph:
    """How often each module holds on to each other."""
    made: dict[str, Counter[str]] = {name: Counter() for name in names}
    for each in couplings:
        made[each.from_][each.to] += 1
    return made


def cycles(names: Iterable[str], couplings: Iterable[Coupling]) -> tuple[tuple[str, ...], ...]:
    """The groups of modules that hold on to each other in a circle, largest first."""
    return tuple(graph.cycles(module_graph(names, filter(makes_cycle, couplings))))


def visibility(couplings: Iterable[Coupling]) -> dict[tuple[str, str], Seen]:
    """What an import graph shows of the couplings of each pair that aren't imports.

    Imports in tests and migrations don't count; those for typing only do.
    """
    listed = list(couplings)
    edges = {(each.from_, each.to) for each in listed if counts(each) and each.kind in IMPORTS}
    return {
        pair: Seen.EDGE if pair in edges or pair[::-1] in edges else Seen.NOTHING
        for pair in {(each.from_, each.to) for each in listed}
    }


def _pairs(couplings: Iterable[Coupling]) -> tuple[Pair, ...]:
    held: defaultdict[tuple[str, str], list[Coupling]] = defaultdict(list)
    for each in couplings:
        held[min(each.from_, each.to), max(each.from_, each.to)].append(each)
    made: list[Pair] = []
    for (one, other), between in held.items():
        forth = sum(each.from_ == one for each in between)
        first, second = (one, other) if 2 * forth >= len(between) else (other, one)
        made.append(Pair(first, second, tuple(between)))
    made.sort(key=lambda pair: (-pair.data, -len(pair.couplings), pair.first, pair.second))
    return tuple(made)


# What is hardest to undo first: to be atomic with another, then to be deleted with it, then to
# know its tables, then to know its rows, then to know its code.
_HARDEST: Final[tuple[Callable[[Coupling], bool], ...]] = (
    lambda each: each.kind is Kind.TRANSACTION,
    lambda each: bool(each.cascades),
    lambda each: each.kind in RELATIONS and is_cascade(each),
    lambda each: each.kind is Kind.RAW_SQL,
    lambda each: each.kind is Kind.MODEL_INHERITANCE,
    lambda each: each.kind in RELATIONS,
    lambda each: each.kind is Kind.MODEL_ACCESS and each.verb not in ("", "read"),
    lambda each: each.kind is Kind.ORM_LOOKUP,
    lambda each: each.kind is Kind.GENERIC_RELATION,
    lambda each: each.kind is Kind.SIGNAL,
    lambda each: each.kind in DATA,
    lambda each: each.face == "internal",
)


def _hardness(
    coupling: Coupling, seen: dict[tuple[str, str], Seen]
) -> tuple[int, int, int, str, int]:
    fitting = (number for number, fits in enumerate(_HARDEST) if fits(coupling))
    rank = next(fitting, len(_HARDEST))
    return (
        rank,
        -len(coupling.cascades),
        -seen[coupling.from_, coupling.to],
        coupling.file,
        coupling.line,
    )
