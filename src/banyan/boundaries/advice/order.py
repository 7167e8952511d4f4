"""The cutting order: of one module, or, where all stay, of what pays in any case."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias

from banyan.boundaries.advice.facts import Rung, Step
from banyan.boundaries.advice.rungs import keeps_from
from banyan.boundaries.advice.ties import Ties, place
from banyan.survey import graph
from banyan.survey.cuts import CUTS, Cut, cut_of
from banyan.survey.facts import DATA, Coupling, Kind
from banyan.survey.words import some

PLACES: Final = 5
_MOST_ROUNDS: Final = 5
_ENOUGH: Final = 8
Edge: TypeAlias = tuple[str, str]
"""A consumer and an owner."""
_Stage: TypeAlias = tuple[Rung, bool, str, str, int]
_IMPORTED_ALONE: Final = Cut(
    "a library for what is imported",
    "No row of the other is asked for: what is imported, as an abstract model, can stand where "
    "neither needs the other.",
    lambda coupling: coupling.kind is Kind.MODEL_IMPORT,
)
# What a public face or a contract makes orderly is a call still, and so a step of a cycle still.
_CALLS: Final = frozenset(
    {
        Kind.GET_MODEL,
        Kind.IMPORT,
        Kind.MODEL_ACCESS,
        Kind.MODEL_IMPORT,
        Kind.REVERSE_ACCESSOR,
        Kind.TASK,
    }
)
_TURNED: Final = Cut(
    "an event, or a move",
    "To ask the other by a public face or a contract would leave the cycle as it is: let the "
    "other hear an event, keep a projection of what is read, or move what both need to where "
    "neither needs the other.",
    lambda coupling: coupling.kind in _CALLS,
)
_CUTS: Final = (*CUTS, _IMPORTED_ALONE, _TURNED)
# Goes by itself once something else is done, so it comes last.
_BY_ITSELF: Final = "nothing more"


def steps(module: str, ties: Ties) -> tuple[Step, ...]:
    """What takes a module apart from the rest: rung by rung; what ends a cycle, then what is cheap.

    What goes by itself with other couplings comes last.
    """
    grouped: defaultdict[_Stage, list[Coupling]] = defaultdict(list)
    by_rows = _by_rows(ties)
    for one in ties.of(module):
        rung = keeps_from(one, module, ties)
        if rung is not None:
            cut = _cut_of(one, by_rows)
            by_itself = cut.name.startswith(_BY_ITSELF)
            # The import of a model goes with the last use of its rows, and not before.
            stage = max(rung, Rung.CONTRACTED) if by_itself else rung
            grouped[stage, by_itself, one.from_, one.to, _CUTS.index(cut)].append(one)
    group = ties.cycle_of(module)

    def rank(key: _Stage) -> tuple[Rung, bool, bool, int, str, str, int]:
        stage, by_itself, consumer, owner, cut = key
        circles = consumer in group and owner in group
        return stage, by_itself, not circles, len(grouped[key]), consumer, owner, cut

    left = Counter((one.from_, one.to) for one in ties.couplings if ties.makes_cycle(one))
    alive = {name: dict(others) for name, others in ties.graph.items()}
    made: list[Step] = []
    for key in sorted(grouped, key=rank):
        couplings = grouped[key]
        stage, _, consumer, owner, number = key
        gain = ""
        left[consumer, owner] -= sum(
            ties.makes_cycle(one) for one in couplings if not _TURNED.fits(one)
        )
        if owner in alive.get(consumer, {}) and left[consumer, owner] <= 0:
            gain = _without(alive, [(consumer, owner)])
        made.append(_step((consumer, owner), stage, _CUTS[number], couplings, gain))
    return tuple(made)


def cleanup(ties: Ties) -> tuple[Step, ...]:
    """The few steps that take the most modules out of cycles for the fewest couplings.

    Greedy: of all single pairs, of all that one module holds on to within its cycle, and of all
    that holds on to it there, what frees most modules for each coupling comes first.
    """
    alive = {name: dict(others) for name, others in ties.graph.items()}
    held: defaultdict[Edge, list[Coupling]] = defaultdict(list)
    for one in ties.couplings:
        if ties.makes_cycle(one):
            held[one.from_, one.to].append(one)
    by_rows = _by_rows(ties)
    made: list[Step] = []
    for _ in range(_MOST_ROUNDS):
        edges = _best(alive)
        if not edges or len(made) >= _ENOUGH:
            break
        gain = _without(alive, edges)
        by_cut: defaultdict[tuple[str, str, int], list[Coupling]] = defaultdict(list)
        for consumer, owner in edges:
            for one in held[consumer, owner]:
                by = _cut_of(one, by_rows)
                turned = by is not _IMPORTED_ALONE and _TURNED.fits(one)
                by_cut[consumer, owner, _CUTS.index(_TURNED if turned else by)].append(one)
        keys = sorted(by_cut, key=lambda key: (len(by_cut[key]), key))
        whole = sum(map(len, by_cut.values()))
        for count, (consumer, owner, cut) in enumerate(keys):
            if len(keys) > 1:
                said = f"with the next {len(keys) - 1}, {whole:,} in all, {gain}"
            else:
                said = gain
            couplings = by_cut[consumer, owner, cut]
            made.append(
                _step((consumer, owner), Rung.BOUNDED, _CUTS[cut], couplings, "" if count else said)
            )
    return tuple(made)


def _by_rows(ties: Ties) -> frozenset[Edge]:
    return frozenset((one.from_, one.to) for one in ties.couplings if one.kind in DATA)


def _cut_of(coupling: Coupling, by_rows: frozenset[Edge]) -> Cut:
    """What would cut it; an import of models doesn't go by itself where no rows are asked for."""
    alone = coupling.kind is Kind.MODEL_IMPORT and (coupling.from_, coupling.to) not in by_rows
    return _IMPORTED_ALONE if alone else cut_of(coupling)


