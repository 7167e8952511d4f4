"""The words of an advice for somebody who doesn't write code, and the marks that stand for them."""

from typing import Final

from banyan.boundaries.advice.facts import ModuleAdvice, Rung, Verdict
from banyan.survey.reports.html.additions import Mark
from banyan.survey.words import number

# What a cut means for somebody who reads no code, by the name that a step gives it; each reads on
# after "orders → users: …".
PLAIN: Final = {
    "a saga, or an event": "part what is saved in both at once, all or nothing",
    "a reference, and an event for its end": "loosen tables, and say aloud what was deleted",
    "a reference": "loosen tables: keep the other's number, not the database's rule",
    "a table of references": "let one of the two own the table that pairs them",
    "a reference with its type": "loosen tables that point at anything",
    "a model of its own": "give a table that is shared by inheritance its own place",
    "a command of the other's contract": "ask the other to change its records",
    "a query of the other's contract": "ask the other, instead of reading its records",
    "a projection": "search in a small copy of one's own, not in the other's tables",
    "an event": "be told of what happened, afterwards",
    "a message's type": "name agreed data in place of the other's records",
    "nothing more, once the rows are asked for": "drop what then is needed no more",
    "an event, or a move": "let the other hear what happened, or move what both need",
    "a library for what is imported": "move what others build upon to a place of its own",
    "a public face": "use only what the other offers to all",
    "a contract": "agree in writing on what may be asked",
    "an event, or a command of the other's contract": "agree on work that is handed over",
    "a contract implemented elsewhere": "agree in writing on what is asked over the network",
    "a route of the gateway": "link by public address",
    "nothing more, once no constraint is left": "tidy up the history of the tables",
    "nothing: it comes with the request": "leave it: who asks comes with the request",
}

RUNGS: Final = {
    Rung.TANGLED: "nothing is known to hold",
    Rung.BOUNDED: "others reach into it only by names that it makes public; it is in no cycle",
    Rung.CONTRACTED: "all calls in and out go through contracts and events",
    Rung.DATA_OWNED: "no foreign key, join, SQL, transaction or migration crosses its edge",
    Rung.SEPARABLE: "it runs as its own process with its own database, and the same tests pass",
    Rung.EXTRACTED: "it has its own package and deployment; others depend on its contract alone",
}
MOST: Final = int(max(Rung))

MEANINGS: Final = {
    Verdict.STAY: "leave it where it is",
    Verdict.BOUND_FIRST: "draw its edge inside the monolith first",
    Verdict.CUT_DATA_NEXT: "stop it from sharing tables before it moves",
    Verdict.READY: "it could run on its own",
}
_SHORT: Final = {
    Verdict.STAY: "stay",
    Verdict.BOUND_FIRST: "bound first",
    Verdict.CUT_DATA_NEXT: "cut data",
    Verdict.READY: "ready",
}
_FRAMES: Final = {
    Verdict.STAY: "thin",
    Verdict.BOUND_FIRST: "thick",
    Verdict.CUT_DATA_NEXT: "thick",
    Verdict.READY: "filled",
}
# What a trap is for somebody who reads no code, by its name; each reads on with the modules.
TRAPS: Final = {
    "two at once": "one should leave first, and teach how the next does",
    "over-extraction": "too small to be worth a service of their own",
    "distributed monolith": "apart, they would still be changed together and fail together",
    "chatty": "apart, they would talk so often over the network that pages become slow",
    "unused result": "one waits for what the other does, and doesn't use the answer",
    "shared code": "they lean on common code that ties them to each other's records",
}
BEGIN: Final = "▶"
"""Stands before the module to begin with."""


def rung_name(rung: Rung) -> str:
    """As ``data-owned``."""
    return rung.name.lower().replace("_", "-")


def plain(cut: str) -> str:
    """A cut in words for somebody who reads no code; an unknown one by its name."""
    return PLAIN.get(cut, cut)


def mark(module: ModuleAdvice, *, is_first: bool) -> Mark:
    """The label of a module on the map: its rung as bars, its verdict in a word."""
    begin = f"{BEGIN} " if is_first else ""
    said = f"rung {int(module.rung)} of {MOST}, {rung_name(module.rung)}; verdict: {module.verdict}"
    return Mark(
        level=int(module.rung),
        of=MOST,
        text=f"{begin}{_SHORT[module.verdict]}",
        frame=_FRAMES[module.verdict],
        said=f"{said}; begin here" if is_first else said,
    )


def times(count: int) -> str:
    """As ``1 place``."""
    return number(count, "place", "places")


def figure(value: float) -> str:
    """A number as people read it: ``0.4``, ``12``, ``1,204``."""
    rounded = round(value, 1 if abs(value) < 10 else 0)
    return f"{rounded:,.1f}".removesuffix(".0")


def signed(value: float) -> str:
    """A weight with its sign."""
    sign = "+" if value > 0 else "\N{MINUS SIGN}" if value < 0 else "±"
    return f"{sign}{figure(abs(value))}"
