"""Finds the project that a command is about."""

from pathlib import Path

from banyan.conf import find_project_file
from banyan.modules import Project, load
from banyan.workbench.failures import no_project


def find(project: Project | Path | None) -> Project:
    """A project by its folder or file; one without a ``banyan.toml`` has no modules.

    Raises:
        FindingsError: its file is not valid.
    """
    if isinstance(project, Project):
        return project
    if project is not None and project.is_file():
        return load(project.resolve())
    file = find_project_file(project)
    return load(file) if file else Project(name="project")


def require(project: Path | None) -> Project:
    """A project that has a ``banyan.toml``.

    Raises:
        FindingsError: it has none, or it is not valid.
    """
    found = find(project)
    if found.file is None:
        raise no_project(project or Path.cwd())
    return found
