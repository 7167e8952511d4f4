"""The sentences of an advice: what it rests on, what pays in any case, what could not be seen."""

from collections.abc import Iterator, Mapping, Sequence

from banyan.boundaries.advice import reasons
from banyan.boundaries.advice.authorship import OwnerBasis
from banyan.boundaries.advice.facts import ModuleAdvice, Rung, Verdict
from banyan.boundaries.advice.history import History
from banyan.boundaries.advice.metrics import Measured
from banyan.boundaries.advice.ties import KEYS, Ties, place
from banyan.boundaries.advice.verdicts import team
from banyan.modules import Project
from banyan.survey.facts import Coupling, Kind, Place, Survey, order
from banyan.survey.words import number, share, some


def reasoning(
    project: Project,
    ties: Ties,
    modules: Sequence[ModuleAdvice],
    chosen: str,
    *,
    weights: Mapping[str, float],
    history: History | None,
) -> Iterator[str]:
    """What the verdict rests on, a sentence each."""
    good = {one.name: reasons.good(project, one.name) for one in modules}
    wanted = [name for name, given in good.items() if given]
    if wanted:
        # The one to begin with first, then those that have a reason too.
        asked = sorted((one for one in modules if good[one.name]), key=lambda m: m.name != chosen)
        yield from (f"{one.name}: {one.why}" for one in asked)
    else:
        yield (
            "Most applications are best kept in one process: a call can't fail halfway, one "
            "transaction covers all, and one deployment is enough. Only a reason that code can't "
            "show outweighs that, and banyan.toml gives none."
        )
    apart = [one for one in modules if one.rung is Rung.SEPARABLE and one.verdict is Verdict.STAY]
    if apart:
        yield (
            f"{number(len(apart), 'module is', 'modules are')} configured to run apart "
            f"({some((one.name for one in apart), 4)}): until something says why, one process "
            "with all of them costs less."
        )
    if wanted and project.advice.people is None:
        yield (
            "It isn't said how many people work on it. With "
            f"{weights['small_team']:g} or fewer the verdict would be to stay."
        )
    elif not wanted and (small := team(project, weights)):
        yield f"{small[0].upper()}{small[1:]}."
    if project.advice.people is None and history is not None:
        yield from _authors(history, weights["small_team"])
    for name in sorted(project.modules):
        for reason in sorted(set(project.modules[name].reasons) & set(reasons.BAD)):
            yield f"{name}, {reason.replace('_', ' ')}: {reasons.BAD[reason].format(**weights)}"
    yield _tangle(ties)
    yield _rungs(modules)


def _authors(history: History, most: float) -> Iterator[str]:
    """Who wrote most of each module: no count of people, but it says whether they are few."""
    known = [one for one in history.authorship.values() if one.basis is OwnerBasis.AUTHORSHIP]
    people = {owner for one in known for owner in one.owners}
    if 0 < len(people) <= most:
        wrote = number(len(people), "person wrote", "people wrote")
        yield (
            f"By git, {wrote} most of the commits to each module ({some(sorted(people), 3)}): if "
            "they are all who work on it, they are one team, and services would give it nothing."
        )


def _tangle(ties: Ties) -> str:
    whole = number(len(ties.couplings), "coupling", "couplings")
    tied = f"{whole} between {number(len(ties.names), 'module', 'modules')}"
    if not ties.cycles:
        return f"{tied}; no module is in a cycle."
    count = sum(map(len, ties.cycles))
    return f"{tied}; {count} of them are in {number(len(ties.cycles), 'cycle', 'cycles')}."


def _rungs(modules: Sequence[ModuleAdvice]) -> str:
    counts = {rung: sum(one.rung is rung for one in modules) for rung in Rung}
    said = [f"{count} on rung {rung:d}" for rung, count in counts.items() if count]
    return f"Of the rungs 0 (tangled) to 5 (extracted): {', '.join(said)}."


def pays_anyway(survey: Survey, ties: Ties) -> Iterator[str]:
    """The cleanup that pays whether or not anything is ever split; the most telling first."""
    if ties.cycles:
        group = ties.cycles[0]
        yield (
            f"End the cycle of {some(group, 4)}: a change to one of them can break any other. "
            "The order has the thinnest places to cut."
        )
    reached = [one for one in ties.couplings if one.kind is Kind.IMPORT and _is_inner(one, ties)]
    if reached:
        yield (
            f"Give modules a public face: {number(len(reached), 'import reaches', 'imports reach')}"
            f" past it, most often into {_most(reached)}. What all may use is named as public in "
            "banyan.toml; `banyan check` keeps the rest from growing."
        )
    writes = [
        one
        for one in ties.couplings
        if one.kind is Kind.MODEL_ACCESS and one.verb not in ("", "read")
    ]
    if writes:
        yield (
            f"Let each table be written by its owner alone: "
            f"{number(len(writes), 'place writes', 'places write')} rows of another module, most "
            f"often of {_most(writes)}; a function of the owner's in their stead keeps its rules "
            "in one place."
        )
    raw = [one for one in ties.couplings if one.kind is Kind.RAW_SQL]
    if raw:
        yield (
            f"Take others' tables out of SQL texts ({number(len(raw), 'place', 'places')}, as "
            f"{place(raw[0])}): a migration of the owner's breaks them, and no tool tells."
        )
    calls = [
        one
        for one in sorted(survey.couplings, key=order)
        if one.kind is Kind.HTTP_CALL and one.timeout is False and one.place is not Place.TEST
    ]
    if calls:
        yield (
            f"Give {number(len(calls), 'HTTP call', 'HTTP calls')} a timeout, as at "
            f"{place(calls[0])}: without one, a server that hangs takes your workers with it."
        )
    cascades = [one for one in ties.couplings if one.kind in KEYS and one.on_delete == "CASCADE"]
    if cascades:
        yield (
            f"Look through {number(len(cascades), 'cascade', 'cascades')} into other modules, most "
            f"often from {_most(cascades)}: a delete there takes rows of others along, past their "
            "own rules."
        )


def unseen(
    survey: Survey, history: History | None, metrics: Measured | None, *, has_evidence: bool
) -> Iterator[str]:
    """What could not be seen, a sentence each."""
    if history is None:
        yield "No history: which modules change together, and who changes them, was not looked at."
    else:
        yield from history.unseen
    if not has_evidence:
        yield (
            "No run: what was read may be more or less than what happens; `banyan record -- "
            "pytest` shows it, and --evidence brings it in."
        )
    if metrics is not None:
        yield from metrics.unseen
    if survey.unresolved:
        yield (
            f"{number(len(survey.unresolved), 'place', 'places')} where following ended: what is "
            "there counts for nothing here, and may tie more."
        )
    if survey.problems:
        files = len({one.file for one in survey.problems})
        yield f"{number(files, 'file', 'files')} that could not be read whole."


def _is_inner(coupling: Coupling, ties: Ties) -> bool:
    return coupling.place is not Place.TYPING and not ties.is_public(coupling)


def _most(couplings: Sequence[Coupling]) -> str:
    counts: dict[str, int] = {}
    for one in couplings:
        counts[one.to] = counts.get(one.to, 0) + 1
    name = min(counts, key=lambda each: (-counts[each], each))
    return f"{name} ({share(counts[name], len(couplings))})"
