"""Counts that a later reader turns into measurements: plain integers, one lock."""

import threading
from collections import Counter

_lock = threading.Lock()
_queries_in_transaction: Counter[str] = Counter()


def count_query_in_transaction(method: str) -> None:
    """Count a query that ran while its caller had a transaction open."""
    with _lock:
        _queries_in_transaction[method] += 1


def queries_in_transaction() -> dict[str, int]:
    """How often each query ran inside an open transaction of its caller's, in this process.

    A remote query keeps that transaction, and its connection, waiting for the network. Fast local
    calls are not counted: to look would cost more than the call.
    """
    with _lock:
        return dict(_queries_in_transaction)
