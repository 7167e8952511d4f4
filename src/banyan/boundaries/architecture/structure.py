"""The architecture in the words of the C4 model: a system, its containers, its components."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Final

import msgspec

from banyan.modules import Project, Service, Topology
from banyan.survey.facts import DATA, Coupling, Kind, Module, Survey
from banyan.survey.figures import ASIDE, Figures, module_names
from banyan.survey.words import tally

ELSEWHERE: Final = "not in the topology"
"""In place of a service: of modules that `banyan.toml` gives to none."""


class Tie(msgspec.Struct, frozen=True):
    """All that counts of how one module holds on to another.

    Attributes:
        source: the module that holds on.
        target: the module that is held on to.
    """

    source: str
    target: str
    couplings: tuple[Coupling, ...]

    @property
    def weight(self) -> int:
        """How many couplings it is."""
        return len(self.couplings)

    @property
    def carries_data(self) -> bool:
        """Whether any of them carries data."""
        return any(each.kind in DATA for each in self.couplings)

    @property
    def said(self) -> str:
        """As ``2 foreign keys, 1 cascade``."""
        return tally(self.couplings)


class Container(msgspec.Struct, frozen=True):
    """A process, or a kind of them, in which modules live.

    Attributes:
        routes: the path prefixes that the gateway sends to it.
        url: of one that Banyan doesn't run; it has no modules of the project.
        is_placed: whether the topology has it; not so for the rest, which it gives to no service.
    """

    name: str
    modules: tuple[str, ...]
    routes: tuple[str, ...] = ()
    url: str = ""
    is_placed: bool = True


class Structure(msgspec.Struct, frozen=True, kw_only=True):
    """All that is documented.

    Attributes:
        topology: the name of the one that the containers are of; "" where there is no topology.
        modules: by name, in the survey's order.
        order: the modules so that layers show.
        ties: the heaviest first.
        outside: how many HTTP calls to hosts outside of the project each module makes.
    """

    name: str
    topology: str
    containers: tuple[Container, ...]
    modules: dict[str, Module]
    order: tuple[str, ...]
    ties: tuple[Tie, ...]
    cycles: tuple[tuple[str, ...], ...]
    outside: dict[str, int]

    def home(self, module: str) -> Container:
        """Where a module lives."""
        return next(one for one in self.containers if module in one.modules)

    def between_containers(self) -> tuple[Tie, ...]:
        """The ties of modules that live apart, joined by container, the heaviest first."""
        joined: defaultdict[tuple[str, str], list[Coupling]] = defaultdict(list)
        homes = {name: one.name for one in self.containers for name in one.modules}
        for tie in self.ties:
            ends = homes[tie.source], homes[tie.target]
            if ends[0] != ends[1]:
                joined[ends] += tie.couplings
        return heaviest(Tie(*ends, tuple(couplings)) for ends, couplings in joined.items())


def heaviest(ties: Iterable[Tie]) -> tuple[Tie, ...]:
    """The ties, the heaviest first; the same in every run."""
    return tuple(sorted(ties, key=lambda tie: (-tie.weight, tie.source, tie.target)))


def structure(
    name: str, survey: Survey, found: Figures, project: Project | None, topology: Topology | None
) -> Structure:
    """What was surveyed, as system, containers and components.

    Args:
        name: of the system.
        project: what ``banyan.toml`` says, where there is one.
        topology: the one that the containers are of.
    """
    names = module_names(survey)
    known = {module.name: module for module in survey.modules}
    return Structure(
        name=name,
        topology=topology.name if topology else "",
        containers=tuple(_containers(name, names, project, topology)),
        modules={name: known.get(name, Module(name=name, label=name, path="")) for name in names},
        order=found.order,
        ties=_ties(found.counted),
        cycles=found.cycles,
        outside=_outside(survey.couplings),
    )


def usual_topology(project: Project | None) -> Topology | None:
    """The topology with the most services, which says the most; of several the first."""
    if project is None or not project.topologies:
        return None
    return max(project.topologies.values(), key=lambda one: len(one.services))


def _ties(counted: Iterable[Coupling]) -> tuple[Tie, ...]:
    held: defaultdict[tuple[str, str], list[Coupling]] = defaultdict(list)
    for each in counted:
        held[each.from_, each.to].append(each)
    return heaviest(Tie(*ends, tuple(couplings)) for ends, couplings in held.items())


def _outside(couplings: Iterable[Coupling]) -> dict[str, int]:
    """The HTTP calls that leave the project, in ordinary code."""
    return dict(
        Counter(
            each.from_
            for each in couplings
            if each.kind is Kind.HTTP_CALL and not each.to and each.place not in ASIDE
        )
    )


def _containers(
    whole: str, names: Iterable[str], project: Project | None, topology: Topology | None
) -> Iterable[Container]:
    if project is None or topology is None:
        yield Container(whole, tuple(names))
        return
    homes: dict[str, Service] = {}
    for name in names:
        service = topology.service_of(name)
        if service is not None:
            homes[name] = service
    for service in topology.services.values():
        held = tuple(name for name in names if homes.get(name) is service)
        routes = (
            route.prefix
            for route in project.routes.values()
            if topology.service_of(route.to) is service
        )
        yield Container(service.name, held, tuple(sorted(routes)), service.url or "")
    rest = tuple(name for name in names if name not in homes)
    if rest:
        yield Container(ELSEWHERE, rest, is_placed=False)
