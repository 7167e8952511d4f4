"""PostgreSQL, with only the tables that are resident."""

from django.db.backends.postgresql import base, schema

from banyan.data.engine import ResidentEngine
from banyan.data.schema import ResidentSchemaEditor


class SchemaEditor(ResidentSchemaEditor, schema.DatabaseSchemaEditor):
    """PostgreSQL's schema editor, leaving out what is elsewhere."""


class DatabaseWrapper(ResidentEngine, base.DatabaseWrapper):
    """PostgreSQL's engine, which says so when a query needs what is elsewhere."""

    SchemaEditorClass = SchemaEditor
