"""Prints for people how a survey compares with the truth."""

from collections.abc import Iterable, Iterator
from statistics import median

from bench.survey_truth.comparing import ALL, SPELLED_OUT, Comparison
from bench.survey_truth.relations import KINDS, Relation, Truth

NOTHING = "-"


def of_project(name: str, truth: Truth, comparison: Comparison, most: int) -> Iterator[str]:
    """The lines on one project."""
    yield (
        f"{name}: {len(truth.applications)} apps, {truth.migrations} migrations, "
        f"{truth.models} models"
    )
    yield f"  {'kind':18} {'real':>5} {'found':>5} {'both':>5} {'recall':>8} {'precision':>9}"
    for kind in (*KINDS, ALL, SPELLED_OUT):
        score = comparison.scores[kind]
        if score.real or score.found:
            yield (
                f"  {kind:18} {score.real:5} {score.found:5} {score.both:5} "
                f"{percent(score.recall):>8} {percent(score.precision):>9}"
            )
    for difference in comparison.differences[:most]:
        note = f" ({difference.note})" if difference.note else ""
        yield f"  {difference.what}{note}"
        yield f"    migrations: {_side(difference.truth)}"
        yield f"    survey:     {_side(difference.survey)}"
    if len(comparison.differences) > most:
        yield f"  … and {len(comparison.differences) - most} more differences"
    for one in comparison.left_out:
        yield f"  left out: {one}"
    for loss in truth.losses[:most]:
        yield f"  not read: {loss.file}:{loss.line}: {loss.reason}"
    if len(truth.losses) > most:
        yield f"  … and {len(truth.losses) - most} more that were not read"


def of_all(comparisons: Iterable[Comparison]) -> Iterator[str]:
    """The lines on all projects together, by the median of them and their range."""
    comparisons = list(comparisons)
    yield f"{len(comparisons)} projects; median (lowest to highest) of the projects' figures"
    for kind in (*KINDS, ALL, SPELLED_OUT):
        scores = [one.scores[kind] for one in comparisons]
        recalls = [score.recall for score in scores if score.recall is not None]
        precisions = [score.precision for score in scores if score.precision is not None]
        yield (
            f"  {kind:18} recall {spread(recalls):28} precision {spread(precisions):28} "
            f"{sum(score.real for score in scores)} real"
        )


def spread(figures: list[float]) -> str:
    """The median and the range of some parts of one."""
    if not figures:
        return NOTHING
    return f"{percent(median(figures))} ({percent(min(figures))} to {percent(max(figures))})"


def percent(part: float | None) -> str:
    """A part of one, for people; rounded down, so that 100 % means all."""
    return NOTHING if part is None else f"{int(part * 1000) / 10:.1f} %"


def _side(relation: Relation | None) -> str:
    if relation is None:
        return NOTHING
    source = f"{relation.app}.{relation.model}" + (f".{relation.field}" if relation.field else "")
    target = f"{relation.target_app}.{relation.target_model}"
    return f"{relation.kind} {source} to {target}, {relation.file}:{relation.line}"
