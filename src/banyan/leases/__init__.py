"""Durable rows that are claimed, fenced, retried and woken: for outboxes, inboxes and sagas."""

from banyan.leases.claims import Backoff, Claim, LeaseLost, Row, State, isolate_suspects
from banyan.leases.ports import Claims, Ring

__all__ = [
    "Backoff",
    "Claim",
    "Claims",
    "LeaseLost",
    "Ring",
    "Row",
    "State",
    "isolate_suspects",
]
