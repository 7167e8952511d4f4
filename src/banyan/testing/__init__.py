"""What a project's own tests need: events delivered when the test says so, and fakes."""

from banyan.testing.events import deliver_events
from banyan.testing.fakes import serving

__all__ = ["deliver_events", "serving"]
