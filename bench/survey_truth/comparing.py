"""Compares the relations that a survey reads from models with those that migrations end with."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from bench.survey_truth.declarations import Key
from bench.survey_truth.relations import KINDS, Relation, Truth

ALL = "all"
SPELLED_OUT = "all spelled out"


@dataclass
class Score:
    """How many relations of a kind are real, are found, and are both."""

    real: int = 0
    found: int = 0
    both: int = 0

    @property
    def recall(self) -> float | None:
        """The part of the real ones that is found."""
        return self.both / self.real if self.real else None

    @property
    def precision(self) -> float | None:
        """The part of the found ones that is real."""
        return self.both / self.found if self.found else None


@dataclass
class Difference:
    """A relation that one side tells and the other does not, or tells otherwise."""

    what: str
    truth: Relation | None
    survey: Relation | None
    note: str = ""


@dataclass
class Comparison:
    """A project's scores by kind, and everything that differs."""

    scores: dict[str, Score]
    differences: list[Difference] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def compare(
    truth: Truth,
    found: Iterable[Relation],
    known_labels: Collection[str],
    by_libraries: Mapping[Key, str],
) -> Comparison:
    """Set the cross-app relations of both sides against each other.

    Left out, by name: apps for tests that the survey does not list, on one side; apps without
    migrations, which the truth can't tell of, on the other. An app that the survey misses counts.

    Args:
        truth: what the migrations tell.
        found: what the survey tells.
        known_labels: the labels of the apps that the survey lists.
        by_libraries: the relations that no line of the project declares, and why; what is left
            without them is counted a second time.
    """
    unlisted = {
        one.label: one
        for one in truth.applications
        if one.label not in known_labels and one.is_for_tests
    }
    migrated = {one.label for one in truth.applications}
    real = {
        one.key: one
        for one in truth.relations
        if one.crosses and not {one.app, one.target_app} & unlisted.keys()
    }
    told = {
        one.key: one
        for one in found
        if one.app in migrated and one.target_app in migrated and one.crosses
    }
    comparison = Comparison({kind: Score() for kind in (*KINDS, ALL, SPELLED_OUT)})
    comparison.left_out = [
        f"{one.folder} (app {one.label}, for tests, not in the survey)" for one in unlisted.values()
    ]
    without = sorted({one.app for one in found if one.app not in migrated})
    comparison.left_out += [f"app {label} (has no migrations)" for label in without]
    _count(comparison, real, told, by_libraries)
    _list(comparison, real, told, known_labels, by_libraries)
    return comparison


def _optional(relation: Relation) -> bool:
    # A proxy has no table: whether it inherits is a matter of words.
    return relation.kind == "model_inheritance" and relation.is_proxy


def _count(
    comparison: Comparison,
    real: dict[Key, Relation],
    told: dict[Key, Relation],
    by_libraries: Collection[Key],
) -> None:
    optional = {key for key, one in real.items() if _optional(one)}
    for key in real.keys() - optional:
        for kind in (key[0], ALL, *([] if key in by_libraries else [SPELLED_OUT])):
            comparison.scores[kind].real += 1
            comparison.scores[kind].both += key in told
    for key in told.keys() - optional:
        for kind in (key[0], ALL, *([] if key in by_libraries else [SPELLED_OUT])):
            comparison.scores[kind].found += 1


def _list(
    comparison: Comparison,
    real: dict[Key, Relation],
    told: dict[Key, Relation],
    known_labels: Collection[str],
    by_libraries: Mapping[Key, str],
) -> None:
    for key in sorted(real.keys() - told.keys()):
        one = real[key]
        if _optional(one):
            continue
        same_field = next(
            (other for other in told.values() if other.key[1] == key[1] and other.key not in real),
            None,
        )
        comparison.differences.append(
            Difference("missed", one, same_field, _note(one, known_labels, by_libraries))
        )
    for key in sorted(told.keys() - real.keys()):
        same_field = next((other for other in real.values() if other.key[1] == key[1]), None)
        comparison.differences.append(Difference("extra", same_field, told[key]))
    for key in sorted(real.keys() & told.keys()):
        unlike = _unlike(real[key], told[key])
        if unlike:
            comparison.differences.append(Difference("other", real[key], told[key], unlike))


def _note(one: Relation, known_labels: Collection[str], by_libraries: Mapping[Key, str]) -> str:
    unknown = [label for label in (one.app, one.target_app) if label not in known_labels]
    if unknown:
        return f"the survey lists no app {' and '.join(unknown)}"
    return by_libraries.get(one.key, "")


def _unlike(truth: Relation, survey: Relation) -> str:
    """What the two sides say otherwise of the same relation; a side that is silent agrees."""
    parts: list[str] = []
    if survey.on_delete not in (None, truth.on_delete) and truth.on_delete is not None:
        parts.append(f"on_delete is {truth.on_delete}, told as {survey.on_delete}")
    if survey.null not in (None, truth.null) and truth.null is not None:
        parts.append(f"null is {truth.null}, told as {survey.null}")
    return "; ".join(parts)
