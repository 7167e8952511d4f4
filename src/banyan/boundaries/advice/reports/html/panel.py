"""What an advice says of one module, for the module's page in the survey."""

from itertools import groupby

from banyan.boundaries.advice.facts import Advice, Basis, Hold, ModuleAdvice, Price, Rung
from banyan.boundaries.advice.reports.html.markup import (
    Markup,
    element,
    joined,
    rows,
    spoken,
    to_pair,
)
from banyan.boundaries.advice.reports.html.overview import first_mark
from banyan.boundaries.advice.reports.html.steps import steps_of
from banyan.boundaries.advice.reports.html.words import (
    MEANINGS,
    MOST,
    RUNGS,
    figure,
    rung_name,
    signed,
)
from banyan.survey.words import number


def panel(advice: Advice, module: ModuleAdvice) -> Markup:
    """Rung, verdict, what holds it, price, arguments and metrics."""
    return element(
        "section",
        element("h3", "Advice"),
        element(
            "p",
            first_mark(advice, module),
            element("b", f" {str(module.verdict).capitalize()}"),
            f": {MEANINGS[module.verdict]}. ",
            spoken(module.why),
            class_="verdict",
        ),
        _ladder(module),
        _holds(module),
        _arguments(module),
        element("h4", "What it would cost to part it"),
        _price(module.price),
        _steps(module),
        _metrics(module),
        class_="advice-panel",
    )


def _ladder(module: ModuleAdvice) -> Markup:
    steps: list[Markup] = []
    for rung, holds_when in RUNGS.items():
        here = rung == module.rung
        steps.append(
            element(
                "li",
                element("b", f"{int(rung)} {rung_name(rung)}"),
                element("span", " stands here ", class_="here") if here else None,
                element("span", holds_when),
                class_="reached" if rung <= module.rung else "ahead",
                aria_current="step" if here else None,
            )
        )
    title = f"Rung {int(module.rung)} of {MOST}: each holds with all before it"
    return element("ol", steps, class_="ladder", aria_label=title)


def _holds(module: ModuleAdvice) -> Markup:
    if not module.holds:
        return element("p", "Nothing in the code holds it back.")
    parts: list[Markup] = [element("h4", "What holds it there")]
    for rung, group in groupby(module.holds, lambda hold: hold.rung):
        held = list(group)
        name = f"From rung {int(rung)}, {rung_name(rung)}: "
        said = element("span", number(len(held), "hold", "holds"), class_="said")
        listed = element("ul", [_hold(module.name, hold) for hold in held], class_="holds")
        # The next rung's are what is to be done now; the others can wait, folded.
        is_open = "" if len(parts) == 1 else None
        summary = element("summary", name, said)
        parts.append(element("details", summary, listed, class_="tie", open=is_open))
    return Markup("".join(parts))


def _hold(name: str, hold: Hold) -> Markup:
    what = to_pair(name, hold.other, hold.what) if hold.other else hold.what
    return element(
        "li",
        what,
        [" ", element("span", f"cut by {hold.cut}", class_="said")] if hold.cut else None,
        [" ", element("code", hold.place)] if hold.place else None,
    )


def _arguments(module: ModuleAdvice) -> Markup:
    answered = [element("p", spoken(one.text)) for one in module.arguments if not one.weight]
    weighing = [one for one in module.arguments if one.weight]
    if not weighing:
        answered.append(
            element("p", "Nothing speaks for separating it, nothing in particular against.")
        )
        return joined(answered)
    body = [
        [argument.text, signed(argument.weight), element("code", argument.name), argument.source]
        for argument in weighing
    ]
    return Markup(
        joined(answered)
        + element(
            "h4", f"What speaks for separating it, and against: {signed(module.score)} in all"
        )
        + rows(["argument", "weight", "its name in [advice.weights]", "source"], body, 1)
    )


def _price(price: Price) -> Markup:
    calls = figure(price.calls_per_request)
    word = "call" if price.calls_per_request == 1 else "calls"
    basis = "also seen running" if price.basis is Basis.SEEN else "estimated from the source"
    facts: list[tuple[str, str]] = [
        ("Calls", f"{calls} remote {word} per request that reaches it, {basis}"),
        ("Latency", f"{figure(price.latency_ms)} ms more for such a request"),
        ("Transactions", f"{price.transactions:,} to split"),
        ("Foreign keys", f"{price.foreign_keys:,} to cut"),
        ("Joins", f"{price.joins:,} to replace"),
        ("Accesses", f"{price.accesses:,} reads and writes of rows to turn into calls"),
    ]
    if price.seen is not None:
        facts.append(("Seen running", f"{price.seen:,} of the crossings"))
    if price.owners:
        facts.append(("Involved", ", ".join(price.owners)))
    listed = [[element("dt", name), element("dd", text)] for name, text in facts]
    assumed = [element("li", spoken(text)) for text in price.assumptions]
    return Markup(
        element("dl", listed, class_="facts")
        + (
            element("p", "These figures assume:", class_="note") + element("ul", assumed)
            if assumed
            else ""
        )
    )


def _steps(module: ModuleAdvice) -> Markup | None:
    if not module.steps:
        return None
    summary = f"In which order: {number(len(module.steps), 'step', 'steps')}"
    return element("details", element("summary", summary), steps_of(module.steps), class_="tie")


def _metrics(module: ModuleAdvice) -> Markup | None:
    if not module.metrics:
        return None
    body = [[one.name, f"{one.value:.3g}", one.source] for one in module.metrics]
    return element(
        "details",
        element("summary", f"Published metrics: {len(module.metrics)}"),
        rows(["metric", "value", "published by"], body, 1),
        class_="tie",
    )


def ends_at(rung: Rung) -> str:
    """As ``1 bounded``."""
    return f"{int(rung)} {rung_name(rung)}"
