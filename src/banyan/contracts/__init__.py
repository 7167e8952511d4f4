"""Contracts: what a module offers to others, its messages, its errors, its events."""

from banyan.contracts.clients import install_caller
from banyan.contracts.contract import Contract
from banyan.contracts.declared import DeclaredError
from banyan.contracts.implementations import (
    implementation_of,
    implements,
    startup_findings,
    substituted,
)
from banyan.contracts.messages import Event, Message
from banyan.contracts.methods import command, query
from banyan.contracts.problems import WireError
from banyan.contracts.reading import event_spec, spec_of
from banyan.contracts.specs import MethodSpec

__all__ = [
    "Contract",
    "DeclaredError",
    "Event",
    "Message",
    "MethodSpec",
    "WireError",
    "command",
    "event_spec",
    "implementation_of",
    "implements",
    "install_caller",
    "query",
    "spec_of",
    "startup_findings",
    "substituted",
]
