"""The tests' Django project as one that a server can run: with a database in a file."""

import os
from typing import Any

from tests.in_django.project.settings import *  # noqa: F403

DATABASES: dict[str, dict[str, Any]] = {
    alias: {
        "ENGINE": "banyan.data.engines.sqlite3",
        "NAME": os.environ["CONNECT_NODE_DATABASE"] + f".{alias}",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL",
        },
    }
    for alias in ("default", "other")
}
