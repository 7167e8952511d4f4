"""Rows of people who live in another service, for Django's own tables to join to."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.hashers import make_password
from django.db import (
    DEFAULT_DB_ALIAS,
    IntegrityError,
    OperationalError,
    connections,
    models,
    transaction,
)

_ATTEMPTS = 5


def store_copy(model: type[AbstractBaseUser], values: dict[str, Any]) -> None:
    """Let the local table have a row with these values, and touch it only if it has not.

    The alias is always named, so that no router is asked: for everybody else the table is not here.
    No signals are sent: what listens to new users belongs where users live.
    """
    rows = model._base_manager.using(DEFAULT_DB_ALIAS)
    pk = model._meta.pk.attname
    found = rows.filter(**{pk: values[pk]}).values(*values).first()
    if found == values:
        return
    for attempt in range(_ATTEMPTS):
        try:
            _replace(rows, model, values)
            return
        except (IntegrityError, OperationalError):
            # Others are writing copies whose names meet ours, and one of us has to begin anew. In
            # the transaction of a request nothing can be repeated.
            if attempt == _ATTEMPTS - 1 or connections[DEFAULT_DB_ALIAS].in_atomic_block:
                raise


def _replace(
    rows: models.QuerySet[AbstractBaseUser], model: type[AbstractBaseUser], values: dict[str, Any]
) -> None:
    with transaction.atomic(using=DEFAULT_DB_ALIAS):
        try:
            with transaction.atomic(using=DEFAULT_DB_ALIAS):
                _write(rows, model, values)
        except IntegrityError:
            # Somebody's outdated copy has the name, or another process has just made the row.
            _give_way(rows, model, values)
            _write(rows, model, values)


def _write(
    rows: models.QuerySet[AbstractBaseUser], model: type[AbstractBaseUser], values: dict[str, Any]
) -> None:
    pk = model._meta.pk.attname
    if not rows.filter(**{pk: values[pk]}).update(**values):
        # A row that nobody can log in by.
        rows.bulk_create([model(**values, password=make_password(None))])


def _give_way(
    rows: models.QuerySet[AbstractBaseUser], model: type[AbstractBaseUser], values: dict[str, Any]
) -> None:
    """Take unique values from copies of other people: the token that came last is right."""
    pk = model._meta.pk.attname
    for field in model._meta.concrete_fields:
        name = field.attname
        if name == pk or not field.unique or values.get(name) in (None, ""):
            continue
        for other in rows.filter(**{name: values[name]}).exclude(**{pk: values[pk]}):
            ending = f"~{other.pk}"
            room = (field.max_length or 150) - len(ending)
            rows.filter(pk=other.pk).update(**{name: f"{values[name]}"[:room] + ending})
