"""Whether the databases of this process can serve it."""

from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor

from banyan.calls.residents import aliases

_migrated: set[str] = set()


def database() -> str:
    """Which databases do not answer."""
    silent = [alias for alias in aliases() if not _answers(alias)]
    return f"no answer from {', '.join(silent)}" if silent else ""


def migrations() -> str:
    """Which databases lack migrations; one that was complete once is not looked at again."""
    lacking: list[str] = []
    for alias in aliases():
        if alias in _migrated:
            continue
        try:
            executor = MigrationExecutor(connections[alias])
            plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        except DatabaseError:
            return "unknown, since a database does not answer"
        if plan:
            lacking.append(f"{len(plan)} not applied to {alias}")
        else:
            _migrated.add(alias)
    return ", ".join(lacking)


def _answers(alias: str) -> bool:
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT 1")
            return cursor.fetchone() is not None
    except DatabaseError:
        return False
