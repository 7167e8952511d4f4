"""Remembers what was found out of each function, for as long as nobody knows more.

Functions that depend on each other, a knot, are gone through until it does not matter who of them
was asked first.
"""

from collections.abc import Collection, Hashable, Mapping
from typing import Any, Final

from banyan.survey.consulted import Marks
from banyan.survey.following.flows import FlowKey
from banyan.survey.following.questions import Key, Question, is_same, place
from banyan.survey.following.world import Summary, World
from banyan.survey.meanings import FunctionRef

_DEEPEST: Final = 60
_EMPTY: Final = Summary()
_SETTLING: Final = "settling"


class Summaries:
    """What is known of functions; who derives from it goes through them."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._consulted = world.codebase.consulted
        self._summaries: dict[Key, Summary] = {}
        # Of those that have asked others for what may be something else by now.
        self._doubtful: dict[Key, Summary] = {}
        # What the function that is gone through has asked others for.
        self._asked: dict[Question, tuple[Summary, Marks]] | None = None
        # What is taken for the functions of a knot while it is settled.
        self._assumed: Mapping[Key, tuple[Summary, Hashable]] = {}

    def gone_through(self, key: Key) -> Summary:
        """What a function gives and does, found out by going through it."""
        raise NotImplementedError

    def restart(self) -> None:
        """Forget what held for one file only."""
        self.world.underway.clear()

    def forget(self, changed: Collection[FlowKey]) -> None:
        """Forget what depends on what functions are given, where that has changed."""
        self.restart()
        bits = self.world.flows.bits(changed)
        gone = {key: one for key, one in self._summaries.items() if one.marks.given & bits}
        for key in gone:
            del self._summaries[key]
        self._doubtful |= {key: one for key, one in gone.items() if one.asked is not None}
        for key, summary in list(self._doubtful.items()):
            if summary.own.given & bits:
                del self._doubtful[key]

    def of(self, key: Key, attribute: str = "") -> Summary:
        """What is known of a function, by now or from now on.

        Args:
            attribute: the one that nothing else is asked for; "" for all.
        """
        consulted = self._consulted
        found = None if key.given is None else self._known(key)
        if found is not None:
            marks = found.marks
        else:
            around = consulted.begin()
            exact = key
            if key.given is None and self.world.flows.of(key_of(key.ref)) is None:
                exact = key._replace(given="")
            found = self._now(exact)
            consulted.take(found.marks)
            marks = consulted.leave(around)
        asked = self._asked if marks.given and not key.is_hidden else None
        question = key, attribute
        if asked is None or asked.setdefault(question, (found, marks))[0] is not found:
            consulted.take(marks)
        return found

    def _now(self, key: Key) -> Summary:
        underway = self.world.underway
        found = self._known(key) or underway.passing(key)
        if found is not None:
            return found
        if not underway.is_begun(key):
            if len(underway) < _DEEPEST:
                return self._made(key)
            underway.give_up()
        self.world.codebase.look_into(key.ref)
        return _EMPTY

    def _known(self, key: Key) -> Summary | None:
        assumed = self._assumed.get(key)
        if assumed is not None:
            self.world.underway.is_begun(assumed[1])
            return assumed[0]
        found = self._summaries.get(key)
        if found is None and key.is_hidden:
            # What functions are given did not matter.
            found = self._summaries.get(key._replace(is_hidden=False))
            if found is not None and found.marks.given:
                return None
        if found is not None and found.knot and self.world.underway.is_within(found.knot):
            return None
        return found

    def _made(self, key: Key) -> Summary:
        result, knot = self._gone_through(key)
        if knot is None:
            return result
        if all(isinstance(one, Key) for one in knot):
            return self._settled(key, knot) if knot else self._kept(key, result)
        result.knot = frozenset(knot)
        return self._kept(key, result)

    def _settled(self, key: Key, knot: dict[Any, Summary]) -> Summary:
        """A function that depends on itself, as all in its knot are gone through once more.

        The knot is entered by the one that comes first in any run, and what is found so is taken
        for each when the others are gone through: it does not matter who asked first. Where that
        shows that others belong to it, all is done with these, too.
        """
        first = min(knot, key=place)
        while first == key:
            found, more = self._gone_through_again(knot)
            if more is None:
                return found[key]
            if not more:
                for one, summary in found.items():
                    self._kept(one, summary)
                return found[key]
            knot = found | more
            first = min(knot, key=place)
        self._made(first)
        known = self._known(key)
        if known is None:
            entered = self._known(first)
            if entered is not None and not entered.knot:
                return self._made(key)
        return known or knot[key]

    def _gone_through_again(
        self, knot: dict[Any, Summary]
    ) -> tuple[dict[Any, Summary], dict[Any, Summary] | None]:
        """What is found for each of a knot where this is taken for them.

        Returns:
            Besides, what was found for others that depend on it; None where it depends on what is
            begun still.
        """
        underway, outer = self.world.underway, self._assumed
        # Another knot may be met, and settled, on the way.
        settling = _SETTLING, len(underway)
        underway.begin(settling)
        self._assumed = {**outer, **{one: (summary, settling) for one, summary in knot.items()}}
        found = {one: self._gone_through(one)[0] for one in sorted(knot, key=place)}
        self._assumed = outer
        inside = underway.end(settling, None)
        # Each stands on all of them: on that they are a knot, and where it begins.
        around = self._consulted.begin()
        for summary in (*knot.values(), *found.values()):
            self._consulted.take(summary.marks)
        marks = self._consulted.end(around)
        for summary in found.values():
            summary.marks, summary.asked = marks, None
        if inside is None:
            return found, None
        return found, {
            one: each for one, each in inside.items() if isinstance(one, Key) and one not in knot
        }

    def _gone_through(self, key: Key) -> tuple[Summary, dict[Any, Any] | None]:
        world = self.world
        is_given = isinstance(key.given, tuple)
        before = world.given_depth, world.flows.is_hidden
        world.given_depth, world.flows.is_hidden = key.depth + is_given, key.is_hidden
        around, asker = self._consulted.begin(), self._asked
        self._asked = {}
        world.codebase.look_into(key.ref)
        world.underway.begin(key)
        result = self._found_again(key) or self.gone_through(key)
        self._consulted.take(result.own)
        result.own, asked = self._consulted.marks, self._asked
        for _, marks in asked.values():
            self._consulted.take(marks)
        result.marks, self._asked = self._consulted.leave(around), asker
        world.given_depth, world.flows.is_hidden = before
        knot = world.underway.end(key, result)
        result.asked = None
        if knot is None or knot:
            self._consulted.take(result.marks)
        else:
            result.asked = asked
        return result, knot

    def _found_again(self, key: Key) -> Summary | None:
        """What was found before, where all that it asked others for is the same as it was.

        They are asked in the order in which it asked them, and none after the first that gives
        something else: so nobody is asked whom it would not ask when it is gone through.
        """
        found = self._doubtful.pop(key, None)
        if found is None or found.asked is None:
            return None
        within = f"{key.ref.qualname}."
        for (one, attribute), (before, _) in found.asked.items():
            now = self.of(one, attribute)
            # Of the functions of its own classes it has all that they do.
            is_inside = one.ref.qualname.startswith(within)
            if now is not before and (is_inside or not is_same(now, before, attribute)):
                return None
        return found

    def _kept(self, key: Key, result: Summary) -> Summary:
        if not result.marks.given:
            key = key._replace(is_hidden=False)
        self._summaries.setdefault(key, result)
        return result


def key_of(ref: FunctionRef) -> FlowKey:
    """Under which key it is kept what a function is given."""
    return ref.module.path, ref.qualname
