"""Watches each statement of a service for tables that live elsewhere."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from django.apps import apps
from django.db import DatabaseError

from banyan.data.holdings import Holdings, Presence, holdings
from banyan.data.refusals import join_with, query_on

_SQLITE = re.compile(r"no such table: (?:\w+\.)?(?P<table>\S+)")
# PostgreSQL speaks the server's language, so that only the quoted name can be relied upon.
_POSTGRESQL = re.compile(r"[\"«»„“](?P<table>[^\"«»„“]+)[\"«»„“]")
_UNDEFINED_TABLE = "42P01"
_TABLES = re.compile(r'\b(?:FROM|JOIN|INTO|UPDATE)\s+"?(?P<table>\w+)', re.IGNORECASE)


class TableGuard:
    """An execute wrapper, as ``connection.execute_wrapper`` takes it.

    A missing table that belongs to a module elsewhere becomes the error that says so; a query that
    ties a resident table to the few rows of a guest (as the user table's) is refused, since its
    answer would be silently wrong.
    """

    def __call__(
        self,
        execute: Callable[..., Any],
        sql: object,
        params: object,
        many: bool,
        context: Mapping[str, Any],
    ) -> Any:
        held = holdings()
        if held.residency.service is None or not apps.models_ready:
            return execute(sql, params, many, context)
        if isinstance(sql, str):
            _refuse_joins(sql, held)
        try:
            return execute(sql, params, many, context)
        except DatabaseError as error:
            model = held.tables.get(missing_table(error))
            if model is None or held.of(model) is not Presence.AWAY:
                raise
            raise query_on(model, held) from error


def missing_table(error: BaseException) -> str:
    """The name of the table that a database error misses, without its schema; or ``""``."""
    message = str(error)
    if getattr(error.__cause__, "sqlstate", None) == _UNDEFINED_TABLE:
        found = _POSTGRESQL.search(message)
    else:
        found = _SQLITE.search(message)
    return found["table"].rpartition(".")[2] if found else ""


def _refuse_joins(sql: str, held: Holdings) -> None:
    guest = next((model for table, model in held.guests.items() if table in sql), None)
    if guest is None:
        return
    for name in _TABLES.findall(sql):
        other = held.tables.get(name)
        if other is not None and held.of(other) is Presence.HOME:
            raise join_with(guest, held, other)
