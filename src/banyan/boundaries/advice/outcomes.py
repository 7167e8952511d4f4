"""Whether a cut between two modules paid, and the way back where it did not."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Final

import msgspec

from banyan.boundaries.advice.chance import fell
from banyan.boundaries.advice.differences import ROWS, Difference
from banyan.boundaries.advice.history import FEWEST
from banyan.survey.facts import Kind
from banyan.survey.words import WORDS, number, share

ENOUGH: Final = 10
"""Of fewer commits in a window nothing is said."""
SURE: Final = 0.05
"""What would happen by chance more often than this is not told as a change."""
HALF: Final = 0.5
_KEYS: Final = (Kind.FOREIGN_KEY, Kind.ONE_TO_ONE, Kind.MANY_TO_MANY, Kind.MODEL_INHERITANCE)


class Outcome(StrEnum):
    """What came of a cut between two modules."""

    PAID = "it paid"
    MOVED = "the coupling moved elsewhere"
    REMOTE = "more remote calls than what they replaced"
    TOGETHER = "changes still move together"
    OPEN = "too early to tell"
    GREW = "it grew"


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """Of the commits of a window: how many changed both of two modules, and how many either."""

    together: int
    either: int

    @property
    def part(self) -> float:
        """Of those that changed either, those that changed both."""
        return self.together / self.either if self.either else 0.0


class Together(msgspec.Struct, frozen=True, kw_only=True):
    """How two modules changed together in two windows of equal length.

    Attributes:
        days: how long each is.
    """

    before: Share
    after: Share
    days: int

    @property
    def is_enough(self) -> bool:
        """Whether there are commits enough in both to compare them."""
        return self.before.either >= ENOUGH and self.after.either >= ENOUGH

    @property
    def chance(self) -> float:
        """How likely they change together as seldom as now by chance."""
        before, after = self.before, self.after
        return fell(before.together, before.either, after.together, after.either)

    @property
    def is_less(self) -> bool:
        """Whether they change together more seldom than before."""
        return self.is_enough and self.chance < SURE

    @property
    def is_still(self) -> bool:
        """Whether they change together about as often as before, and often enough to say so."""
        is_as_often = self.after.part >= self.before.part * HALF
        return self.is_enough and self.after.together >= FEWEST and is_as_often


def judged(
    cut: Difference, changes: Together, then: set[str], now: set[str]
) -> tuple[Outcome, tuple[str, ...], tuple[str, ...]]:
    """What came of it, why, and the way back.

    Args:
        then: the names of the modules of then.
        now: and of those of today.
    """
    outcome = _outcome(cut, changes)
    left = [name for name in cut.pair if name not in now]
    if left and outcome in (Outcome.PAID, Outcome.TOGETHER):
        # What is no more here can't be seen to change.
        outcome = Outcome.OPEN
    said = (
        *_said(cut, changes),
        *(
            f"{name} is no module of this project any more; how it changes elsewhere is not seen."
            for name in left
        ),
    )
    return outcome, said, tuple(_way_back(cut, outcome, now - then))


def _outcome(cut: Difference, changes: Together) -> Outcome:
    if cut.gone <= 0:
        return Outcome.GREW
    if cut.by_shared or sum(cut.moved.values()) >= HALF * cut.lost:
        return Outcome.MOVED
    if cut.remote > sum(count for kind, count in cut.gone_by_kind.items() if kind in ROWS):
        return Outcome.REMOTE
    if changes.is_less:
        return Outcome.PAID
    return Outcome.TOGETHER if changes.is_still else Outcome.OPEN


def _said(cut: Difference, changes: Together) -> Iterator[str]:
    then, now = cut.then.total(), cut.now.total()
    changed = cut.gone_by_kind if cut.gone > 0 else cut.now - cut.then
    kinds = ", ".join(
        number(changed[kind], WORDS[kind].one, WORDS[kind].many) for kind in Kind if changed[kind]
    )
    way = "gone" if cut.gone > 0 else "more"
    yield f"{number(then, 'coupling', 'couplings')} then, {now:,} now; {way}: {kinds}."
    new = cut.now - cut.then
    if cut.gone > 0 and new:
        kinds = ", ".join(
            number(new[one], WORDS[one].one, WORDS[one].many) for one in Kind if new[one]
        )
        yield f"In their place came: {kinds}."
    if cut.gone > 0:
        for other, count in list(cut.moved.items())[:3]:
            yield f"{number(count, 'of them ties', 'of them tie')} one of the two to {other} now."
        for name in cut.by_shared:
            yield f"{name}, shared code, stands between the two now and reaches models."
    if cut.remote > 0:
        yield f"{number(cut.remote, 'HTTP call or task', 'HTTP calls and tasks')} more."
    before, after = changes.before, changes.after
    if before.either or after.either:
        yield (
            f"Changed together: {before.together:,} of {before.either:,} commits in the "
            f"{changes.days:,} days before, {after.together:,} of {after.either:,} since"
            f"{_weighed(changes)}."
        )


def _weighed(changes: Together) -> str:
    if not changes.is_enough:
        return ": too few to tell"
    if changes.after.part >= changes.before.part:
        return ""
    fewer = "" if changes.is_less else "fewer, but "
    chance = share(round(10_000 * changes.chance), 10_000)
    return f": {fewer}as few come by chance in {chance} of cases"


def _way_back(cut: Difference, outcome: Outcome, new: set[str]) -> Iterator[str]:
    first, second = cut.pair
    gone = cut.gone_by_kind
    if outcome is Outcome.MOVED:
        for name in cut.by_shared:
            yield (
                f"give what {name} does with models to the module that owns them, behind a name "
                "that it makes public."
            )
        for other in list(cut.moved)[:1]:
            yield (
                f"`banyan explain {other} {first}` and `banyan explain {other} {second}` list what "
                f"ties {other} now."
            )
            yield (
                f"{other} is new: count it, in banyan.toml, as a part of the module that its code "
                "came from, and move it back there; or cut it from the other in turn."
                if other in new
                else f"leave it in {other} if it belongs there, and then cut {other} in turn; or "
                "move it back to where it came from."
            )
    elif outcome in (Outcome.TOGETHER, Outcome.REMOTE):
        yield (
            f"name the apps of {first} and {second} in one module of banyan.toml, and run them in "
            "one process, so that a change of both is one change and one deployment."
        )
        if cut.remote > 0:
            yield (
                f"call functions in place of {number(cut.remote, 'HTTP call', 'HTTP calls')} or "
                "tasks, one by one; the last one takes its endpoint and its client along."
            )
        if keys := sum(gone[kind] for kind in _KEYS):
            yield (
                f"count the rows whose key leads nowhere, mend them, and then put the "
                f"{number(keys, 'relation', 'relations')} back, one migration each."
            )
        if rows := sum(gone[kind] for kind in ROWS):
            yield (
                f"where rows are copied or asked for one by one in place of the "
                f"{number(rows, 'query', 'queries')} of then, query again, and drop the copies."
            )
