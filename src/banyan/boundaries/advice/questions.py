"""What code cannot show: the questions that an advice asks, with the lines to paste."""

from collections.abc import Iterator, Sequence

from banyan.boundaries.advice import reasons
from banyan.boundaries.advice.facts import ModuleAdvice, Question
from banyan.boundaries.advice.ties import Ties
from banyan.modules import Project


def questions(
    project: Project, advised: Sequence[ModuleAdvice], ties: Ties
) -> tuple[Question, ...]:
    """The questions that ``banyan.toml`` leaves open."""
    return tuple(_asked(project, advised, ties))


def _asked(project: Project, advised: Sequence[ModuleAdvice], ties: Ties) -> Iterator[Question]:
    circumstances = project.advice
    missing = [
        f"{name} = {example}"
        for name, value, example in (
            ("people", circumstances.people, 12),
            ("teams", circumstances.teams, 2),
        )
        if value is None
    ]
    if missing and project.file is None:
        missing.append("# in a banyan.toml, which `banyan init` writes")
    if missing:
        yield Question(
            text="How many people work on the code, and in how many teams?",
            lines=("[advice]", *missing),
        )
    if any(reasons.good(project, one.name) for one in advised):
        return
    candidates = [one for one in advised if one.name not in ties.libraries]
    if not candidates:
        return
    # The one that would cost least is only an example: nothing in code says what has a reason.
    cheapest = max(candidates, key=lambda one: (one.score, one.rung, one.name)).name
    yield Question(
        text="Is there a module that has to scale, be deployed or be isolated apart, that needs "
        f"another technology, or that a team of its own answers for? As for {cheapest}, which "
        "would cost least:",
        lines=(
            f"[modules.{cheapest}.reasons]",
            'scaling = "what shows it"   # deployment, technology, organisation, isolation',
        ),
    )
