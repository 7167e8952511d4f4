"""A judgement for a terminal: what is new, rule by rule, and what to do next."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from rich.text import Text

from banyan.boundaries.checking.judgement import Judgement
from banyan.boundaries.rules import LAWS, Rule
from banyan.boundaries.violations import Violation
from banyan.findings import Finding, Level
from banyan.survey.words import number

COLOURS: Final = {Level.ERROR: "red", Level.WARNING: "yellow", Level.INFO: "cyan"}
_MOST: Final = 20
# Where nothing is known debt yet, the whole of it is no list to read: a sight of it is.
_MOST_AT_FIRST: Final = 3
_PLACES: Final = 3


def render(judgement: Judgement, *, seconds: float | None = None, whole: bool = False) -> str:
    """The lines as plain text."""
    told = lines(judgement, seconds=seconds, whole=whole)
    return "".join(f"{line.plain}\n" for line in told)


def lines(
    judgement: Judgement, *, seconds: float | None = None, whole: bool = False
) -> Iterator[Text]:
    """What is new, what is wrong with allowances and the baseline, a summary, the next step.

    Args:
        seconds: how long it took.
        whole: show all of it, however long.
    """
    most = _MOST if judgement.baseline is not None else _MOST_AT_FIRST
    for rule, found in _by_rule(judgement.new).items():
        yield from _rule(rule, judgement.levels[rule], found, None if whole else most)
    of_rules = {law.id for law in LAWS.values()}
    kept = [one for one in judgement.findings if one.id not in of_rules]
    yield from _bookkeeping(kept, None if whole else _MOST)
    yield _summary(judgement, seconds)
    if problems := {one.file for one in judgement.problems}:
        files = number(len(problems), "file", "files")
        yield Text(
            f"{files} could not be read whole, and what is in there is not judged: "
            "`banyan survey -o survey.html` lists them.",
            "yellow",
        )
    yield from _next(judgement)


def _by_rule(violations: tuple[Violation, ...]) -> dict[Rule, list[Violation]]:
    found: defaultdict[Rule, list[Violation]] = defaultdict(list)
    for one in violations:
        found[one.rule].append(one)
    order = list(Rule)
    return dict(sorted(found.items(), key=lambda item: order.index(item[0])))


def _rule(rule: Rule, level: Level, found: list[Violation], most: int | None) -> Iterator[Text]:
    law = LAWS[rule]
    yield Text.assemble(
        (law.id, f"bold {COLOURS[level]}"), f" {law.title} ({level}, {len(found):,} new)"
    )
    for one in sorted(found, key=lambda one: one.spots)[:most]:
        yield from _violation(one)
    if most is not None and len(found) > most:
        yield _rest(len(found) - most)
    yield Text(f"  → {law.hint}", "cyan")
    yield Text("")


def _rest(count: int) -> Text:
    return Text(f"  … and {count:,} more: `banyan check --all` lists them", "dim")


def _violation(one: Violation) -> Iterator[Text]:
    first, *more = one.spots
    yield Text.assemble("  ", (f"{first.file}:{first.line}", "bold"), f"  {one.message}")
    if more:
        shown = ", ".join(f"{spot.file}:{spot.line}" for spot in more[:_PLACES])
        rest = f" and {len(more) - _PLACES:,} more" if len(more) > _PLACES else ""
        yield Text(f"      also {shown}{rest}", "dim")


def _bookkeeping(findings: list[Finding], most: int | None) -> Iterator[Text]:
    by_id: defaultdict[str, list[Finding]] = defaultdict(list)
    for one in findings:
        by_id[one.id].append(one)
    for id, several in sorted(by_id.items()):
        hints = {one.hint for one in several}
        for one in several[:most]:
            place = f"{one.location}  " if one.location else ""
            yield Text.assemble((id, f"bold {COLOURS[one.level]}"), f" {place}{one.message}")
            if len(hints) > 1:
                yield Text(f"  → {one.hint}", "cyan")
        if most is not None and len(several) > most:
            yield _rest(len(several) - most)
        if len(hints) == 1:
            yield Text(f"  → {hints.pop()}", "cyan")
        yield Text("")


def _summary(judgement: Judgement, seconds: float | None) -> Text:
    weights = [judgement.levels[one.rule] for one in judgement.new]
    split = ", ".join(
        f"{weights.count(level):,} {level}{'s' if weights.count(level) != 1 else ''}"
        for level in Level
        if weights.count(level)
    )
    counted = [
        f"{len(judgement.new):,} new" + (f" ({split})" if split else ""),
        f"{len(judgement.known):,} known",
        f"{len(judgement.fixed):,} fixed",
        *([f"{len(judgement.moved):,} moved"] if judgement.moved else []),
        f"{len(judgement.allowed):,} allowed",
    ]
    took = f"; {seconds:.2g} s" if seconds is not None else ""
    colour = "red" if judgement.fails else "green"
    return Text.assemble((f"{judgement.project}: ", "bold"), (", ".join(counted) + took, colour))


def _next(judgement: Judgement) -> Iterator[Text]:
    if not judgement.is_described:
        yield Text(
            "Next: `banyan init` writes a banyan.toml, and a baseline of what is there now, so "
            "that only what is new fails."
        )
    elif judgement.baseline is None and judgement.new:
        where = f"{judgement.expected} is not there: " if judgement.expected else ""
        yield Text(f"Next: {where}`banyan init` writes a baseline of what is there now.")
    elif judgement.new and judgement.fails:
        yield Text(
            "Next: take the step that the hint names; or say why it stays, on its line: "
            f"# banyan: allow[{', '.join(_to_allow(judgement))}] why"
        )
    elif judgement.fixed or judgement.moved:
        yield Text(
            "Next: `banyan check --update` takes out of the baseline what was fixed."
            if judgement.fixed
            else "Next: `banyan check --update` renames in the baseline what has moved."
        )


def _to_allow(judgement: Judgement) -> list[str]:
    """What a comment names that allows all at the place told first; one line can break three."""
    errors = [one for one in judgement.new if judgement.levels[one.rule] is Level.ERROR]
    told = [one for several in _by_rule(tuple(errors)).values() for one in several]
    if not told:
        return []
    first = min((one for one in told if one.rule is told[0].rule), key=lambda one: one.spots)
    same = (one.law.id for one in told if first.spots[0] in one.spots)
    return [id.removeprefix("banyan.") for id in dict.fromkeys(same)]
