"""Puts an advice together from what was read, what is said of the project, and its history."""

from collections.abc import Iterable, Sequence

from msgspec.structs import asdict

from banyan.boundaries.advice import reasons
from banyan.boundaries.advice.adapters.networkx import communities
from banyan.boundaries.advice.arguments import arguments, score
from banyan.boundaries.advice.facts import Advice, Change, ModuleAdvice, WhatIf
from banyan.boundaries.advice.groupings import groupings
from banyan.boundaries.advice.history import History
from banyan.boundaries.advice.metrics import Measured
from banyan.boundaries.advice.order import cleanup, steps, without
from banyan.boundaries.advice.ports import Communities
from banyan.boundaries.advice.prices import price
from banyan.boundaries.advice.questions import questions
from banyan.boundaries.advice.rungs import holds, rung
from banyan.boundaries.advice.telling import pays_anyway, reasoning, unseen
from banyan.boundaries.advice.ties import Ties
from banyan.boundaries.advice.traps import warnings
from banyan.boundaries.advice.verdicts import Standing, first, headline, verdict
from banyan.modules import Project
from banyan.survey.facts import Coupling, Survey


class Sources:
    """What an advice rests on, beside the couplings themselves.

    Args:
        history: None where there is none, or none was asked for.
        has_evidence: whether what was recorded is among the couplings.
    """

    def __init__(
        self,
        survey: Survey,
        project: Project,
        *,
        history: History | None = None,
        metrics: Measured | None = None,
        has_evidence: bool = False,
    ) -> None:
        self.survey = survey
        self.project = project
        self.history = history
        self.metrics = metrics
        self.has_evidence = has_evidence
        self.weights = asdict(project.advice.weights)


def advise(
    sources: Sources,
    cuts: Sequence[tuple[str, str]] = (),
    *,
    grouped_by: Communities = communities,
) -> Advice:
    """The advice on a project: the same for the same facts, in whatever order they come.

    Args:
        cuts: pairs of a consumer and an owner; what would be so without what ties them this way.
    """
    survey, project = sources.survey, sources.project
    ties = Ties(survey, project)
    modules = _modules(sources, ties)
    chosen = first(modules)
    own = next((one.steps for one in modules if one.name == chosen), ())
    traps = warnings(
        survey, ties, project, modules, weights=sources.weights, history=sources.history
    )
    return Advice(
        project=survey.project.name,
        commit=survey.project.commit,
        headline=headline(modules, chosen, project, sources.weights),
        reasoning=tuple(
            reasoning(
                project, ties, modules, chosen, weights=sources.weights, history=sources.history
            )
        ),
        cleanup=tuple(pays_anyway(survey, ties)),
        modules=modules,
        first=chosen,
        order=own if chosen else cleanup(ties),
        reach=ties.reach,
        cycles=ties.cycles,
        warnings=traps,
        groupings=groupings(ties, grouped_by),
        questions=questions(project, modules, ties),
        unseen=tuple(
            unseen(survey, sources.history, sources.metrics, has_evidence=sources.has_evidence)
        ),
        weights=sources.weights,
        what_if=_what_if(sources, ties, modules, cuts) if cuts else None,
    )


def _modules(sources: Sources, ties: Ties) -> tuple[ModuleAdvice, ...]:
    return tuple(_module(name, sources, ties) for name in ties.names)


def _module(name: str, sources: Sources, ties: Ties) -> ModuleAdvice:
    project = sources.project
    measured = sources.metrics.modules.get(name, ()) if sources.metrics else ()
    found = holds(name, ties)
    made = arguments(
        name, ties, project, sources.weights, history=sources.history, metrics=measured
    )
    standing = Standing(
        name=name,
        rung=rung(name, found, ties, project),
        arguments=made,
        reasons=reasons.good(project, name),
    )
    said, why = verdict(standing, ties, project, sources.weights)
    return ModuleAdvice(
        name=name,
        rung=standing.rung,
        verdict=said,
        why=why,
        holds=found,
        arguments=made,
        score=score(made),
        price=price(
            name, ties, sources.weights, sources.history, has_evidence=sources.has_evidence
        ),
        metrics=measured,
        steps=steps(name, ties),
        is_library=name in ties.libraries,
    )


def _what_if(
    sources: Sources,
    ties: Ties,
    modules: Iterable[ModuleAdvice],
    cuts: Sequence[tuple[str, str]],
) -> WhatIf:
    left: list[Coupling] = list(without(sources.survey.couplings, cuts))
    then = Ties(sources.survey, sources.project, left)
    changed = {one.name: one for one in _modules(sources, then)}
    return WhatIf(
        cuts=tuple(f"{consumer}->{owner}" for consumer, owner in cuts),
        count=len(ties.couplings) - len(then.couplings),
        vain=tuple(
            f"{consumer}->{owner}"
            for consumer, owner in cuts
            if not any((one.from_, one.to) == (consumer, owner) for one in ties.couplings)
        ),
        reach=ties.reach,
        reach_then=then.reach,
        cycles=ties.cycles,
        cycles_then=then.cycles,
        changes=tuple(
            Change(
                module=one.name,
                rung=one.rung,
                rung_then=changed[one.name].rung,
                verdict=one.verdict,
                verdict_then=changed[one.name].verdict,
            )
            for one in modules
            if (one.rung, one.verdict) != (changed[one.name].rung, changed[one.name].verdict)
        ),
    )
