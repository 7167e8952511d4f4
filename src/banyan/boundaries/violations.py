"""A violation: one thing that a module does to another against a rule, wherever it stands."""

import msgspec

from banyan.boundaries.rules import LAWS, Law, Rule


class Spot(msgspec.Struct, frozen=True, order=True):
    """A place in the project: a file relative to its root, and a line, 0 for the whole file."""

    file: str
    line: int = 0


class Violation(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """What one name of a module does to one name of another.

    All places at which it does so are one violation: it stays the same when lines move.

    Attributes:
        owner: the module that is held on to; "" where none is, as of an HTTP call.
        consumer: the module that holds on; of shared code, its dotted name.
        source: what holds on, as ``orders.views.checkout``; "" for the module as a whole.
        target: what is held on to, as ``users.User``; "" for the module as a whole.
        spots: where it stands, sorted; never empty.
        message: what is wrong, in one sentence.
    """

    owner: str
    consumer: str
    rule: Rule
    source: str
    target: str
    spots: tuple[Spot, ...]
    message: str

    @property
    def law(self) -> Law:
        """All that is said of its rule."""
        return LAWS[self.rule]

    @property
    def identity(self) -> tuple[str, str, Rule, str, str]:
        """What tells it from others, in every version of the code."""
        return self.owner, self.consumer, self.rule, self.source, self.target
