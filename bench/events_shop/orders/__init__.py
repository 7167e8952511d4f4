"""Where the events come from."""
