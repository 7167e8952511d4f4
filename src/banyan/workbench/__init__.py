"""Runs a whole system on a developer's machine: servers, events, broker and gateway."""

from banyan.workbench.locating import find
from banyan.workbench.log import Hop, Line, Log
from banyan.workbench.preparing import Options
from banyan.workbench.running import build, run, running
from banyan.workbench.states import State, Status, SystemState
from banyan.workbench.system import Process, System

__all__ = [
    "Hop",
    "Line",
    "Log",
    "Options",
    "Process",
    "State",
    "Status",
    "System",
    "SystemState",
    "build",
    "find",
    "run",
    "running",
]
