"""What speaks for separating a module, and what against it, from the survey and the history."""

from collections.abc import Iterable, Iterator, Mapping
from math import log2
from typing import Final

from msgspec.structs import replace

from banyan.boundaries.advice import reasons
from banyan.boundaries.advice.authorship import OwnerBasis
from banyan.boundaries.advice.facts import Argument, Metric
from banyan.boundaries.advice.history import History, Tie
from banyan.boundaries.advice.ties import CALLS, JOINS, KEYS, ROWS, Ties, is_contract, is_write
from banyan.modules import Project
from banyan.survey.facts import SHOWN_BY_RUNS, Basis, Coupling, Kind
from banyan.survey.words import number, some, tally

SURVEY: Final = "survey"
GIT: Final = "git"


def arguments(
    name: str,
    ties: Ties,
    project: Project,
    weights: Mapping[str, float],
    *,
    history: History | None = None,
    metrics: Iterable[Metric] = (),
) -> tuple[Argument, ...]:
    """All arguments on one module: those for it first, then those against, the heaviest first.

    Each weighs as much as is shown of it, to a tenth. What then weighs nothing is no argument; but
    what is given as a reason is answered, whatever it weighs.
    """
    given = reasons.given(project.modules.get(name), weights)
    seen = [
        *_of_couplings(name, ties, weights),
        *(_of_history(name, ties, history, weights) if history else ()),
        *_of_metrics(metrics, weights),
    ]
    found = [*map(_rounded, given), *(one for one in map(_rounded, seen) if one.weight)]
    return tuple(sorted(found, key=lambda one: (one.weight < 0, -abs(one.weight), one.name)))


def score(found: Iterable[Argument]) -> float:
    """The sum of the weights; above 0 speaks for separating."""
    return round(sum(one.weight for one in found), 1)


def _of_couplings(name: str, ties: Ties, weights: Mapping[str, float]) -> Iterator[Argument]:
    held = ties.of(name)
    out = [one for one in held if one.from_ == name]
    into = [one for one in held if one.to == name]
    groups = (
        ("relations_out", "it holds on by", [one for one in out if one.kind in KEYS]),
        ("relations_in", "it is held on to by", [one for one in into if one.kind in KEYS]),
        ("joins_out", "it joins", [one for one in out if one.kind in JOINS]),
        ("joins_in", "others join it", [one for one in into if one.kind in JOINS]),
        ("reads_out", "it reads others' rows", [one for one in out if _is_read(one)]),
        ("reads_in", "others read its rows", [one for one in into if _is_read(one)]),
        ("writes_out", "it writes others' rows", [one for one in out if is_write(one)]),
        ("writes_in", "others write its rows", [one for one in into if is_write(one)]),
        ("calls_out", "it calls", [one for one in out if _is_call(one)]),
        ("calls_in", "it is called", [one for one in into if _is_call(one)]),
        ("signals", "signals are heard", [one for one in held if one.kind is Kind.SIGNAL]),
        ("transactions", "it is atomic with others", _transactions(held)),
    )
    for weight, text, couplings in groups:
        if couplings:
            others = sorted({one.to if one.from_ == name else one.from_ for one in couplings})
            yield _counted(
                weight,
                f"{text}: {tally(couplings)} ({some(others, 3)})",
                len(couplings),
                weights,
            )
    if tables := ties.shared_tables(name):
        shared = number(len(tables), "table is", "tables are")
        text = f"{shared} others' too: {some((one.name for one in tables), 3)}"
        yield _counted("shared_tables", text, len(tables), weights)
    if group := ties.cycle_of(name):
        yield Argument(
            name="cycle",
            text=f"it is in a cycle with {some((one for one in group if one != name), 3)}",
            weight=-weights["cycle"],
            source=SURVEY,
        )
    if seen := [one for one in held if _was_seen(one)]:
        text = f"{number(len(seen), 'crossing was', 'crossings were')} seen running"
        yield _counted("recorded_access", text, len(seen), weights, "recorded run")


def _of_history(
    name: str, ties: Ties, history: History, weights: Mapping[str, float]
) -> Iterator[Argument]:
    told = [one for one in history.ties if name in (one.first, one.second) and one.is_told]
    # A library changes with whoever uses it, wherever it runs.
    told = [one for one in told if _other(one, name) not in ties.libraries]
    if told:
        most = max(told, key=lambda one: (one.degree, one.together, one.first, one.second))
        mine, other = (
            (most.first_changes, most.second)
            if most.first == name
            else (most.second_changes, most.first)
        )
        yield Argument(
            name="change_coupling",
            text=(
                f"of {mine:,} commits that changed it, {most.together:,} changed {other} too "
                f"(degree {most.degree:.2f})"
            ),
            weight=-weights["change_coupling"] * most.degree,
            source=GIT,
        )
    who = history.authorship.get(name)
    if who is None or who.basis is OwnerBasis.NONE or not who.owners:
        return
    others = {
        owner
        for other, one in history.authorship.items()
        if other != name and other not in ties.libraries
        for owner in one.owners
    }
    if others.isdisjoint(who.owners):
        yield Argument(
            name="authorship",
            text=f"by {who.basis}, its owners ({some(who.owners, 2)}) own nothing else",
            weight=weights["authorship"],
            source=str(who.basis) if who.basis is OwnerBasis.CODEOWNERS else GIT,
        )


def _of_metrics(metrics: Iterable[Metric], weights: Mapping[str, float]) -> Iterator[Argument]:
    for one in metrics:
        if one.name == "scoh" and one.value:
            yield Argument(
                name="cohesion",
                text=f"its models are related to each other: scoh {one.value:.2f}",
                weight=weights["cohesion"] * one.value,
                source=SURVEY,
            )


def _counted(
    name: str, text: str, count: int, weights: Mapping[str, float], source: str = SURVEY
) -> Argument:
    return Argument(name=name, text=text, weight=-weights[name] * log2(1 + count), source=source)


def _rounded(one: Argument) -> Argument:
    return replace(one, weight=round(one.weight, 1) or 0.0)


def _other(tie: Tie, name: str) -> str:
    return tie.second if tie.first == name else tie.first


def _is_read(one: Coupling) -> bool:
    return one.kind in ROWS and not is_write(one)


def _is_call(one: Coupling) -> bool:
    return one.kind in CALLS and not is_contract(one)


def _transactions(couplings: Iterable[Coupling]) -> list[Coupling]:
    """One coupling of each block."""
    found = {(one.file, one.line): one for one in couplings if one.kind is Kind.TRANSACTION}
    return list(found.values())


def _was_seen(one: Coupling) -> bool:
    return one.kind in SHOWN_BY_RUNS and one.evidence is not Basis.READ
