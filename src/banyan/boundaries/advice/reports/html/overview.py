"""The page of an advice that somebody who doesn't write code can read: one page, also on paper."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from banyan.boundaries.advice.facts import Advice, Basis, ModuleAdvice, Price, Step, Verdict, Warned
from banyan.boundaries.advice.reports.html.legend import drawn
from banyan.boundaries.advice.reports.html.markup import (
    Markup,
    element,
    rows,
    spoken,
    to_module,
    to_pair,
)
from banyan.boundaries.advice.reports.html.words import MEANINGS, TRAPS, figure, mark, plain, times
from banyan.survey.words import number, some

# What one sheet of paper has room for; the rest is on the page "Plan".
MOST_STEPS: Final = 5
MOST_SENTENCES: Final = 4
MOST_NAMES: Final = 4


def overview(advice: Advice, modules: dict[str, ModuleAdvice], version: str) -> Markup:
    """The page.

    Args:
        modules: of the advice, by name.
    """
    commit = f" at {advice.commit[:10]}" if advice.commit else ""
    return element(
        "div",
        element(
            "p",
            f"Should {advice.project}{commit} be split into services?",
            class_="question",
        ),
        element("h1", advice.headline, tabindex="-1"),
        _verdicts(advice),
        element(
            "div",
            _part("Why", _sentences(advice.reasoning)),
            _part("What pays in any case", _sentences(advice.cleanup)),
            class_="halves",
        ),
        element("div", _first(advice), _cost(advice, modules), class_="halves"),
        _cautions(advice),
        _vocabulary(),
        element(
            "p",
            f"Banyan {version} read the source; the same facts give the same advice. Whoever "
            "disagrees finds every weight, place and source on the page ",
            element("a", "Plan", href="#plan"),
            " and on those of the modules.",
            class_="note",
        ),
        class_="sheet",
    )


def _part(title: str, *content: Markup | str) -> Markup:
    return element("section", element("h2", title), content)


def _sentences(sentences: Sequence[str], most: int = MOST_SENTENCES) -> Markup:
    if not sentences:
        return element("p", "Nothing.")
    shown = sentences if len(sentences) <= most else sentences[: most - 1]
    items = [element("li", spoken(sentence)) for sentence in shown]
    if len(shown) < len(sentences):
        more = f"… and {len(sentences) - len(shown)} more, on the page Plan"
        items.append(element("li", element("a", more, href="#plan")))
    return element("ul", items)


def _verdicts(advice: Advice) -> Markup:
    """How many modules get each verdict, with the mark that they have on the map."""
    counts = Counter(module.verdict for module in advice.modules)
    tiles: list[Markup] = []
    for verdict in Verdict:
        names = [module.name for module in advice.modules if module.verdict is verdict]
        tiles.append(
            element(
                "li",
                element("b", f"{counts[verdict]:,}"),
                element("span", f"{verdict}", class_=f"mark {_frame(verdict)}"),
                element("span", MEANINGS[verdict]),
                element("span", some(names, MOST_NAMES), class_="names") if names else None,
                class_=None if names else "none",
            )
        )
    title = f"Verdicts on {number(len(advice.modules), 'module', 'modules')}"
    return element("ul", tiles, class_="verdicts", aria_label=title)


def _frame(verdict: Verdict) -> str:
    if verdict is Verdict.STAY:
        return "thin"
    return "filled" if verdict is Verdict.READY else "thick"


def _first(advice: Advice) -> Markup:
    if advice.first:
        named = element(
            "p", "Begin with ", to_module(advice.first), ", and with nothing beside it:"
        )
        title = "What to do first"
    else:
        named = element("p", "No module is to leave. To keep the whole easy to change:")
        title = "What to do first"
    if not advice.order:
        return _part(title, element("p", "Nothing: there is nothing that has to be cut."))
    shown = advice.order[:MOST_STEPS]
    rest = advice.order[MOST_STEPS:]
    content = [named, element("ol", map(_step, shown))]
    if rest:
        places = sum(step.count for step in rest)
        more = f"… then {number(len(rest), 'step', 'steps')} more, in {times(places)}"
        content.append(element("p", element("a", more, href="#plan")))
    return _part(title, *content)


def _step(step: Step) -> Markup:
    gain = f"; {step.gain}" if step.gain else ""
    return element(
        "li",
        to_pair(step.consumer, step.owner, f"{step.consumer} → {step.owner}"),
        f": {plain(step.cut)} ({times(step.count)}){gain}",
    )


def _cost(advice: Advice, modules: dict[str, ModuleAdvice]) -> Markup:
    """The price of the first module; where none is to leave, the least and the most of any."""
    if advice.first in modules:
        module = modules[advice.first]
        return _part("What it would cost", _prices([module]), _rest(module))
    if not advice.modules:
        return _part("What it would cost", element("p", "There is no module."))
    by_score = sorted(advice.modules, key=lambda each: (-each.score, each.name))
    least, most = by_score[0], by_score[-1]
    said = element("p", "The module with the least against it, and the one with the most:")
    return _part(
        "What a split would cost all the same",
        said if least is not most else "",
        _prices([least] if least is most else [least, most]),
        _rest(most),
    )


def _prices(modules: Sequence[ModuleAdvice]) -> Markup:
    """What would have to be done, in words that need no code; a column for each module."""
    told: list[tuple[str, Callable[[Price], str]]] = [
        ("foreign keys to give up: rules between tables", lambda one: figure(one.foreign_keys)),
        ("transactions to part: changes, all or nothing", lambda one: figure(one.transactions)),
        ("joins to replace: searches across tables", lambda one: figure(one.joins)),
        ("accesses to turn into requests: records in use", lambda one: figure(one.accesses)),
        ("requests over the network, for a page", lambda one: figure(one.calls_per_request)),
        ("that such a page takes longer", lambda one: f"{figure(one.latency_ms)} ms"),
        ("people or teams involved", lambda one: figure(len(one.owners)) if one.owners else "?"),
    ]
    head = ["", *(module.name for module in modules)]
    body = [[text, *(count(module.price) for module in modules)] for text, count in told]
    return rows(head, body, len(modules), class_="price")


def _rest(module: ModuleAdvice) -> Markup:
    """What the figures are, and what they rest on."""
    known = "seen running" if module.price.basis is Basis.SEEN else "estimated from the source"
    return element(
        "p",
        f"Counted in places in the code, not in days of work; requests are {known}. "
        "What the figures assume is told on the page of ",
        to_module(module.name),
        ".",
        class_="note",
    )


def _cautions(advice: Advice) -> Markup | str:
    # Of each kind of trap the first, so that all kinds are told.
    kinds: dict[str, list[Warned]] = {}
    for warned in advice.warnings:
        kinds.setdefault(warned.name, []).append(warned)
    warnings = [_trap(alike) for alike in kinds.values()]
    open_: Iterable[str] = [
        *(question.text for question in advice.questions),
        *advice.unseen,
    ]
    parts = [
        _part(title, _sentences(list(sentences), 3))
        for title, sentences in (
            ("Traps", warnings),
            ("What the source could not show", open_),
        )
        if sentences
    ]
    return element("div", parts, class_="halves") if parts else ""


def _trap(alike: Sequence[Warned]) -> str:
    first, *others = alike
    about = TRAPS.get(first.name)
    said = f"{about}: {some(first.modules, MOST_NAMES)}." if about else first.text
    more = f" {number(len(others), 'more is', 'more are')} on the page Plan." if others else ""
    return f"{first.name.capitalize()}: {said}{more}"


def _vocabulary() -> Markup:
    words = (
        ("Module", "a part of the program (one or more Django apps) that would move as one."),
        ("Service", "a part that runs, and can be changed and broken, by itself."),
        ("Monolith", "all parts in one program: simple to run, and sound while its edges are."),
        ("Place", "a spot in the code at which one module relies on the inside of another."),
    )
    return element(
        "p", [[element("b", word), f": {text} "] for word, text in words], class_="vocabulary"
    )


def first_mark(advice: Advice, module: ModuleAdvice) -> Markup:
    """The mark of a module, as on the map."""
    return drawn(mark(module, is_first=module.name == advice.first))
