"""Published metrics of modularity, by their names, from the facts of a survey.

Each is computed as it was published. What stands for the *classes*, *calls* and *services* of a
publication in a Django project is said at each.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Final

import msgspec

from banyan.boundaries.advice.facts import Metric
from banyan.survey.facts import RELATIONS, Coupling, Inside, Survey
from banyan.survey.figures import counts, figures
from banyan.survey.words import IMPORTS

MARTIN: Final = "R. C. Martin, OO Design Quality Metrics, 1994"
FOSCI: Final = (
    "W. Jin and others, Service Candidate Identification from Monolithic Systems Based on "
    "Execution Traces, IEEE TSE 47, 2021"
)
MONO2MICRO: Final = (
    "A. K. Kalia and others, Mono2Micro: A Practical and Effective Tool for Decomposing "
    "Monolithic Java Applications to Microservices, ESEC/FSE 2021"
)
MACCORMACK: Final = (
    "A. MacCormack, J. Rusnak, C. Baldwin, Exploring the Structure of Complex Software Designs, "
    "Management Science 52, 2006"
)
SMALLEST: Final = 5
LARGEST: Final = 20
"""Between these numbers of classes a service is not extreme, for NED."""


class Measured(msgspec.Struct, frozen=True, kw_only=True):
    """The metrics of a survey.

    Attributes:
        modules: of each module, by its name.
        project: of the whole.
        unseen: which could not be computed, and why, a sentence each.
    """

    modules: dict[str, tuple[Metric, ...]]
    project: tuple[Metric, ...]
    unseen: tuple[str, ...] = ()


def measured(survey: Survey) -> Measured:
    """The metrics of a survey's modules and of the whole."""
    counted = [each for each in survey.couplings if counts(each)]
    inside = {one.name: one.inside for one in survey.modules if one.inside is not None}
    models = {one.name: len(one.models) for one in survey.modules}
    names = interfaces(counted)
    modules = {
        one.name: (
            *_martin(one.name, counted, inside.get(one.name)),
            Metric(name="IFN", value=float(len(names.get(one.name, ()))), source=FOSCI),
            *_cohesion(inside.get(one.name), models[one.name]),
        )
        for one in survey.modules
    }
    whole = [Metric(name="propagation cost", value=figures(survey).reach, source=MACCORMACK)]
    unseen: list[str] = []
    if survey.modules:
        ifn = sum(map(len, names.values())) / len(survey.modules)
        whole.append(Metric(name="IFN", value=ifn, source=FOSCI))
    if len(inside) < len(survey.modules):
        unseen.append(
            "Abstractness, distance, SM and ICP: the survey is from before it counted what is "
            "inside of modules."
        )
    else:
        icp = inter_partition_calls(counted, sum(one.imports for one in inside.values()))
        sm = structural_modularity(
            models, {name: one.relations for name, one in inside.items()}, related(counted)
        )
        for name, value, source, lack in (
            ("ICP", icp, MONO2MICRO, "nothing is imported from one file to another"),
            ("SM", sm, FOSCI, "no module has a model"),
        ):
            if value is None:
                unseen.append(f"{name}: {lack}.")
            else:
                whole.append(Metric(name=name, value=value, source=source))
    ned = non_extreme_distribution(models.values())
    if ned is None:
        unseen.append("NED: no module has a model.")
    else:
        whole.append(Metric(name="NED", value=ned, source=MONO2MICRO))
    return Measured(modules=modules, project=tuple(whole), unseen=tuple(unseen))


def coupled(module: str, couplings: Iterable[Coupling]) -> tuple[int, int]:
    """Ca, how many others hold on to a module, and Ce, to how many it holds on.

    Afferent and efferent coupling. Martin's *categories* are modules; as JDepend does, modules are
    counted and not their classes.
    """
    listed = list(couplings)
    afferent = {each.from_ for each in listed if each.to == module}
    efferent = {each.to for each in listed if each.from_ == module}
    return len(afferent), len(efferent)


def instability(afferent: int, efferent: int) -> float | None:
    """I = Ce / (Ca + Ce): 0 for what only others hold on to; None for what stands alone."""
    total = afferent + efferent
    return efferent / total if total else None


