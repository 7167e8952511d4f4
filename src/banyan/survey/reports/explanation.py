"""All that ties one module to another, both ways, under what would cut it; for a terminal."""

from collections.abc import Iterable, Iterator
from textwrap import fill
from typing import Final

from rich.text import Text

from banyan.survey import summary
from banyan.survey.cuts import by_cut
from banyan.survey.facts import Coupling, Place, Survey
from banyan.survey.figures import ASIDE, Pair, counts, is_of_migrations
from banyan.survey.words import WORDS, describe, harmless, number, tally

_INDENT: Final = "    "


def render(survey: Survey, first: str, second: str, *, everything: bool = False) -> Iterator[Text]:
    """The couplings of both directions.

    Args:
        everything: also those in tests and migrations.
    """
    ways = [(first, second), (second, first)]
    between = [each for each in survey.couplings if (each.from_, each.to) in ways]
    counted = [each for each in between if counts(each)]
    shown = between if everything else counted
    yield _headline(first, second, counted)
    for from_, to in ways:
        held = [each for each in shown if (each.from_, each.to) == (from_, to)]
        title = harmless(f"{from_} → {to}")
        yield Text.assemble("\n", (title, "bold"), f": {tally(held) or 'nothing'}")
        for cut, couplings in by_cut(held):
            yield Text.assemble("\n  Cut by ", (cut.name, "bold cyan"), f"  ({len(couplings):,})")
            yield Text(fill(cut.hint, 80, initial_indent=_INDENT, subsequent_indent=_INDENT), "dim")
            yield from map(_line, couplings)
    if not everything:
        yield from _aside(between)


def _headline(first: str, second: str, counted: list[Coupling]) -> Text:
    if not counted:
        return Text.assemble((harmless(f"{first} and {second}"), "bold"), ": nothing that counts")
    names, _, rest = Pair(first, second, tuple(counted)).phrase.partition(": ")
    return Text.assemble((harmless(names), "bold"), f": {rest}")


def _line(coupling: Coupling) -> Text:
    said = ", ".join(filter(None, [WORDS[coupling.kind].one, describe(coupling)]))
    where = harmless(summary.place(coupling))
    return Text.assemble(
        _INDENT, where, "  ", harmless(summary.ends(coupling)), (f"  {harmless(said)}", "dim")
    )


def _aside(between: Iterable[Coupling]) -> Iterator[Text]:
    tests = migrations = others = 0
    for each in between:
        if each.place is Place.TEST:
            tests += 1
        elif is_of_migrations(each):
            migrations += 1
        elif not counts(each) and each.place not in ASIDE:
            others += 1
    parts = [
        f"{count:,} {where}"
        for count, where in (
            (tests, "in tests"),
            (migrations, "of migrations"),
            (others, "of experimental kinds"),
        )
        if count
    ]
    if parts:
        whole = number(tests + migrations + others, "coupling", "couplings")
        yield Text(f"\nNot shown: {whole} ({', '.join(parts)}); --all shows them.", "dim")
