"""Reads a migration file to what it declares: where it stands and what it does."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bench.survey_truth.sources import Sources, parse
from bench.survey_truth.values import Called, Class, Either, Named, Unread, Value

Node = tuple[str, str]
"""A migration's app label and name."""

DJANGO = "django.db.migrations"


@dataclass(frozen=True)
class Loss:
    """Something that was not read and that may hide or invent a relation."""

    file: str
    line: int
    reason: str


@dataclass
class Migration:
    """What a migration file declares."""

    app: str
    name: str
    file: str
    path: Path
    dependencies: list[Node] = field(default_factory=list)
    run_before: list[Node] = field(default_factory=list)
    replaces: list[Node] = field(default_factory=list)
    operations: list[Value] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)

    @property
    def node(self) -> Node:
        """What other migrations call it."""
        return (self.app, self.name)


def read_migration(sources: Sources, file: Path, app: str) -> Migration | None:
    """Read a file; None when it holds no migration."""
    migration = Migration(app, file.stem, sources.shown(file), file)
    tree = parse(file)
    if isinstance(tree, Unread):
        migration.losses.append(Loss(migration.file, tree.line, tree.reason))
        return migration
    declared = sources.names(file).get("Migration")
    if isinstance(declared, Named):
        # A migration may be another's, imported: its file says where its own names come from.
        declared = sources.resolve(declared, file)
    if not isinstance(declared, Class) or not _is_migration(sources, declared, file):
        return None

    def lose(line: int, reason: str) -> None:
        migration.losses.append(Loss(migration.file, line, reason))

    attributes: dict[str, Value] = {}
    for one in reversed(list(sources.ancestry(declared, file))):
        if isinstance(one, Class):
            attributes |= one.body.names
    for hook in ("__init__", "mutate_state"):
        if hook in attributes:
            lose(declared.line, f"the migration has its own {hook}")
    for name, target in (
        ("dependencies", migration.dependencies),
        ("run_before", migration.run_before),
        ("replaces", migration.replaces),
    ):
        _read_nodes(
            sources, migration, attributes.get(name, []), target, lose=lose, line=declared.line
        )
    operations = sources.resolve(attributes.get("operations", []), file)
    if isinstance(operations, list | tuple):
        migration.operations = list(operations)
    elif isinstance(operations, Either):
        migration.operations = [operations]
    else:
        reason = operations.reason if isinstance(operations, Unread) else "operations aren't a list"
        lose(declared.line, reason)
    return migration


def _is_migration(sources: Sources, declared: Class, file: Path) -> bool:
    return any(
        isinstance(one, Named) and one.path.startswith(DJANGO) and one.last == "Migration"
        for one in sources.ancestry(declared, file)
    )


def _read_nodes(
    sources: Sources,
    migration: Migration,
    value: Value,
    target: list[Node],
    *,
    lose: Callable[[int, str], None],
    line: int,
) -> None:
    value = sources.resolve(value, migration.path)
    if not isinstance(value, list | tuple | set):
        lose(line, "a list of migrations isn't read")
        return
    for one in value:
        match one:
            case (str() as app, str() as name):
                target.append((app, name))
            case Called(function=Named() as function, args=[swappable]) if (
                function.last == "swappable_dependency"
            ):
                swappable = sources.resolve(swappable, migration.path)
                if isinstance(swappable, str):
                    target.append((swappable.partition(".")[0], "__first__"))
                # An unknown model's first migration: its relations say so where they name it.
            case Called():
                lose(one.line, "a dependency isn't read")
            case Either(choices=(first, second)):
                # Both orders hold when both are kept: a dependency that is not there is dropped.
                both = [
                    node
                    for choice in (first, second)
                    for node in (choice if isinstance(choice, list) else [choice])
                ]
                _read_nodes(sources, migration, both, target, lose=lose, line=line)
            case None:
                continue
            case Unread():
                lose(one.line, f"a dependency isn't read: {one.reason}")
            case _:
                lose(line, "a dependency isn't read")
