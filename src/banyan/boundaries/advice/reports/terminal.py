"""The advice on one screen, and one module of it in full, for a terminal."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from typing import Final, TypeAlias

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from banyan.boundaries.advice.aftermath import lines as aftermath_lines
from banyan.boundaries.advice.facts import (
    Advice,
    Hold,
    ModuleAdvice,
    Price,
    Rung,
    Step,
    Verdict,
    WhatIf,
)
from banyan.boundaries.advice.rungs import NAMES
from banyan.boundaries.advice.verdicts import described
from banyan.survey.words import harmless, number, share, some

Row: TypeAlias = tuple[str, str]
"""A label, or "" below the one before, and a text."""

_WIDTH: Final = 13
_MODULES: Final = 12
_MOST: Final = 4
_HOLDS: Final = 3


def render(rows: Sequence[Row]) -> RenderableType:
    """The rows; those that are too long for the terminal continue under themselves."""
    parts: list[RenderableType] = []
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True, style="cyan", min_width=_WIDTH - 1)
    grid.add_column(overflow="fold")
    for label, text in rows:
        if label == _TITLE:
            parts.append(Text(harmless(text), "bold"))
        else:
            grid.add_row(label, Text(harmless(text)))
    return Group(*parts, grid)


def plain(rows: Sequence[Row]) -> str:
    """The rows as they stand in a file."""
    return "".join(
        f"{harmless(text)}\n"
        if label == _TITLE
        else f"{label:<{_WIDTH}}{harmless(text)}".rstrip() + "\n"
        for label, text in rows
    )


def lines(advice: Advice) -> list[Row]:
    """The headline, what it rests on, what to do, the modules, the warnings, what wasn't seen.

    Where something was asked, by ``--cut`` or ``--after``, it is the answer, and nothing else.
    """
    if answer := answer_lines(advice):
        return [(_TITLE, _of_project(advice)), *answer, *_rows("The rest", [_REST])]
    warned = [f"{one.name}: {one.text}" for one in advice.warnings]
    groups = [
        f"{', '.join(one.modules)} ({one.within:,} within, {one.outward:,} outward)"
        for one in advice.groupings
    ]
    return [
        (_TITLE, _of_project(advice)),
        (_TITLE, advice.headline),
        *_rows("Why", advice.reasoning),
        *_rows("Pays anyway", () if advice.first else _few(advice.cleanup, _MOST)),
        *_rows("Cut" if advice.first else "Begin with", _few(_order(advice), _MOST)),
        *_rows("Modules", _modules(advice)),
        *_rows("Warnings", _few(warned, _MOST)),
        *_rows("Together?", _few(groups, _HOLDS)),
        *_rows("Not seen", advice.unseen),
        *_rows("Say", _questions(advice)),
        *_rows("Next", [_next(advice)]),
    ]


def answer_lines(advice: Advice) -> list[Row]:
    """What was asked by ``--cut`` and ``--after``; nothing where nothing was."""
    return [
        *_rows("What if", _what_if(advice.what_if) if advice.what_if else ()),
        *_rows("After", filter(None, aftermath_lines(advice.after)) if advice.after else ()),
    ]


def module_lines(advice: Advice, name: str) -> list[Row]:
    """One module in full: what holds it, what speaks for and against, its price, its steps.

    What was asked by ``--cut`` and ``--after`` is answered first.
    """
    module = next(one for one in advice.modules if one.name == name)
    price = module.price
    return [
        (_TITLE, f"{module.name}: {described(module.rung)}; {module.verdict}"),
        *answer_lines(advice),
        *_rows("Why", [module.why, *(one.text for one in module.arguments if not one.weight)]),
        *_rows("Held from", _holds(module)),
        *_rows("For, against", _arguments(module)),
        *_rows("Price", _price(price)),
        *_rows("Assuming", price.assumptions),
        *_rows("Metrics", _metrics(module)),
        *_rows("Steps", _steps(module)),
    ]


_TITLE: Final = "\0"
_REST: Final = (
    "banyan advise without --cut and --after prints the advice; -o advice.html has all of it"
)


def _of_project(advice: Advice) -> str:
    return f"{advice.project} at {advice.commit[:10]}" if advice.commit else advice.project


def _rows(label: str, texts: Iterable[str]) -> Iterator[Row]:
    for index, text in enumerate(texts):
        yield ("" if index else label), text


def _few(texts: Sequence[str], most: int) -> list[str]:
    if len(texts) <= most:
        return list(texts)
    return [*texts[:most], f"and {len(texts) - most:,} more, in the JSON and the HTML"]


def _order(advice: Advice) -> list[str]:
    return [_step(count, one) for count, one in enumerate(advice.order, 1)]


def _step(count: int, step: Step) -> str:
    gain = f"; {step.gain}" if step.gain else ""
    where = f" ({step.places[0]})" if step.places else ""
    return f"{count}. {step.consumer} → {step.owner}: {step.count:,} by {step.cut}{where}{gain}"


def _ranked(advice: Advice) -> list[ModuleAdvice]:
    """The one to begin with, those that are to leave, then the furthest on its way first."""

    def rank(one: ModuleAdvice) -> tuple[bool, bool, int, float, str]:
        stays = one.verdict is Verdict.STAY
        return one.name != advice.first, stays, -one.rung, -one.score, one.name

    return sorted(advice.modules, key=rank)


def _modules(advice: Advice) -> Iterator[str]:
    ranked = _ranked(advice)[:_MODULES]
    width = max((len(one.name) for one in ranked), default=0)
    said = max((len(one.verdict) for one in ranked), default=0)
    for one in ranked:
        rung = f"{one.rung:d} {NAMES[one.rung]}"
        yield f"{one.name:<{width}}  {rung:<12}  {one.verdict:<{said}}  {_held(one)}"
    left = len(advice.modules) - len(ranked)
    if left:
        yield f"and {number(left, 'module', 'modules')} more, tied more than these"


def _held(module: ModuleAdvice) -> str:
    """What keeps it from the next rung."""
    if module.is_library:
        return "a library: it goes along with its users"
    if not module.holds:
        return "nothing that was read"
    lowest = module.holds[0].rung
    found = [one.what for one in module.holds if one.rung is lowest]
    return some(found, _HOLDS)


def _holds(module: ModuleAdvice) -> Iterator[str]:
    """What keeps it from each rung, those that one cut is for together."""
    grouped: defaultdict[tuple[Rung, str], list[Hold]] = defaultdict(list)
    for one in module.holds:
        grouped[one.rung, one.cut].append(one)
    for (rung, cut), found in grouped.items():
        where = f" ({found[0].place})" if found[0].place else ""
        by = f"; cut by {cut}" if cut else ""
        yield f"{rung:d} {NAMES[rung]}: {some((one.what for one in found), 4)}{where}{by}"


def _steps(module: ModuleAdvice) -> Iterator[str]:
    """The steps, those of one kind together."""
    grouped: defaultdict[tuple[Rung, str], list[Step]] = defaultdict(list)
    for one in module.steps:
        grouped[one.rung, one.cut].append(one)
    for number_, ((rung, cut), found) in enumerate(grouped.items(), 1):
        edges = some((f"{one.consumer} → {one.owner} {one.count:,}" for one in found), 4)
        gain = "; ".join(one.gain for one in found if one.gain)
        yield f"{number_}. {rung:d} {NAMES[rung]}: {cut}: {edges}{f'; {gain}' if gain else ''}"


def _arguments(module: ModuleAdvice) -> Iterator[str]:
    for one in module.arguments:
        if one.weight:
            yield f"{one.weight:+5.1f}  {one.text} [{one.name}; {one.source}]"
    yield f"{module.score:+5.1f}  in all"


def _price(price: Price) -> Iterator[str]:
    calls = "remote call" if price.calls_per_request == 1 else "remote calls"
    yield (
        f"on average {price.calls_per_request:g} {calls} and {price.latency_ms:g} ms more for "
        f"a request that crosses ({price.basis})"
    )
    counts = (
        (price.transactions, "transaction to split", "transactions to split"),
        (price.foreign_keys, "relation to cut", "relations to cut"),
        (price.joins, "join to replace", "joins to replace"),
        (price.accesses, "access to turn into a call", "accesses to turn into calls"),
    )
    yield ", ".join(number(count, one, many) for count, one, many in counts if count) or "no data"
    if price.owners:
        owners = number(len(price.owners), "owner", "owners")
        yield f"{owners} to agree: {some(price.owners, 4)}"


def _metrics(module: ModuleAdvice) -> Iterator[str]:
    by_source: defaultdict[str, list[str]] = defaultdict(list)
    for one in module.metrics:
        by_source[one.source].append(f"{one.name} {one.value:.2f}".removesuffix(".00"))
    for source, found in by_source.items():
        yield f"{', '.join(found)} ({source})"


def _what_if(found: WhatIf) -> Iterator[str]:
    for cut in found.vain:
        yield f"{cut}: nothing that counts ties the first to the second; there is nothing to cut"
    if not found.count:
        return
    yield f"without {', '.join(found.cuts)}: {number(found.count, 'coupling', 'couplings')} fewer"
    yield f"reach {_percent(found.reach)} → {_percent(found.reach_then)}"
    before, after = sum(map(len, found.cycles)), sum(map(len, found.cycles_then))
    yield f"modules in cycles {before:,} → {after:,}"
    for one in found.changes:
        rung = f"{NAMES[one.rung]} → {NAMES[one.rung_then]}"
        verdict = f"; {one.verdict} → {one.verdict_then}" if one.verdict != one.verdict_then else ""
        yield f"{one.module}: {rung}{verdict}"
    if not found.changes:
        yield "no rung and no verdict changes"


def _percent(part: float) -> str:
    return share(round(part * 1_000_000), 1_000_000)


def _questions(advice: Advice) -> Iterator[str]:
    for one in advice.questions:
        yield one.text
        yield from (f"    {line}" for line in one.lines)


def _next(advice: Advice) -> str:
    """What to look at: the step that the order begins with; where it has none, the first module."""
    if not advice.modules:
        return "banyan survey -o survey.html draws the map"
    if not advice.order:
        return (
            f"banyan advise --module {_ranked(advice)[0].name} shows one in full; banyan check "
            "keeps it from getting worse"
        )
    step, *later = advice.order
    # In a cleanup the steps that gain nothing of their own are one with what is before them.
    along = () if advice.first else takewhile(lambda one: not one.gain, later)
    pairs = list(dict.fromkeys((one.consumer, one.owner) for one in (step, *along)))
    cuts = " ".join(f"--cut '{consumer}->{owner}'" for consumer, owner in pairs[:_MOST])
    return (
        f"banyan explain {step.consumer} {step.owner} lists the places of step 1; banyan advise "
        f"{cuts} shows what would change; banyan advise --module {advice.first or step.consumer} "
        "shows that module in full; banyan check keeps it from getting worse"
    )
