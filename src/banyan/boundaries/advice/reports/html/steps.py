"""A cutting order as a list: what is cut between which two modules, how, and where."""

from collections.abc import Iterable

from banyan.boundaries.advice.facts import Step
from banyan.boundaries.advice.reports.html.markup import Markup, element, to_pair
from banyan.boundaries.advice.reports.html.words import plain, times


def steps_of(steps: Iterable[Step]) -> Markup:
    """The steps in their order, each with its places."""
    return element("ol", map(_step, steps), class_="steps")


def _step(step: Step) -> Markup:
    left_out = step.count - len(step.places)
    places = [element("li", element("code", place)) for place in step.places]
    if left_out > 0 and places:
        more = to_pair(step.consumer, step.owner, f"{left_out:,} more")
        places.append(element("li", "and ", more))
    return element(
        "li",
        element(
            "p",
            element("b", to_pair(step.consumer, step.owner, f"{step.consumer} → {step.owner}")),
            f", {times(step.count)}: by ",
            element("b", step.cut),
            " ",
            element("span", f"({plain(step.cut)})", class_="said"),
        ),
        element("p", f"{step.gain[:1].upper()}{step.gain[1:]}.", class_="gain")
        if step.gain
        else None,
        element("p", step.hint, class_="note"),
        element("ul", places, class_="places") if places else None,
    )
