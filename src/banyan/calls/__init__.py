"""Calls through contracts: the same code near and far, by topology."""

from banyan.calls.calling import acall, or_else
from banyan.calls.context import idempotency_key
from banyan.calls.counting import queries_in_transaction
from banyan.calls.faults import Fault, inject

__all__ = ["Fault", "acall", "idempotency_key", "inject", "or_else", "queries_in_transaction"]