def _best(alive: dict[str, dict[str, int]]) -> tuple[Edge, ...]:
    """The edges whose removal frees most modules for each coupling; () where none is in a cycle."""
    best: tuple[float, tuple[Edge, ...]] = (0.0, ())
    for group in graph.cycles(alive):
        inside = {
            (name, other): count
            for name in group
            for other, count in sorted(alive[name].items())
            if other in group
        }
        candidates: list[tuple[Edge, ...]] = [(edge,) for edge in inside]
        for name in group:
            candidates.append(tuple(edge for edge in inside if edge[0] == name))
            candidates.append(tuple(edge for edge in inside if edge[1] == name))
        for edges in candidates:
            left = {
                name: {
                    other: count
                    for other, count in alive[name].items()
                    if other in group and (name, other) not in edges
                }
                for name in group
            }
            freed = len(group) - sum(map(len, graph.cycles(left)))
            worth = freed / sum(inside[edge] for edge in edges)
            if worth > best[0]:
                best = worth, edges
    return best[1]


def _without(alive: dict[str, dict[str, int]], edges: Iterable[Edge]) -> str:
    """Remove edges, and say what that does to cycles."""
    before = {name for group in graph.cycles(alive) for name in group}
    for consumer, owner in edges:
        del alive[consumer][owner]
    after = {name for group in graph.cycles(alive) for name in group}
    freed = sorted(before - after)
    if not freed:
        return ""
    if not after:
        return "ends the last cycle"
    return f"takes {some(freed, 2)} out of the cycle, which leaves {len(after):,} in it"


def _step(edge: Edge, rung: Rung, cut: Cut, couplings: Iterable[Coupling], gain: str) -> Step:
    listed = sorted(couplings, key=lambda one: (one.file, one.line))
    places = tuple(dict.fromkeys(map(place, listed)))
    return Step(
        consumer=edge[0],
        owner=edge[1],
        rung=rung,
        cut=cut.name,
        hint=cut.hint,
        count=len(listed),
        gain=gain,
        places=places[:PLACES],
    )


def parse(text: str) -> tuple[str, str] | None:
    """The consumer and the owner of ``orders->users``; None where it is no such thing."""
    consumer, arrow, owner = text.partition("->")
    consumer, owner = consumer.strip(), owner.strip()
    return (consumer, owner) if arrow and consumer and owner else None


def without(couplings: Iterable[Coupling], cuts: Iterable[tuple[str, str]]) -> Iterator[Coupling]:
    """The couplings that are left once others are cut."""
    gone = frozenset(cuts)
    return (one for one in couplings if (one.from_, one.to) not in gone)
