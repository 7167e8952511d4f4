"""SQLite, with only the tables that are resident."""

from typing import Any

from django.db.backends.sqlite3 import base, schema
from django.db.models import Model

from banyan.data.engine import ResidentEngine
from banyan.data.holdings import Presence, holdings
from banyan.data.schema import ResidentSchemaEditor


class SchemaEditor(ResidentSchemaEditor, schema.DatabaseSchemaEditor):
    """SQLite's schema editor, leaving out what is elsewhere."""

    def _remake_table(self, model: type[Model], *args: Any, **kwargs: Any) -> None:
        # Also called for tables that refer to one whose key changes.
        if holdings().of(model) is not Presence.AWAY:
            super()._remake_table(model, *args, **kwargs)  # type: ignore[misc]


class DatabaseWrapper(ResidentEngine, base.DatabaseWrapper):
    """SQLite's engine, which says so when a query needs what is elsewhere."""

    SchemaEditorClass = SchemaEditor
