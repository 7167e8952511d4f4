"""The page of an advice for those who do the work: order, prices, traps, weights."""

from collections.abc import Sequence

from banyan.boundaries.advice.aftermath import Aftermath
from banyan.boundaries.advice.facts import Advice, Basis, Grouping, WhatIf
from banyan.boundaries.advice.reports.html.markup import (
    Markup,
    element,
    rows,
    spoken,
    to_module,
    to_pair,
)
from banyan.boundaries.advice.reports.html.overview import first_mark
from banyan.boundaries.advice.reports.html.panel import ends_at
from banyan.boundaries.advice.reports.html.steps import steps_of
from banyan.boundaries.advice.reports.html.words import figure, signed
from banyan.survey.words import number, share


def plan(advice: Advice) -> Markup:
    """The page."""
    return element(
        "div",
        element("h2", "Plan", tabindex="-1"),
        element("p", advice.headline),
        _order(advice),
        _what_if(advice.what_if),
        _after(advice.after),
        _modules(advice),
        _sentences("Why", advice.reasoning),
        _sentences("What pays in any case", advice.cleanup),
        _warnings(advice),
        _groupings(advice.groupings),
        _questions(advice),
        _sentences("What could not be seen", advice.unseen),
        _weights(advice.weights),
        class_="page",
    )


def _order(advice: Advice) -> Markup:
    if advice.first:
        title = element("h3", "Cutting order for ", to_module(advice.first))
        about = "One module first, and no second beside it. Each step leaves the whole working."
    else:
        title = element("h3", "In which order to clean up")
        about = "No module is to leave: these cuts make the monolith easier to change."
    if not advice.order:
        return Markup(title + element("p", "There is nothing to cut."))
    return Markup(title + element("p", about) + steps_of(advice.order))


def _modules(advice: Advice) -> Markup:
    head = ["module", "foreign keys", "transactions", "joins", "accesses", "calls a request"]
    head += ["ms more", "for \N{MINUS SIGN} against", "known by", "advice"]
    body = [
        [
            to_module(module.name),
            f"{module.price.foreign_keys:,}",
            f"{module.price.transactions:,}",
            f"{module.price.joins:,}",
            f"{module.price.accesses:,}",
            figure(module.price.calls_per_request),
            figure(module.price.latency_ms),
            signed(module.score),
            "seen running" if module.price.basis is Basis.SEEN else "estimated",
            first_mark(advice, module),
        ]
        for module in advice.modules
    ]
    about = (
        "What it would take to part each. Calls and milliseconds are of a request that reaches the "
        "module; each module's page says what they assume."
    )
    title = element("h3", "Prices")
    return Markup(title + element("p", about) + rows(head, body, 7))


def _sentences(title: str, sentences: Sequence[str]) -> Markup | None:
    if not sentences:
        return None
    items = [element("li", spoken(sentence)) for sentence in sentences]
    return Markup(element("h3", title) + element("ul", items))


def _warnings(advice: Advice) -> Markup | None:
    if not advice.warnings:
        return None
    items = [
        element(
            "li",
            element("b", warned.name.capitalize()),
            ": ",
            spoken(warned.text),
            " ",
            _names(warned.modules),
        )
        for warned in advice.warnings
    ]
    return Markup(element("h3", "Traps") + element("ul", items))


def _names(names: Sequence[str]) -> Markup:
    linked = [[", " if place else "", to_module(name)] for place, name in enumerate(names)]
    return element("span", linked, class_="said")


def _groupings(groupings: Sequence[Grouping]) -> Markup | None:
    if not groupings:
        return None
    items = [
        element(
            "li",
            _names(each.modules),
            f": {each.within:,} within, {each.outward:,} to the rest",
        )
        for each in groupings
    ]
    about = "These hold on to each other more than to the rest: a suggestion, no more."
    return Markup(
        element("h3", "Modules that could be one") + element("p", about) + element("ul", items)
    )


def _questions(advice: Advice) -> Markup | None:
    if not advice.questions:
        return None
    items = [
        element(
            "li",
            spoken(question.text),
            element("pre", element("code", "\n".join(question.lines))) if question.lines else None,
        )
        for question in advice.questions
    ]
    about = "Code doesn't show it; in banyan.toml it is said like this, and weighs in."
    title = element("h3", "What the team should answer")
    return Markup(title + element("p", about) + element("ul", items))


def _weights(weights: dict[str, float]) -> Markup | None:
    if not weights:
        return None
    about = "What each kind of evidence weighed; [advice.weights] in banyan.toml sets another."
    body = [[element("code", name), signed(weight)] for name, weight in sorted(weights.items())]
    title = element("h3", "Weights")
    return Markup(title + element("p", about) + rows(["evidence", "weight"], body, 1))


def _after(looked_back: Aftermath | None) -> Markup | None:
    """What became of an earlier state, and the way back where a cut did not pay."""
    if looked_back is None:
        return None
    items = [
        element(
            "li",
            element("b", to_pair(pair.first, pair.second, f"{pair.first} and {pair.second}")),
            ": ",
            spoken(" ".join(pair.said)),
            element("p", spoken(" ".join(pair.way_back))) if pair.way_back else None,
        )
        for pair in looked_back.pairs
    ]
    if looked_back.others:
        items.append(element("li", f"{number(looked_back.others, 'pair', 'pairs')} more by little"))
    return Markup(
        element("h3", "What became of what was cut")
        + element("p", spoken(looked_back.headline))
        + (element("ul", items) if items else "")
        + (_sentences("What could not be seen of that", looked_back.unseen) or "")
    )


def _what_if(asked: WhatIf | None) -> Markup | None:
    if asked is None:
        return None
    reach, then = (
        share(round(part * 1_000_000), 1_000_000) for part in (asked.reach, asked.reach_then)
    )
    said = (
        f"Without {', '.join(asked.cuts)} ({number(asked.count, 'coupling', 'couplings')}): a "
        f"module reaches {then} of the others in place of {reach}, and there are "
        f"{number(len(asked.cycles_then), 'cycle', 'cycles')} in place of {len(asked.cycles):,}."
    )
    if asked.vain:
        said += f" Nothing that counts is cut by {', '.join(asked.vain)}."
    body = [
        [
            to_module(each.module),
            f"{ends_at(each.rung)} → {ends_at(each.rung_then)}",
            f"{each.verdict} → {each.verdict_then}",
        ]
        for each in asked.changes
    ]
    changes = (
        rows(["module", "rung", "verdict"], body) if body else element("p", "No more changes.")
    )
    return Markup(element("h3", "What if") + element("p", said) + changes)
