"""The errors for data that lives in another service, which say where it is and what to do."""

from django.core.management.base import CommandError
from django.db.models import Model
from django.db.utils import ProgrammingError

from banyan.data.holdings import Holdings
from banyan.errors import Misuse


class NonResidentModel(Misuse, ProgrammingError):
    """A query on a model whose rows live in another service.

    It is one of Django's database errors as well, so that code which is ready for a missing table
    is ready for this.
    """

    code = "banyan.data.not_resident"

    def __init__(self, message: str, *, model: type[Model], hint: str) -> None:
        super().__init__(message, hint=hint)
        self.model = model


class MigrationNeedsAnotherModule(Misuse, CommandError):
    """A data migration needs the tables of a module that lives in another service.

    Being a ``CommandError`` it ends ``manage.py migrate`` with its text, not with a traceback.
    """

    code = "banyan.data.migration_needs"


def query_on(model: type[Model], holdings: Holdings, *, via: str = "") -> NonResidentModel:
    """The refusal of a query on a model.

    Args:
        via: what the query was reached from, if not the model itself.
    """
    reached = f", reached from {via}," if via else ""
    return NonResidentModel(
        f"{model._meta.label}{reached} is not resident in service "
        f"{holdings.residency.service!r}: {_home(model._meta.app_label, holdings)}",
        model=model,
        hint=_advice(model, holdings),
    )


def join_with(model: type[Model], holdings: Holdings, other: type[Model]) -> NonResidentModel:
    """The refusal of a query that ties a resident model to one that is a guest here."""
    return NonResidentModel(
        f"A query on {other._meta.label} goes through {model._meta.label}, which is not resident "
        f"in service {holdings.residency.service!r}: {_home(model._meta.app_label, holdings)}. "
        "The few rows that are here are Django's own.",
        model=model,
        hint=f"Use the key that {other._meta.label} has in its own column, without the join. "
        + _advice(model, holdings),
    )


def migration_needs(
    migration: str, app_label: str, what: str, holdings: Holdings
) -> MigrationNeedsAnotherModule:
    """The refusal of a data migration.

    Args:
        migration: as ``orders.0004_fill_numbers``.
        app_label: the app whose table it needs.
        what: the model or the table.
    """
    module = holdings.module_of(app_label) or app_label
    name, _, step = migration.partition(".")
    return MigrationNeedsAnotherModule(
        f"Migration {migration} needs {what}, which is not in the database of service "
        f"{holdings.residency.service!r}: {_home(app_label, holdings)}",
        hint=f'Give the RunPython or RunSQL of {migration} hints={{"needs": ["{module}"]}}: it is '
        f"then left out where {module!r} is not resident, and runs as before elsewhere. If you "
        f"cannot edit it and this database is new, so that there is nothing to fill in, record it "
        f"as done: manage.py migrate {name} {step} --fake",
    )


def _home(app_label: str, holdings: Holdings) -> str:
    module = holdings.module_of(app_label) or app_label
    service = holdings.residency.service_of(module)
    if service is None:
        return f"it belongs to module {module!r}, which no service runs"
    return f"it belongs to module {module!r}, which lives in service {service.name!r}"


def _advice(model: type[Model], holdings: Holdings) -> str:
    module = holdings.module_of(model._meta.app_label) or model._meta.app_label
    return (
        f"Ask module {module!r} through its contract, or hear its events and keep what you need "
        "in a model of your own."
    )
