"""Remembers what is the same for the whole project, whoever asks for it and whenever."""

from collections.abc import Callable
from typing import Generic, NamedTuple, TypeVar

from banyan.survey.consulted import Consulted, Marks
from banyan.survey.following.flows import Flows
from banyan.survey.following.underway import NO_KNOT, Knot, Underway

K = TypeVar("K")
V = TypeVar("V")


class Kept(NamedTuple, Generic[V]):
    """What is the same for the whole project.

    Attributes:
        marks: of what was looked at for it.
        knot: in which it depends on itself.
    """

    value: V
    marks: Marks
    knot: Knot = NO_KNOT


class Memory:
    """Works things out when they are first asked for.

    Attributes:
        flows: what functions are given; nothing that is told once for all depends on it.
        underway: what is being worked out.
        given_depth: how many functions are being gone through for what they are given.
    """

    def __init__(self, consulted: Consulted) -> None:
        self._consulted = consulted
        self.flows = Flows(consulted)
        self.underway = Underway()
        self.given_depth = 0

    def once(
        self, known: dict[K, Kept[V]], key: K, meanwhile: V, marks: Marks, find: Callable[[], V]
    ) -> V:
        """What is the same for the whole project, worked out when it is first asked for.

        Args:
            known: all of its kind that was worked out.
            meanwhile: what it is where it depends on itself.
            marks: of what it is asked of.
        """
        consulted, underway = self._consulted, self.underway
        held = known.get(key)
        if held is None or (held.knot and underway.is_within(held.knot)):
            at = id(known), key
            held = underway.passing(at)
            if held is None and underway.is_begun(at):
                held = Kept(meanwhile, marks)
            if held is None:
                return self._found(known, key, at, find)
        consulted.take(held.marks)
        return held.value

    def _found(
        self, known: dict[K, Kept[V]], key: K, at: tuple[int, K], find: Callable[[], V]
    ) -> V:
        consulted, underway = self._consulted, self.underway
        outer, was_hidden = consulted.begin(), self.flows.hide()
        depth, self.given_depth = self.given_depth, 0
        underway.begin(at)
        held = Kept(find(), consulted.end(outer))
        self.flows.is_hidden, self.given_depth = was_hidden, depth
        knot = underway.end(at, held)
        if knot is not None:
            known.setdefault(key, held._replace(knot=frozenset(knot)))
        return held.value
