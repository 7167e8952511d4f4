"""Runs the office: a server process per service, each with its own database, behind the gateway."""

import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import psycopg
from tests.servers import postgresql

from banyan import modules, workbench
from banyan.workbench.databases import is_postgresql, sqlite_file
from banyan.workbench.plan import service_environment

PROJECT = Path(__file__).parents[2] / "assets" / "projects" / "office"


@dataclass
class Office:
    """The running office.

    Attributes:
        folder: the project's copy.
    """

    system: workbench.System
    folder: Path

    @property
    def url(self) -> str:
        """The one address, the gateway's."""
        return self.system.url

    def inside(self, service: str) -> str:
        """A service's own address, past the gateway."""
        return f"http://127.0.0.1:{self.system.premises.ports[service]}"

    def manage(self, service: str, *arguments: str, script: str = "") -> str:
        """Run manage.py in a service; its output."""
        premises = self.system.premises
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("BANYAN_", "DJANGO_"))}
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=self.folder,
            env=clean | service_environment(premises, premises.topology.services[service]),
            input=script,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def database(self, service: str) -> Path:
        """The file of a service's database."""
        return sqlite_file(self.system.premises.folder, service)

    def rows(self, service: str, query: str) -> list[tuple[object, ...]]:
        """What a service's database answers."""
        url = self.system.premises.databases[service]
        if is_postgresql(url):
            with psycopg.connect(url) as connection:
                return list(connection.execute(query.encode()))
        with contextlib.closing(sqlite3.connect(self.database(service))) as database:
            return list(database.execute(query))


@contextlib.contextmanager
def running(folder: Path, database: str) -> Iterator[Office]:
    """The office, in a copy of the project, on ``sqlite`` or ``postgresql``."""
    shutil.copytree(PROJECT, folder, dirs_exist_ok=True)
    project = modules.load(folder / "banyan.toml")
    with contextlib.ExitStack() as stack:
        if database == "postgresql":
            # Its databases are named after the project; nobody else's may be touched.
            project = replace(project, name=stack.enter_context(postgresql.prefix_for("office")))
            database = postgresql.SERVER
        yield Office(
            stack.enter_context(workbench.run(project, "services", database=database)), folder
        )
