"""The verdict on each module: derived from its rung, the reasons given, and what they outweigh."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec

from banyan.boundaries.advice import reasons
from banyan.boundaries.advice.arguments import score
from banyan.boundaries.advice.facts import Argument, ModuleAdvice, Rung, Verdict
from banyan.boundaries.advice.rungs import NAMES
from banyan.boundaries.advice.ties import Ties
from banyan.modules import Project
from banyan.modules.project import Reason

_BY_RUNG: Final = {
    Rung.TANGLED: Verdict.BOUND_FIRST,
    Rung.BOUNDED: Verdict.CUT_DATA_NEXT,
    Rung.CONTRACTED: Verdict.CUT_DATA_NEXT,
}
_SO: Final = {
    Verdict.BOUND_FIRST: "others reach into it or it is in a cycle: give it an edge first",
    Verdict.CUT_DATA_NEXT: "it has an edge, and what crosses it comes next",
    Verdict.READY: "nothing that was read ties its code or its data to others",
}


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """What a verdict is derived from.

    Attributes:
        reasons: the good ones that banyan.toml gives.
    """

    name: str
    rung: Rung
    arguments: tuple[Argument, ...]
    reasons: tuple[Reason, ...]


def team(project: Project, weights: Mapping[str, float]) -> str:
    """Why the people are too few to gain by services; "" where they aren't, or it isn't said."""
    circumstances = project.advice
    most = weights["small_team"]
    people, teams = circumstances.people, circumstances.teams
    if people is not None and people <= most:
        who = "1 person works" if people == 1 else f"{people} people work"
        return (
            f"{who} on it, and up to {most:g} are one team (Amazon's rule of two pizzas; weight "
            "small_team): services let teams release without waiting for each other, and one team "
            "waits for nobody"
        )
    if teams == 1:
        return (
            "one team works on it: services let teams release without waiting for each other, "
            "and one team waits for nobody"
        )
    return ""


def verdict(
    standing: Standing, ties: Ties, project: Project, weights: Mapping[str, float]
) -> tuple[Verdict, str]:
    """The verdict on a module, and why, in one sentence."""
    said = ", ".join(reasons.GOOD[reason] for reason in standing.reasons)
    rung = described(standing.rung)
    if standing.name in ties.libraries:
        return (
            Verdict.STAY,
            "It is a library: no tables, and it holds on to nothing. It goes along.",
        )
    if not standing.reasons:
        bad = [one for one in standing.arguments if one.name in reasons.BAD]
        given = f"What is given ({_listed(bad)}) is no reason" if bad else "No reason is given"
        return Verdict.STAY, f"{given} to run it apart ({rung})."
    if small := team(project, weights):
        return Verdict.STAY, f"There is a reason ({said}), but {small}."
    total = score(standing.arguments)
    if total <= 0:
        return Verdict.STAY, (
            f"There is a reason ({said}), but what it would cost weighs more: {total:+g} in all "
            f"({rung})."
        )
    found = _BY_RUNG.get(standing.rung, Verdict.READY)
    return (
        found,
        f"There is a reason ({said}), worth its cost by {total:+g}; {_SO[found]} ({rung}).",
    )


def described(rung: Rung) -> str:
    """As ``rung 1, bounded``; what no run has shown is said."""
    said = f"rung {rung:d}, {NAMES[rung]}"
    if rung is Rung.SEPARABLE:
        return f"{said}: configured to run apart, not seen running"
    return said


def first(advised: Iterable[ModuleAdvice]) -> str:
    """The one module to begin with: the furthest on its way, then the one with the best score."""
    candidates = [one for one in advised if one.verdict is not Verdict.STAY]
    if not candidates:
        return ""
    return min(candidates, key=lambda one: (-one.rung, -one.score, one.name)).name


def headline(
    advised: Sequence[ModuleAdvice], chosen: str, project: Project, weights: Mapping[str, float]
) -> str:
    """The verdict on the project."""
    wanted = [one.name for one in advised if reasons.good(project, one.name)]
    if chosen:
        module = next(one for one in advised if one.name == chosen)
        return (
            f"Begin with one module, {chosen}: {module.verdict}. All else stays as it is until "
            "this has paid."
        )
    if not wanted:
        return "Stay a monolith: nothing says why any part of it should run apart."
    if small := team(project, weights):
        return f"Stay a monolith: {small}."
    return (
        f"Stay a monolith: there are reasons for {_names(wanted)}, and they weigh less than what "
        "they would cost today."
    )


def _listed(found: Iterable[Argument]) -> str:
    return ", ".join(one.name.replace("_", " ") for one in found)


def _names(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
