"""Real servers that tests start, on free ports, and stop."""
