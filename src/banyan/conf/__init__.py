"""What the project says of itself: ``banyan.toml``, the ``BANYAN`` setting and the environment."""

from banyan.conf.document import Document, find_project_file, read_document
from banyan.conf.reading import reload, settings
from banyan.conf.sections import (
    CallsSettings,
    EventsSettings,
    IdentitySettings,
    ObservabilitySettings,
    Settings,
)

__all__ = [
    "CallsSettings",
    "Document",
    "EventsSettings",
    "IdentitySettings",
    "ObservabilitySettings",
    "Settings",
    "find_project_file",
    "read_document",
    "reload",
    "settings",
]
