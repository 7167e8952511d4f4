"""What the project says of itself: ``banyan.toml``, the ``BANYAN`` setting and the environment."""

from banyan.conf.credentials import credentials
from banyan.conf.document import FILE_NAME, Document, find_project_file, read_document
from banyan.conf.reading import reload, settings
from banyan.conf.sections import (
    NEVER_IN_TOML,
    CallsSettings,
    EventsSettings,
    IdentitySettings,
    ObservabilitySettings,
    Settings,
)
from banyan.conf.shape import mistakes, nearest

__all__ = [
    "FILE_NAME",
    "NEVER_IN_TOML",
    "CallsSettings",
    "Document",
    "EventsSettings",
    "IdentitySettings",
    "ObservabilitySettings",
    "Settings",
    "credentials",
    "find_project_file",
    "mistakes",
    "nearest",
    "read_document",
    "reload",
    "settings",
]
