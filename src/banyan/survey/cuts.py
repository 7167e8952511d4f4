"""What would cut each coupling: the table that ``banyan explain`` groups by."""

from collections.abc import Callable, Iterable
from typing import Final

import msgspec

from banyan.survey.facts import Coupling, Kind, Place
from banyan.survey.figures import is_of_request
from banyan.survey.words import is_cascade


class Cut(msgspec.Struct, frozen=True):
    """A way to cut couplings.

    Attributes:
        name: what stands in the place of the coupling afterwards.
        hint: how.
        fits: whether it is the way for a coupling.
    """

    name: str
    hint: str
    fits: Callable[[Coupling], bool]


def _kinds(*kinds: Kind) -> Callable[[Coupling], bool]:
    return lambda coupling: coupling.kind in kinds


# In the order in which they are shown. The first that fits is taken, so that the special comes
# before the general.
CUTS: Final = (
    Cut(
        "a saga, or an event",
        "No transaction spans two services. Write your own rows, publish an event in the same "
        "commit, and let the other write its own; where it may refuse, a saga undoes the first.",
        _kinds(Kind.TRANSACTION),
    ),
    Cut(
        "a reference, and an event for its end",
        "Keep the column of the key and drop the constraint. What CASCADE deletes today, the "
        "module deletes itself when it hears that the other row has gone.",
        lambda each: each.kind in (Kind.FOREIGN_KEY, Kind.ONE_TO_ONE) and is_cascade(each),
    ),
    Cut(
        "a reference",
        "Keep the column of the key and drop the constraint; ask the other module by the key.",
        _kinds(Kind.FOREIGN_KEY, Kind.ONE_TO_ONE),
    ),
    Cut(
        "a table of references",
        "One of the two owns the table of pairs, and holds the other's keys as plain values.",
        _kinds(Kind.MANY_TO_MANY),
    ),
    Cut(
        "a reference with its type",
        "Hold the other's kind of thing and its key as plain values: content types number the "
        "models differently in each database.",
        _kinds(Kind.GENERIC_RELATION),
    ),
    Cut(
        "a model of its own",
        "Give the model its own table and a reference, in place of the shared key.",
        _kinds(Kind.MODEL_INHERITANCE),
    ),
    Cut(
        "a command of the other's contract",
        "Only its owner writes a row: ask for what should happen, in the owner's words.",
        lambda each: each.kind is Kind.MODEL_ACCESS and each.verb not in ("", "read"),
    ),
    Cut(
        "nothing: it comes with the request",
        "Who sends a request is known in each service by a token. Only what is asked beyond, "
        "a column that the token has not or a relation, has to be asked of the other.",
        is_of_request,
    ),
    Cut(
        "a query of the other's contract",
        "Ask for what you need to know, for many keys at once where it is in a loop.",
        _kinds(Kind.MODEL_ACCESS, Kind.REVERSE_ACCESSOR, Kind.GET_MODEL),
    ),
    Cut(
        "a projection",
        "Filter and sort by a copy of the few columns that you need, kept up by events; or ask "
        "the other for the keys first.",
        _kinds(Kind.ORM_LOOKUP, Kind.RAW_SQL),
    ),
    Cut(
        "an event",
        "The other says what happened, after its commit; you hear it in your own transaction.",
        _kinds(Kind.SIGNAL),
    ),
    Cut(
        "a message's type",
        "It is for type checkers alone: name the contract's message in place of the model.",
        lambda each: each.place is Place.TYPING,
    ),
    Cut(
        "nothing more, once the rows are asked for",
        "The import of a model goes with the last use of it.",
        _kinds(Kind.MODEL_IMPORT),
    ),
    Cut(
        "a public face",
        "It reaches internal parts: let the other module offer what is needed by a public name, "
        "and later by its contract.",
        lambda each: each.kind is Kind.IMPORT and each.face != "public",
    ),
    Cut(
        "a contract",
        "It is a call already: the contract makes it one that may go to another process.",
        _kinds(Kind.IMPORT),
    ),
    Cut(
        "an event, or a command of the other's contract",
        "A task of the other's is a command without a type: name it in the contract, or publish "
        "what happened.",
        _kinds(Kind.TASK),
    ),
    Cut(
        "a contract implemented elsewhere",
        "It is remote already: a contract adds the type, a deadline, and one place for the host.",
        _kinds(Kind.HTTP_CALL),
    ),
    Cut(
        "a route of the gateway",
        "Link by the address that the gateway knows: a URL's name is known in its process alone.",
        _kinds(Kind.URL_REVERSE),
    ),
    Cut(
        "nothing more, once no constraint is left",
        "The order of migrations goes with the last foreign key.",
        _kinds(Kind.MIGRATION),
    ),
)


def cut_of(coupling: Coupling) -> Cut:
    """What would cut it."""
    return next(cut for cut in CUTS if cut.fits(coupling))


def by_cut(couplings: Iterable[Coupling]) -> list[tuple[Cut, list[Coupling]]]:
    """The couplings, under what would cut them, in the table's order."""
    groups: dict[int, list[Coupling]] = {}
    for each in couplings:
        groups.setdefault(CUTS.index(cut_of(each)), []).append(each)
    return [(CUTS[number], groups[number]) for number in sorted(groups)]
