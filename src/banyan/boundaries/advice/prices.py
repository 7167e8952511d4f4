"""What it would cost to separate a module, with what the figures rest on."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from banyan.boundaries.advice.facts import Basis, Price
from banyan.boundaries.advice.history import History
from banyan.boundaries.advice.ties import JOINS, ROWS, Ties, is_contract
from banyan.survey.facts import RELATIONS, SHOWN_BY_RUNS, Coupling, Kind
from banyan.survey.facts import Basis as Evidence
from banyan.survey.words import number

# What becomes a call that a request waits for; a task doesn't wait.
_ASKS: Final = ROWS | JOINS


def price(
    module: str,
    ties: Ties,
    weights: Mapping[str, float],
    history: History | None,
    *,
    has_evidence: bool,
) -> Price:
    """What it would cost to separate one module."""
    crossing = ties.of(module)
    asked = per_function(crossing)
    calls = round(sum(asked.values()) / len(asked), 1) if asked else 0.0
    each = weights["remote_call_ms"]
    shown = [one for one in crossing if _is_shown(one)]
    seen = sum(one.evidence is not Evidence.READ for one in shown) if has_evidence else None
    kinds = [one.kind for one in crossing]
    others = {one.from_ for one in crossing} | {one.to for one in crossing}
    return Price(
        calls_per_request=calls,
        latency_ms=round(calls * each, 1),
        basis=Basis.SEEN if seen and seen == len(shown) else Basis.ESTIMATED,
        transactions=len({(c.file, c.line) for c in crossing if c.kind is Kind.TRANSACTION}),
        foreign_keys=sum(kind in RELATIONS for kind in kinds),
        joins=sum(kind in JOINS for kind in kinds),
        accesses=sum(kind in ROWS for kind in kinds),
        seen=seen,
        owners=history.owners(others | {module}) if history else (),
        assumptions=tuple(_assumptions(crossing, asked, each, seen)),
    )


def per_function(crossing: Iterable[Coupling]) -> dict[str, int]:
    """Of each function that crosses an edge, how many distinct things it asks for."""
    asked: defaultdict[str, set[tuple[str, str, str]]] = defaultdict(set)
    for one in crossing:
        if one.kind in _ASKS:
            asked[one.source].add((one.target, one.verb, one.lookup))
    return {source: len(things) for source, things in sorted(asked.items())}


def _is_shown(coupling: Coupling) -> bool:
    return coupling.kind in SHOWN_BY_RUNS


def _assumptions(
    crossing: list[Coupling], asked: Mapping[str, int], each: float, seen: int | None
) -> Iterable[str]:
    if asked:
        most = max(asked, key=lambda source: (asked[source], source))
        functions = number(len(asked), "function crosses", "functions cross")
        yield (
            f"{functions} the edge, and each is taken for one request that asks once for each "
            f"thing: the most is {asked[most]:,}, in {most}. What runs in a loop is more, what "
            "is asked for many keys at once is less."
        )
        yield (
            f"A remote call adds {each:g} ms: a far call of Banyan's took 1.4 ms on one machine, "
            "a round trip within a data centre about 0.5 ms (weight remote_call_ms)."
        )
    if any(map(is_contract, crossing)):
        yield "Calls through contracts are known by their imports alone, and not counted here."
    if seen is not None:
        shown = sum(map(_is_shown, crossing))
        yield f"{seen:,} of {shown:,} crossings were seen running; how often is not recorded."
