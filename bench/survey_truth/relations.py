"""The relations between apps that a project's migrations end with."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.survey_truth.applications import Application, find_applications
from bench.survey_truth.fields import UNKNOWN
from bench.survey_truth.migrations import Loss, Migration, read_migration
from bench.survey_truth.ordering import in_order
from bench.survey_truth.replay import Replay
from bench.survey_truth.settings import read_settings
from bench.survey_truth.sources import Sources
from bench.survey_truth.state import Column, Model, ModelKey, State
from bench.survey_truth.values import Value

KINDS = ("foreign_key", "one_to_one", "many_to_many", "model_inheritance")


@dataclass(frozen=True)
class Relation:
    """A relation from a model to a model; the field is empty where a model inherits."""

    kind: str
    app: str
    model: str
    field: str
    target_app: str
    target_model: str
    file: str
    line: int
    on_delete: str | None = None
    null: bool | None = None
    through: str | None = None
    is_proxy: bool = False

    @property
    def key(self) -> tuple[str, str, str]:
        """What is the same in every telling of it: its kind and its two ends."""
        source = f"{self.app}.{self.model.lower()}" + (f".{self.field}" if self.field else "")
        return (self.kind, source, f"{self.target_app}.{self.target_model.lower()}")

    @property
    def crosses(self) -> bool:
        """Whether it leads to another app."""
        return self.app != self.target_app


@dataclass(frozen=True)
class Truth:
    """What a project's migrations tell."""

    applications: tuple[Application, ...]
    relations: tuple[Relation, ...]
    losses: tuple[Loss, ...]
    migrations: int
    models: int


def read_truth(root: Path, given_settings: dict[str, Value] | None = None) -> Truth:
    """Replay all migrations of the project in a folder."""
    settings = read_settings(Sources(root)) | (given_settings or {})
    sources = Sources(root, settings)
    applications, losses = find_applications(sources, settings)
    migrations: dict[tuple[str, str], Migration] = {}
    for application in applications:
        for file in application.files:
            migration = read_migration(sources, file, application.label)
            if migration is not None:
                migrations[migration.node] = migration
    ordered, disorder = in_order(migrations)
    replay = Replay(sources)
    replay.run(ordered)
    labels = {application.label for application in applications}
    found = list(relations_of(replay.state, labels))
    of_no_kind = [
        Loss(one.file, one.line, f"what kind of relation {one.app}.{one.model}.{one.field} is")
        for one in found
        if one.kind == UNKNOWN and one.crosses
    ]
    return Truth(
        tuple(applications),
        tuple(one for one in found if one.kind != UNKNOWN),
        (*losses, *disorder, *replay.losses, *of_no_kind),
        len(migrations),
        len(replay.state.models),
    )


def relations_of(state: State, labels: Collection[str]) -> Iterator[Relation]:
    """The relations of a state that end in one of these apps."""
    for key, model in sorted(state.models.items()):
        for base in model.bases:
            if base[0] in labels and base != key:
                yield _inherited(state, model, base)
        for column in model.columns.values():
            # Django's own link to a parent is the inheritance, told once.
            if column.parent_link and column.is_made_by_django:
                continue
            if column.kind and column.to and column.to[0] in labels:
                yield _related(state, model, column, column.to)


def _inherited(state: State, model: Model, base: ModelKey) -> Relation:
    return Relation(
        "model_inheritance",
        model.app,
        model.name,
        "",
        base[0],
        _name(state, base),
        model.file,
        model.line,
        is_proxy=model.is_proxy,
    )


def _related(state: State, model: Model, column: Column, to: ModelKey) -> Relation:
    assert column.kind is not None
    return Relation(
        column.kind,
        model.app,
        model.name,
        column.name,
        to[0],
        _name(state, to),
        column.file,
        column.line,
        column.on_delete,
        column.null if column.kind != "many_to_many" else None,
        f"{column.through[0]}.{_name(state, column.through)}" if column.through else None,
    )


def _name(state: State, key: ModelKey) -> str:
    model = state.models.get(key)
    return model.name if model else key[1]
