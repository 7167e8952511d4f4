"""Tells from a failed migration which one it was, and whose table it missed."""

from types import TracebackType

from django.db import DatabaseError
from django.db.migrations import Migration, RunPython, RunSQL
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from banyan.data.guard import missing_table
from banyan.data.holdings import Presence, holdings
from banyan.data.refusals import MigrationNeedsAnotherModule, NonResidentModel, migration_needs


def refusal_of(
    error: BaseException, traceback: TracebackType | None
) -> MigrationNeedsAnotherModule | None:
    """What to say of an error, if a data migration missed another module's table."""
    if not isinstance(error, DatabaseError):
        return None
    held = holdings()
    if held.residency.service is None:
        return None
    migration, operation, state = _at_work(traceback)
    if migration is None or not isinstance(operation, RunPython | RunSQL):
        return None
    if isinstance(error, NonResidentModel):
        app_label, what = error.model._meta.app_label, error.model._meta.label
    elif owner := _owner(missing_table(error), state):
        app_label, what = owner[0], f"the table of {'.'.join(owner)}"
        if held.in_the_past(*owner) is not Presence.AWAY:
            return None
    else:
        return None
    return migration_needs(f"{migration.app_label}.{migration.name}", app_label, what, held)


def _at_work(
    traceback: TracebackType | None,
) -> tuple[Migration | None, Operation | None, ProjectState | None]:
    """The migration that an error went through, its operation, and the state it met.

    Django has no other way to ask: the schema editor is not told what it works for.
    """
    migration, operation, state = None, None, None
    while traceback is not None:
        frame = traceback.tb_frame
        subject = frame.f_locals.get("self")
        if isinstance(subject, Migration):
            migration = subject
        elif isinstance(subject, Operation):
            operation, state = subject, frame.f_locals.get("from_state", state)
        traceback = traceback.tb_next
    return migration, operation, state


def _owner(table: str, state: ProjectState | None) -> tuple[str, str] | None:
    """The model that had a table at that time, also by one of its many-to-many fields."""
    if not table or state is None:
        return None
    tables = {
        model.options.get("db_table") or f"{app_label}_{name}": (app_label, name)
        for (app_label, name), model in state.models.items()
    }
    near = [name for name in tables if table == name or table.startswith(f"{name}_")]
    return tables[max(near, key=len)] if near else None
