"""Small surveys and projects, written by hand, to be advised on."""

from collections.abc import Iterable, Mapping

from tests.surveys import module, survey_of

from banyan.boundaries.advice.advising import Sources, advise
from banyan.boundaries.advice.facts import Advice, ModuleAdvice
from banyan.modules.project import Circumstances, Module, Project, Reason, Service, Topology
from banyan.modules.weights import Weights
from banyan.survey.facts import Coupling, Kind, Survey


def tie(kind: Kind, from_: str, to: str, line: int = 1, **more: object) -> Coupling:
    """A coupling; its ends are a view of the one and the model of the other."""
    facts: dict[str, object] = {
        "file": f"shop/{from_}/views.py",
        "source": f"{from_}.views.page",
        "target": f"{to}.Thing",
        **more,
    }
    return Coupling(kind=kind, from_=from_, to=to, line=line, **facts)  # type: ignore[arg-type]


def between(*couplings: Coupling, also: Iterable[str] = (), lines: int = 5000) -> Survey:
    """A survey of these couplings, and the modules that they name, each with a table."""
    names = {*also, *(one.from_ for one in couplings), *(one.to for one in couplings)}
    return survey_of(
        [module(name, f"{name.capitalize()}Row", lines=lines) for name in sorted(names)],
        list(couplings),
    )


def project(
    *names: str,
    reasons: Mapping[str, Mapping[Reason, str]] | None = None,
    listens: Mapping[str, tuple[str, ...]] | None = None,
    calls: Mapping[str, tuple[str, ...]] | None = None,
    services: Mapping[str, tuple[str, ...]] | None = None,
    people: int | None = 30,
    teams: int | None = 4,
    weights: Mapping[str, float] | None = None,
) -> Project:
    """A project with these modules, of thirty people in four teams unless it is said otherwise."""
    given, heard, called = reasons or {}, listens or {}, calls or {}
    apart = {name: Service(name, members) for name, members in (services or {}).items()}
    return Project(
        "shop",
        modules={
            name: Module(
                name,
                (name,),
                calls=called.get(name, ()),
                listens=heard.get(name, ()),
                reasons=given.get(name, {}),
            )
            for name in names
        },
        topologies={"services": Topology("services", apart)} if apart else {},
        advice=Circumstances(people, teams, Weights(**(weights or {}))),
    )


def advised(survey: Survey, about: Project | None = None, *cuts: tuple[str, str]) -> Advice:
    """The advice on a survey."""
    return advise(Sources(survey, about or project()), cuts)


def on(name: str, survey: Survey, about: Project | None = None) -> ModuleAdvice:
    """What is advised for one module."""
    return next(one for one in advised(survey, about).modules if one.name == name)
