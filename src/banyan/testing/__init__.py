"""What a project's own tests need: events delivered when the test says so."""

from banyan.testing.events import deliver_events

__all__ = ["deliver_events"]
