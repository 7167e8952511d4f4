"""Whether this process can do its work: what each part of it says when asked."""

from collections.abc import Callable

Probe = Callable[[], str]
"""Answers with what is wrong, in words fit for strangers; empty when nothing is."""

_probes: dict[str, Probe] = {}


def register_probe(name: str, probe: Probe) -> None:
    """Ask this too whether the process is ready; a second of the same name replaces the first."""
    _probes[name] = probe


def problems() -> dict[str, str]:
    """What is wrong now, by probe; empty when the process is ready."""
    told = {name: probe() for name, probe in _probes.items()}
    return {name: problem for name, problem in told.items() if problem}
