"""Two modules that call each other by contracts."""
