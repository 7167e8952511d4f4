"""Where the events have their effects."""
