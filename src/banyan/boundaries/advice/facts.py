"""What an advice says: of each module its rung and its verdict, and of the whole what to do."""

from enum import IntEnum, StrEnum
from typing import Final

import msgspec

SCHEMA: Final = "banyan.advice/1"


class Rung(IntEnum):
    """How far a module is on the way to being separable; a rung holds with all below it."""

    TANGLED = 0
    BOUNDED = 1
    CONTRACTED = 2
    DATA_OWNED = 3
    SEPARABLE = 4
    EXTRACTED = 5


class Verdict(StrEnum):
    """What is advised for a module, next."""

    STAY = "stay"
    BOUND_FIRST = "bound first"
    CUT_DATA_NEXT = "cut its data next"
    READY = "ready to separate"


class Basis(StrEnum):
    """How a figure is known."""

    RECORDED = "recorded"
    ESTIMATED = "estimated"


class Hold(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that keeps a module on its rung.

    Attributes:
        what: in words, as ``14 foreign keys to users``.
        other: the other module; "" where it is none in particular.
        count: how many couplings it is.
        place: one of them, as ``shop/orders/models.py:12``; "" where there is none.
        cut: what would cut it: the name of a :class:`banyan.survey.cuts.Cut`.
    """

    what: str
    other: str
    count: int
    place: str = ""
    cut: str = ""


class Argument(msgspec.Struct, frozen=True, kw_only=True):
    """Something that speaks for separating a module, or against it.

    Attributes:
        name: of the weight in ``[advice.weights]``.
        text: in words.
        weight: above 0 for separating, below 0 against.
        source: where it is from: ``banyan.toml``, the survey, git, or a published metric.
    """

    name: str
    text: str
    weight: float
    source: str


class Metric(msgspec.Struct, frozen=True, kw_only=True):
    """A published metric, by its name.

    Attributes:
        name: as ``instability``.
        value: without a unit.
        source: the publication.
    """

    name: str
    value: float
    source: str


class Price(msgspec.Struct, frozen=True, kw_only=True):
    """What it would cost to separate a module.

    Attributes:
        calls_per_request: remote calls that a request which reaches the module would make.
        latency_ms: milliseconds that these add to such a request.
        basis: how the calls are known.
        transactions: blocks that are atomic today and would be split.
        foreign_keys: constraints to cut.
        joins: lookups to replace.
        accesses: reads and writes of rows to turn into calls.
        owners: people or teams who are involved, by CODEOWNERS or by authorship.
        assumptions: what the figures rest on, a sentence each.
    """

    calls_per_request: float
    latency_ms: float
    basis: Basis
    transactions: int
    foreign_keys: int
    joins: int
    accesses: int
    owners: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One step of the cutting order: couplings that one kind of cut removes between two modules.

    Attributes:
        consumer: the module that holds on.
        owner: the module that is held on to.
        cut: the name of the cut.
        hint: how.
        count: how many couplings it removes.
        places: some of them, as ``shop/orders/models.py:12``.
    """

    consumer: str
    owner: str
    cut: str
    hint: str
    count: int
    places: tuple[str, ...] = ()


class Warned(msgspec.Struct, frozen=True, kw_only=True):
    """A trap.

    Attributes:
        name: as ``over-extraction``, ``distributed monolith``, ``chatty``, ``shared code``.
        modules: those that it is about.
        text: what is wrong, and what to do instead.
    """

    name: str
    modules: tuple[str, ...]
    text: str


class Grouping(msgspec.Struct, frozen=True, kw_only=True):
    """Modules that hold on to each other more than to the rest: a suggestion, no more."""

    modules: tuple[str, ...]
    within: int
    outward: int


class ModuleAdvice(msgspec.Struct, frozen=True, kw_only=True):
    """What is advised for one module.

    Attributes:
        holds: what keeps it from the next rung, the heaviest first.
        score: the sum of the arguments' weights.
    """

    name: str
    rung: Rung
    verdict: Verdict
    holds: tuple[Hold, ...]
    arguments: tuple[Argument, ...]
    score: float
    price: Price
    metrics: tuple[Metric, ...] = ()


class Advice(msgspec.Struct, frozen=True, kw_only=True):
    """The whole advice; the same facts give the same advice.

    Attributes:
        headline: the verdict on the project, in one sentence.
        reasoning: what it rests on, a sentence each.
        cleanup: what pays in any case, a sentence each.
        first: the one module to begin with; "" where all should stay.
        order: the steps for that module, or, where all stay, for the cleanup.
        unseen: what could not be seen, as a history that there is not, a sentence each.
        weights: by name, as they were used.
    """

    project: str
    commit: str
    headline: str
    reasoning: tuple[str, ...]
    cleanup: tuple[str, ...]
    modules: tuple[ModuleAdvice, ...]
    first: str = ""
    order: tuple[Step, ...] = ()
    warnings: tuple[Warned, ...] = ()
    groupings: tuple[Grouping, ...] = ()
    unseen: tuple[str, ...] = ()
    weights: dict[str, float] = msgspec.field(default_factory=dict[str, float])
    schema: str = SCHEMA
