"""Events: published in the transaction that made them true, handled once by all who hear them."""

from banyan.events.publishing import atomic, publish
from banyan.events.subscriptions import subscribe

__all__ = ["atomic", "publish", "subscribe"]
