"""How much of what ties apps through their data an import graph does not show."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bench.survey_truth.importgraph import Edge
from bench.survey_truth.printing import percent, spread

RELATIONS = (
    "foreign_key",
    "one_to_one",
    "many_to_many",
    "generic_relation",
    "model_inheritance",
)
ACCESSES = ("model_access", "orm_lookup", "reverse_accessor", "raw_sql", "transaction")
IMPORTS = ("import", "model_import")


@dataclass(frozen=True)
class Figures:
    """Of one group of couplings: how many there are, and how many no import goes with."""

    couplings: int
    against: int
    apart: int
    pairs: int
    pairs_against: int
    pairs_apart: int


def figures(
    couplings: Iterable[Mapping[str, Any]], kinds: Collection[str], edges: Collection[Edge]
) -> Figures:
    """Count the couplings of these kinds by what the import graph shows of their two modules.

    *Against*: no import leads from the one to the other, as the coupling does. *Apart*: no import
    in either direction. Where there is an import, the graph shows an edge and not what it carries.
    """
    ends = [(one["from"], one["to"]) for one in couplings if one["kind"] in kinds]
    pairs = set(ends)
    known = set(edges)

    def is_against(end: Edge) -> bool:
        return end not in known

    def is_apart(end: Edge) -> bool:
        return end not in known and (end[1], end[0]) not in known

    return Figures(
        len(ends),
        sum(map(is_against, ends)),
        sum(map(is_apart, ends)),
        len(pairs),
        sum(map(is_against, pairs)),
        sum(map(is_apart, pairs)),
    )


def edges_of_the_survey(couplings: Iterable[Mapping[str, Any]]) -> set[Edge]:
    """The edges that the survey's own import couplings make, where grimp can't read a layout."""
    return {(one["from"], one["to"]) for one in couplings if one["kind"] in IMPORTS}


def of_project(name: str, of: Mapping[str, Figures], by: str) -> Iterator[str]:
    """The lines on one project."""
    yield f"{name} (imports by {by})"
    for group, one in of.items():
        yield (
            f"  {group:10} {one.couplings:6} of {one.pairs:4} pairs; no import from one to the "
            f"other: {_part(one.against, one.couplings)}, pairs "
            f"{_part(one.pairs_against, one.pairs)}; no import either way: "
            f"{_part(one.apart, one.couplings)}, pairs {_part(one.pairs_apart, one.pairs)}"
        )


def of_all(projects: Collection[Mapping[str, Figures]]) -> Iterator[str]:
    """The median and range over the projects, and what pooling them would say."""
    yield f"{len(projects)} projects; median (lowest to highest); pooled"
    for group in ("relations", "accesses"):
        every = [one[group] for one in projects if one[group].couplings]
        for what, part, whole in (
            ("couplings, no import from one to the other", "against", "couplings"),
            ("couplings, no import either way", "apart", "couplings"),
            ("pairs, no import from one to the other", "pairs_against", "pairs"),
            ("pairs, no import either way", "pairs_apart", "pairs"),
        ):
            counted = [(getattr(one, part), getattr(one, whole)) for one in every]
            pooled = sum(some for some, _ in counted) / max(1, sum(all_ for _, all_ in counted))
            parts = spread([some / all_ for some, all_ in counted])
            yield f"  {group:10} {what:44} {parts:28} {percent(pooled)}"


def _part(some: int, whole: int) -> str:
    return f"{some} ({percent(some / whole if whole else None)})"
