"""What a past cut did: to coupling, and to how changes move together."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

import msgspec

from banyan.boundaries.advice.changes import DAY, TWO_YEARS, Change, Log
from banyan.boundaries.advice.differences import Difference, Pair, differences
from banyan.boundaries.advice.history import WIDEST, touched_by
from banyan.boundaries.advice.outcomes import Outcome, Share, Together, judged
from banyan.boundaries.advice.places import folders
from banyan.boundaries.advice.ties import Ties
from banyan.modules import Project
from banyan.survey.facts import RELATIONS, Kind, Module, Survey
from banyan.survey.words import harmless, number

LEAST: Final = 3
"""Fewer couplings than this, more or less, are no cut, and no growth."""
SHARE: Final = 0.25
"""Nor is a smaller share of what there was, unless no relation between their tables is left."""
_MOST_GROWN: Final = 3


class PairAftermath(msgspec.Struct, frozen=True, kw_only=True):
    """Two modules, before and after.

    Attributes:
        then: couplings by kind, both ways, at the snapshot.
        now: the same today.
        together_before: commits that changed both in the window before.
        either_before: commits that changed one of them, or both.
        moved_to: the modules, or the shared code, that hold the coupling now, where it moved.
        said: what it comes to, a sentence each.
        way_back: what to do where it did not pay, a sentence each.
    """

    first: str
    second: str
    outcome: Outcome
    then: dict[Kind, int]
    now: dict[Kind, int]
    together_before: int
    either_before: int
    together_after: int
    either_after: int
    moved_to: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    way_back: tuple[str, ...] = ()


class Aftermath(msgspec.Struct, frozen=True, kw_only=True):
    """What became of the coupling since a snapshot.

    Attributes:
        commit: of the snapshot; "" where it is not known.
        then: couplings between modules, as an advice counted them at the snapshot.
        now: the same today, as the advice that it stands in has it.
        days: how long each of the two windows is, before the snapshot's commit and after it.
        commits_before: that changed a module and are no sweep, in the window before.
        pairs: those that were cut, the most first, then those that grew.
        others: how many pairs more differ by little.
        unseen: what could not be seen, a sentence each.
    """

    commit: str
    headline: str
    then: int
    now: int
    days: int
    commits_before: int
    commits_after: int
    pairs: tuple[PairAftermath, ...]
    others: int = 0
    unseen: tuple[str, ...] = ()


class Windows(msgspec.Struct, frozen=True, kw_only=True):
    """Two stretches of history of equal length, around a commit.

    Attributes:
        before: the changes of the first, each with the modules that it is of.
    """

    days: int = 0
    before: tuple[tuple[Change, frozenset[str]], ...] = ()
    after: tuple[tuple[Change, frozenset[str]], ...] = ()
    unseen: tuple[str, ...] = ()


def window_of(moment: int, head: int, born: int) -> int:
    """How many seconds there are on both sides of a commit; no more than two years.

    Args:
        moment: of the commit.
        head: of the newest commit.
        born: of the oldest.
    """
    return max(min(head - moment, moment - born, TWO_YEARS), 0)


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """The commit of a snapshot, in its repository's history.

    Attributes:
        moment: when it was made.
        length: of each window around it, in seconds.
        earlier: the commits that it was made upon, and itself.
    """

    moment: int
    length: int
    earlier: frozenset[str]


def windows(log: Log, turn: Turn, modules: Iterable[Module]) -> Windows:
    """The changes in the two windows, without sweeps, formatting and bots.

    Args:
        modules: those of then, followed by those of today: where one has moved, its files of then
            are known by its folders of then.
    """
    by_folder = folders(modules)
    before: list[tuple[Change, frozenset[str]]] = []
    after: list[tuple[Change, frozenset[str]]] = []
    for change in log.changes:
        if change.is_bot or change.commit in log.sweeps:
            continue
        if abs(change.moment - turn.moment) > turn.length:
            continue
        on = touched_by(change, by_folder)
        if 0 < len(on) <= WIDEST:
            (before if change.commit in turn.earlier else after).append((change, on))
    return Windows(
        days=turn.length // DAY, before=tuple(before), after=tuple(after), unseen=log.unseen
    )


def aftermath(then: Survey, now: Survey, commit: str, seen: Windows) -> Aftermath:
    """What became of the coupling between a survey and a later one of the same project."""
    listed = differences(then, now)
    weighty = [one for one in listed if _is_weighty(one)]
    cut = [one for one in weighty if one.gone > 0]
    grown = sorted((one for one in weighty if one.gone < 0), key=lambda one: (one.gone, one.pair))
    names = tuple({one.name for one in survey.modules} for survey in (then, now))
    pairs = tuple(_told(one, seen, then=names[0], now=names[1]) for one in (*cut, *grown))
    # What a project permits is no part of what an advice counts.
    nothing_said = Project(now.project.name)
    totals = [len(Ties(survey, nothing_said).couplings) for survey in (then, now)]
    return Aftermath(
        commit=commit,
        headline=_headline(pairs, *totals),
        then=totals[0],
        now=totals[1],
        days=seen.days,
        commits_before=len(seen.before),
        commits_after=len(seen.after),
        pairs=pairs,
        others=len(listed) - len(weighty),
        unseen=seen.unseen,
    )


def lines(told: Aftermath, *, most: int = 10) -> list[str]:
    """The aftermath for a terminal.

    Args:
        most: how many pairs that were cut are told in full.
    """
    found = [f"Since {told.commit[:10] or 'the snapshot'}: {told.headline}"]
    if told.commits_before or told.commits_after:
        found.append(
            f"Changes are compared over {told.days:,} days before and after it: "
            f"{number(told.commits_before, 'commit', 'commits')} and {told.commits_after:,}."
        )
    cut = [one for one in told.pairs if one.outcome is not Outcome.GREW][:most]
    grown = [one for one in told.pairs if one.outcome is Outcome.GREW][:_MOST_GROWN]
    for pair in (*cut, *grown):
        found += ["", f"{pair.first} and {pair.second}: {pair.outcome}"]
        found += [f"  {one}" for one in pair.said]
        found += [f"  Way back: {one}" for one in pair.way_back]
    left = len(told.pairs) - len(cut) - len(grown) + told.others
    if left:
        found += ["", f"{number(left, 'pair', 'pairs')} more changed, by less."]
    found += [f"Not seen: {one}" for one in told.unseen]
    return [harmless(one) for one in found]


def day(moment: int) -> str:
    """As ``2026-11-26``."""
    return datetime.fromtimestamp(moment, UTC).date().isoformat()


def _is_weighty(one: Difference) -> bool:
    if abs(one.gone) >= max(LEAST, SHARE * one.then.total()):
        return True
    relations = [sum(side[kind] for kind in RELATIONS) for side in (one.then, one.now)]
    return one.gone > 0 and relations[0] > 0 == relations[1]


def _told(one: Difference, seen: Windows, *, then: set[str], now: set[str]) -> PairAftermath:
    before, after = together(one.pair, seen.before), together(one.pair, seen.after)
    outcome, said, way_back = judged(
        one, Together(before=before, after=after, days=seen.days), then, now
    )
    first, second = one.pair
    moved = (*one.by_shared, *one.moved) if outcome is Outcome.MOVED else ()
    return PairAftermath(
        first=first,
        second=second,
        outcome=outcome,
        then=dict(one.then),
        now=dict(one.now),
        together_before=before.together,
        either_before=before.either,
        together_after=after.together,
        either_after=after.either,
        moved_to=moved,
        said=said,
        way_back=way_back,
    )


def together(pair: Pair, changes: Iterable[tuple[Change, frozenset[str]]]) -> Share:
    """How many changes are of both modules, and how many of either."""
    shared = [len(on.intersection(pair)) for _, on in changes]
    return Share(together=shared.count(2), either=shared.count(2) + shared.count(1))


def _headline(pairs: Iterable[PairAftermath], then: int, now: int) -> str:
    outcomes = Counter(pair.outcome for pair in pairs)
    grown = outcomes.pop(Outcome.GREW, 0)
    totals = f"{number(then, 'coupling', 'couplings')} between modules then, {now:,} now"
    if not outcomes:
        return f"{totals}; no two modules were cut apart."
    told = "; ".join(f"{outcomes[one]:,}: {one}" for one in Outcome if outcomes[one])
    cuts = number(outcomes.total(), "pair was cut", "pairs were cut")
    more = f"; {number(grown, 'pair', 'pairs')} grew" if grown else ""
    return f"{totals}; {cuts} ({told}){more}."
