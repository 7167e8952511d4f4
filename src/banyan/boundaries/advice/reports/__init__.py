"""An advice, shown."""
