"""Runs a whole system on a developer's machine: servers, events, broker and gateway."""

from banyan.workbench.locating import find
from banyan.workbench.log import Hop, Line, Log
from banyan.workbench.preparing import Options
from banyan.workbench.states import State, Status
from banyan.workbench.system import Process, System, build, run, running

__all__ = [
    "Hop",
    "Line",
    "Log",
    "Options",
    "Process",
    "State",
    "Status",
    "System",
    "build",
    "find",
    "run",
    "running",
]
