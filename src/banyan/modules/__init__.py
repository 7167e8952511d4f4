"""What is a module, which service it lives in, and what is resident in this process."""

from banyan.modules.project import Module, Project, Route, Service, Topology
from banyan.modules.reading import load
from banyan.modules.residency import Residency, current, forget, override

__all__ = [
    "Module",
    "Project",
    "Residency",
    "Route",
    "Service",
    "Topology",
    "current",
    "forget",
    "load",
    "override",
]
