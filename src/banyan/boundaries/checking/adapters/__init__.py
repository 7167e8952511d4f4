"""What the checks need of the world: files."""
