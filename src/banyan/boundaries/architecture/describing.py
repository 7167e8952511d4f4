"""Makes the whole documentation of an architecture: a text for each file."""

from banyan.boundaries.advice.facts import Advice
from banyan.boundaries.architecture.naming import file_names
from banyan.boundaries.architecture.pages import Pages
from banyan.boundaries.architecture.structure import structure, usual_topology
from banyan.boundaries.architecture.structurizr import workspace
from banyan.modules import Project, Topology
from banyan.survey.facts import Survey
from banyan.survey.figures import figures


def describe(
    survey: Survey,
    project: Project | None = None,
    topology: Topology | None = None,
    advice: Advice | None = None,
    name: str = "",
) -> dict[str, str]:
    """The files by their paths, with forward slashes; the same for the same architecture.

    Nothing in them changes with the commit, with a line's number or with the length of the code.

    Args:
        project: what ``banyan.toml`` says, where there is one.
        topology: of which the services are shown; by default the one with the most of them.
        name: of the project; by default as ``banyan.toml`` or its folder says.
    """
    name = name or (project.name if project else survey.project.name)
    topology = topology or usual_topology(project)
    found = structure(name, survey, figures(survey), project, topology)
    files = {name: f"{safe}.md" for name, safe in file_names(found.modules).items()}
    pages = Pages(found, files, dict(project.modules) if project else {}, advice)
    made = {"index.md": pages.index(survey.shared), "workspace.dsl": workspace(found)}
    made |= {f"modules/{files[name]}": pages.module(name) for name in sorted(files)}
    return made
