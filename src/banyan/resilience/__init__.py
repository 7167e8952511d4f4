"""How work ends well when what it needs is slow or away."""

from banyan.resilience.deadlines import deadline, remaining

__all__ = ["deadline", "remaining"]
