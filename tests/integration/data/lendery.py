"""Runs the project under tests/assets as a monolith or as one of its services."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.integration.data.servers import Database

ASSET = Path(__file__).parents[2] / "assets" / "projects" / "lendery"
SERVICES = ("people", "catalogue", "loans")


def copy_to(folder: Path) -> Path:
    """A copy of the project, to be changed at will."""
    return Path(shutil.copytree(ASSET, folder / "lendery", ignore=shutil.ignore_patterns("*.pyc")))


@dataclass(frozen=True)
class Process:
    """One way to run the project.

    Attributes:
        service: None for the monolith.
        database: None for what the settings say.
    """

    folder: Path
    service: str | None
    database: Database | None = None

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command of Django's."""
        return self._run([sys.executable, "manage.py", *arguments])

    def migrate(self) -> None:
        """Migrate from where the database is to the latest."""
        done = self.manage("migrate", "--verbosity=0")
        assert done.returncode == 0, done.stderr

    def python(self, code: str) -> str:
        """Run code with Django set up, and return what it printed."""
        done = self._run([sys.executable, "-c", f"import django; django.setup()\n{code}"])
        assert done.returncode == 0, done.stderr
        return done.stdout

    def _run(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        inherited = {name: value for name, value in os.environ.items() if "BANYAN" not in name}
        own = {
            "DJANGO_SETTINGS_MODULE": "lendery.settings",
            "PYTHONWARNINGS": "error",
            # Tests write a migration anew within a second, at the same length: a kept one would do.
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        if self.service:
            own["BANYAN_SERVICE"] = self.service
        if self.database:
            own["BANYAN_DATABASE_URL"] = self.database.url
        return subprocess.run(
            command,
            cwd=self.folder,
            env=inherited | own,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