def abstractness(abstract: int, classes: int) -> float | None:
    """A = abstract classes / classes; None where there is no class."""
    return abstract / classes if classes else None


def distance(abstract: float, unstable: float) -> float:
    """D' = |A + I - 1|: how far from the main sequence, from 0 to 1."""
    return abs(abstract + unstable - 1)


def inter_partition_calls(couplings: Iterable[Coupling], inside: int) -> float | None:
    """ICP: of all calls between classes, the share between partitions. Lower is better.

    Partitions are modules. The publication counts calls while running; here the names that a file
    imports from another file stand for them, counted once in each scope.

    Args:
        inside: how many names are imported within modules.
    """
    between = {(each.file, each.source, each.target) for each in couplings if each.kind in IMPORTS}
    total = len(between) + inside
    return len(between) / total if total else None


def interfaces(couplings: Iterable[Coupling]) -> dict[str, set[str]]:
    """The interfaces of each module: its models, functions, classes and tasks that others use.

    IFN is their number, on average over modules. Lower is better.
    """
    found: defaultdict[str, set[str]] = defaultdict(set)
    for each in couplings:
        found[each.to].add(each.target)
    return dict(found)


def structural_modularity(
    models: Mapping[str, int], inside: Mapping[str, int], between: Mapping[tuple[str, str], int]
) -> float | None:
    """SM = 1/N sum(scoh) - 1/(N(N-1)/2) sum(scop). Higher is better; None without models.

    scoh = u / m², scop = s / (2 m n). The services are the modules that have models, the classes
    their models, and the edges the pairs of models that a relation ties, each pair once, as in the
    program that Kalia and others published with Mono2Micro.

    Args:
        models: m, of each module.
        inside: u, pairs within each module.
        between: s, pairs between two modules, by their names in order.
    """
    sizes = {name: count for name, count in models.items() if count}
    if not sizes:
        return None
    cohesion = sum(inside.get(name, 0) / count**2 for name, count in sizes.items()) / len(sizes)
    pairs = list(combinations(sorted(sizes), 2))
    if not pairs:
        return cohesion
    coupling = sum(between.get(pair, 0) / (2 * sizes[pair[0]] * sizes[pair[1]]) for pair in pairs)
    return cohesion - coupling / len(pairs)


def related(couplings: Iterable[Coupling]) -> dict[tuple[str, str], int]:
    """How many pairs of models relations tie between two modules."""
    found: defaultdict[tuple[str, str], set[frozenset[str]]] = defaultdict(set)
    for each in couplings:
        if each.kind in RELATIONS:
            # Of a field the model is told with the field's name, of inheritance without.
            words = each.source.split(".")
            pair = (min(each.from_, each.to), max(each.from_, each.to))
            found[pair].add(frozenset((".".join(words[:2]), each.target)))
    return {pair: len(ties) for pair, ties in found.items()}


def non_extreme_distribution(models: Iterable[int]) -> float | None:
    """NED = 1 - (classes in partitions that are not extreme) / classes. Lower is better.

    Partitions are modules, classes their models; from 5 to 20 are not extreme.
    """
    sizes = list(models)
    if not sum(sizes):
        return None
    return 1 - sum(one for one in sizes if SMALLEST <= one <= LARGEST) / sum(sizes)


def _martin(name: str, counted: Iterable[Coupling], inside: Inside | None) -> Iterable[Metric]:
    afferent, efferent = coupled(name, counted)
    unstable = instability(afferent, efferent)
    abstract = abstractness(inside.abstract, inside.classes) if inside else None
    far = distance(abstract, unstable) if abstract is not None and unstable is not None else None
    known = {
        "afferent coupling": float(afferent),
        "efferent coupling": float(efferent),
        "instability": unstable,
        "abstractness": abstract,
        "distance": far,
    }
    for metric, value in known.items():
        if value is not None:
            yield Metric(name=metric, value=value, source=MARTIN)


def _cohesion(inside: Inside | None, models: int) -> Iterable[Metric]:
    if inside is not None and models:
        yield Metric(name="scoh", value=inside.relations / models**2, source=FOSCI)
