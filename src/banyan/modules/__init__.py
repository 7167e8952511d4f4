"""What is a module, which service it lives in, and what is resident in this process."""

from banyan.modules.project import (
    Checking,
    Circumstances,
    Module,
    Project,
    Reason,
    Route,
    Service,
    Topology,
)
from banyan.modules.reading import load, project_in
from banyan.modules.residency import Residency, current, forget, override

__all__ = [
    "Checking",
    "Circumstances",
    "Module",
    "Project",
    "Reason",
    "Residency",
    "Route",
    "Service",
    "Topology",
    "current",
    "forget",
    "load",
    "override",
    "project_in",
]
