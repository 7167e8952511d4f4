"""What an advice says: of each module its rung and its verdict, and of the whole what to do."""

from enum import IntEnum, StrEnum
from typing import Final

import msgspec

from banyan.boundaries.advice.aftermath import Aftermath

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

    SEEN = "seen running"
    """A run did it; how often is not known."""
    ESTIMATED = "estimated"
    """From the source alone."""


class Hold(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that keeps a module from a rung.

    Attributes:
        rung: the lowest that it keeps the module from.
        what: in words, as ``14 foreign keys to users``, or ``users reads its rows: 3 accesses``.
        other: the other module; "" where it is none in particular.
        count: how many couplings it is.
        place: one of them, as ``shop/orders/models.py:12``; "" where there is none.
        cut: what would cut it: the name of a :class:`banyan.survey.cuts.Cut`, or an owner for a
            table that is shared; "" for a cycle.
    """

    rung: Rung
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
        weight: above 0 for separating, below 0 against; to a tenth. 0 only of a reason that is
            given and is none.
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
        basis: how the calls are known: estimated, unless a run made every crossing; they are never
            counted, since no run is production.
        seen: of the crossings, how many were also seen running; None without evidence.
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
    seen: int | None = None
    owners: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One step of the cutting order: couplings that one kind of cut removes between two modules.

    Attributes:
        consumer: the module that holds on.
        owner: the module that is held on to.
        rung: the rung to which it leads.
        cut: what stands in their place afterwards: the name of a :class:`banyan.survey.cuts.Cut`,
            or a library where models are imported and no rows are asked for.
        hint: how.
        count: how many couplings it removes.
        gain: what is better once it is done, as ``ends the cycle with payments``; "" for a step
            that pays with the others.
        places: some of them, as ``shop/orders/models.py:12``.
    """

    consumer: str
    owner: str
    rung: Rung
    cut: str
    hint: str
    count: int
    gain: str = ""
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
    """Modules that hold on to each other more than to the rest: a suggestion, no more.

    Attributes:
        within: how many couplings are between two of them.
        outward: how many are between one of them and another module.
    """

    modules: tuple[str, ...]
    within: int
    outward: int


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What code cannot show, and ``banyan.toml`` doesn't say.

    Attributes:
        text: the question.
        lines: what to write into ``banyan.toml``.
    """

    text: str
    lines: tuple[str, ...]


class ModuleAdvice(msgspec.Struct, frozen=True, kw_only=True):
    """What is advised for one module.

    Attributes:
        why: the verdict's reason, in one sentence.
        is_library: whether it has no tables and holds on to nothing, so that it goes along with
            whoever uses it; to use it is no hold.
        holds: what keeps it from the rungs above, the lowest rung first, and of a rung the
            heaviest first.
        score: the sum of the arguments' weights.
        steps: what would take it apart from the rest, what is cheap or makes the rest possible
            first.
    """

    name: str
    rung: Rung
    verdict: Verdict
    why: str
    holds: tuple[Hold, ...]
    arguments: tuple[Argument, ...]
    score: float
    price: Price
    metrics: tuple[Metric, ...] = ()
    steps: tuple[Step, ...] = ()
    is_library: bool = False


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What is different for one module, were some couplings gone."""

    module: str
    rung: Rung
    rung_then: Rung
    verdict: Verdict
    verdict_then: Verdict


class WhatIf(msgspec.Struct, frozen=True, kw_only=True):
    """The same advice as if couplings were gone, beside what is so today.

    Attributes:
        cuts: as they were asked for: the consumer, ``->``, the owner.
        count: how many couplings would be gone.
        vain: of the cuts, those that would cut nothing: nothing that counts ties the two this way.
        reach: to which share of the others a module holds on, today.
        cycles: the groups of modules in a circle, today.
        changes: only the modules for which something is different.
    """

    cuts: tuple[str, ...]
    count: int
    reach: float
    reach_then: float
    cycles: tuple[tuple[str, ...], ...]
    cycles_then: tuple[tuple[str, ...], ...]
    changes: tuple[Change, ...]
    vain: tuple[str, ...] = ()


class Advice(msgspec.Struct, frozen=True, kw_only=True):
    """The whole advice; the same facts give the same advice.

    Attributes:
        headline: the verdict on the project, in one sentence.
        reasoning: what it rests on, a sentence each.
        cleanup: what pays in any case, a sentence each.
        modules: by name.
        first: the one module to begin with; "" where all should stay.
        order: the steps for that module, or, where all stay, for the cleanup.
        reach: to which share of the others a module holds on, from 0 to 1.
        questions: what should be answered, so that the advice can rest on it.
        unseen: what could not be seen, as a history that there is not, a sentence each.
        weights: by name, as they were used.
        what_if: what is asked for by ``--cut``.
        after: what became of an earlier state, asked for by ``--after``.
    """

    project: str
    commit: str
    headline: str
    reasoning: tuple[str, ...]
    cleanup: tuple[str, ...]
    modules: tuple[ModuleAdvice, ...]
    first: str = ""
    order: tuple[Step, ...] = ()
    reach: float = 0.0
    cycles: tuple[tuple[str, ...], ...] = ()
    warnings: tuple[Warned, ...] = ()
    groupings: tuple[Grouping, ...] = ()
    questions: tuple[Question, ...] = ()
    unseen: tuple[str, ...] = ()
    weights: dict[str, float] = msgspec.field(default_factory=dict[str, float])
    what_if: WhatIf | None = None
    after: Aftermath | None = None
    schema: str = SCHEMA
